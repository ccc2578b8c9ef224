import { tight } from '../style.ts';

/** One's grades: a unit is a line that opens, and its table needs no second title for whoever sees it. */
export const gradesStyle = tight(`
.grades { margin-block: 0.75rem; }
.grades summary > h2 { display: inline; }
.grades caption { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
`);
