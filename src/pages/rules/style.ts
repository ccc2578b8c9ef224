import { tight } from '../style.ts';

/** The rule editor: claims to tick, numbers beside their words, the matrix that stays in sight. */
export const rulesStyle = tight(`
.evidence { list-style: none; margin: 0.25rem 0; padding: 0; }
.evidence li { display: flex; align-items: baseline; justify-content: space-between; gap: 0.6rem; border-block-end: 1px solid var(--rule); }
.evidence label { flex: 1; font-size: 0.95rem; line-height: 1.4; }
.evidence label:has(:checked) { font-weight: 600; }
.entry fieldset { border: 0; padding: 0; margin: 0; }
.entry .fields { grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); }
.entry details { margin-block: 0.4rem; }
.entry { scroll-margin-top: 1rem; }
.entry > .actions { margin-block: 0.5rem 0; }
.notes { list-style: none; margin: 0.3rem 0; padding: 0; font-size: 0.95rem; }
.notes li { padding-inline-start: 0.6rem; border-inline-start: 0.25rem solid var(--warn); margin-block: 0.2rem; }
.notes .bad { border-color: var(--bad); }
.with-button { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
.with-button > :first-child { flex: 1 1 12rem; }
.hint { display: block; font-size: 0.9rem; color: var(--muted); }
.small { min-block-size: 1.75rem; padding: 0 0.6rem; font-size: 0.85rem; }
.matrix ul { list-style: none; margin: 0; padding: 0; }
.matrix li { margin-block-end: 0.4rem; }
.matrix .small { margin-block-start: 0.15rem; }
td input { min-inline-size: 5rem; }
.changes { margin: 0.2rem 0 0; padding-inline-start: 1.2rem; }
.foot { background: var(--paper); border-block-start: 1px solid var(--rule); padding-block: 0.6rem; margin-block: 1rem 0; }
@media (min-height: 32rem) {
  .foot { position: sticky; inset-block-end: 0; z-index: 1; }
  html:has(.foot) { scroll-padding-block-end: 6rem; }
}
`);
