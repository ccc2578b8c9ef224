import { tight } from '../style.ts';

/** The three policies of a dry run side by side, and its table of changes. */
export const regradesStyle = tight(`
.policies { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); }
.policies > .box { display: grid; grid-template-rows: subgrid; grid-row: span 5; align-content: start; }
.policies > .box > p { margin-block-start: 0; }
.policies h3 { font-size: 1.1rem; }
.shares { display: block; inline-size: 100%; block-size: 0.75rem; border-radius: 0.3rem; background: var(--rule); flex: none; }
.shares .up { fill: var(--good); } .shares .down { fill: var(--bad); } .shares .void { fill: var(--warn); } .shares .same { fill: transparent; }
.tally dt { font-weight: 400; } .tally dd { text-align: end; font-variant-numeric: tabular-nums; font-weight: 600; }
dl.facts.tally { grid-template-columns: minmax(0, 1fr) max-content; }
textarea.short { min-block-size: 4rem; }
.filters { list-style: none; padding: 0; }
.filters [aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; }
#changes th[scope='row'] { min-inline-size: 8rem; } #changes td { min-inline-size: 6rem; }
#changes td.num { min-inline-size: auto; }
.why { min-inline-size: 18rem; } .why p { margin-block: 0 0.25rem; }
`);
