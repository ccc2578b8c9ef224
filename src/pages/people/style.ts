import { tight } from '../style.ts';

/** People, dates, and the administrator's pages. */
export const peopleStyle = tight(`
td .actions { margin-block: 0.3rem; }
ul.plain { list-style: none; padding: 0; }
pre.value { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
td details .actions, td details .button { margin-block: 0.4rem; }
.dates > summary { padding-block: 0.6rem; border-block-start: 1px solid var(--rule); }
.dates > summary .quiet { display: block; padding-inline-start: 1.1rem; }
.dates .fields { grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); }
.dates input { padding-inline: 0.4rem; }
`);
