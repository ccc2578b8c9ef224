import { citeClaims } from './claims.ts';
import { sendForms } from './forms.ts';
import { followProgress } from './progress.ts';

// What script adds to the pages; each of them is whole without it.
sendForms();
citeClaims();
followProgress();
