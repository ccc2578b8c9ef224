import { tight } from '../style.ts';

/** The gradebook, whose head and first column stay in sight while the rest scrolls, one person's row, and the spreadsheet. */
export const gradebookStyle = tight(`
.views ul { display: flex; flex-wrap: wrap; gap: 0.4rem; list-style: none; margin: 0 0 0.75rem; padding: 0; }
.views a, .views .link { display: inline-block; padding: 0.2rem 0.7rem; border: 1px solid var(--rule); border-radius: 1rem;
  text-decoration: none; font-size: 0.9rem; }
.views a:hover, .views .link:hover { border-color: var(--link); }
.views [aria-current] { background: var(--link); border-color: var(--link); color: var(--on-link); }
.gradebook { max-block-size: min(80vh, 60rem); overflow: auto; scroll-padding-block: 7rem 1rem; scroll-padding-inline: 15rem 1rem; border: 1px solid var(--rule); border-radius: 0.4rem; }
.gradebook table { border-collapse: separate; border-spacing: 0; line-height: 1.5; }
.gradebook thead .link { text-align: inherit; }
.gradebook caption { position: sticky; inset-inline-start: 0; inline-size: max-content; padding: 0.4rem 0.6rem; }
.gradebook thead th { min-inline-size: 5rem; max-inline-size: 9rem; font-weight: 500; line-height: 1.3; hyphens: auto; }
.gradebook thead { position: sticky; inset-block-start: 0; z-index: 2; }
.gradebook thead th, .gradebook tbody th { background: var(--soft); }
.gradebook .stays { position: sticky; inset-inline-start: 0; z-index: 1; }
.gradebook tbody th { overflow-wrap: anywhere; min-inline-size: 7rem; max-inline-size: 14rem; border-inline-end: 1px solid var(--rule); }
.gradebook thead [scope='colgroup'] { border-inline-start: 1px solid var(--rule); text-align: start; }
.gradebook [scope='colgroup'] span { display: inline-block; position: sticky; inset-inline-start: 15rem; }
.gradebook td { padding: 0; white-space: nowrap; }
.gradebook td > span { padding: 0.4rem 0.6rem; display: inline-block; font-weight: 600; }
.gradebook td :is(a, .link) { display: block; inline-size: 100%; min-block-size: 2rem; padding: 0.4rem 0.6rem; text-align: end;
  color: inherit; text-decoration: none; }
.gradebook td :is(a, .link):hover { background: var(--mark); color: var(--link); }
.gradebook td :is(a, .link):focus-visible { outline-offset: -3px; }
.gradebook td small { color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; list-style: none; margin: 0.5rem 0; padding: 0; }
.row-of-one table { table-layout: fixed; inline-size: 100%; min-inline-size: 44rem; }
.row-of-one thead th:first-child { inline-size: 30%; }
@media (hover: none) { #keys { display: none; } }
@media (max-width: 40rem) {
  .gradebook { scroll-padding-inline-start: 8rem; }
  .gradebook [scope='colgroup'] span { inset-inline-start: 9rem; }
  .gradebook tbody th { max-inline-size: 8rem; min-inline-size: 7.25rem; }
}
`);
