import { tickChecks } from './checks.ts';
import { citeClaims } from './claims.ts';
import { keepDrafts } from './draft.ts';
import { sendForms } from './forms.ts';
import { followProgress } from './progress.ts';

// What script adds to the pages; each of them is whole without it.
sendForms();
citeClaims();
tickChecks();
keepDrafts();
followProgress();
