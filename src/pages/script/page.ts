import { citeClaims } from './claims.ts';
import { fillFromFiles } from './file-fills.ts';
import { sendForms } from './forms.ts';
import { moveInGradebook } from './gradebook.ts';
import { followProgress } from './progress.ts';

// What script adds to the pages; each of them is whole without it.
sendForms();
citeClaims();
fillFromFiles();
moveInGradebook();
followProgress();
