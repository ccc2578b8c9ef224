import { tight } from '../style.ts';

/** The rules of the pictures of the analytics. Their letters are in units of the drawing, 320 of which are its width. */
export const analyticsStyle = tight(`
.parts { display: flex; flex-wrap: wrap; gap: 0 1rem; list-style: none; margin: 0.5rem 0; padding: 0; }
.parts :is(a, .link) { display: inline-block; padding-block: 0.2rem; }
.parts [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; border-block-end: 2px solid var(--link); }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 2.5rem; }
.pictures > * { min-inline-size: 0; }
.picture { margin: 0.5rem 0 2rem; }
.picture figcaption { margin-block-end: 0.75rem; max-inline-size: 44rem; }
.drawn > svg { display: block; inline-size: 100%; max-inline-size: 27rem; block-size: auto; }
.picture text { font-size: 12.5px; fill: currentColor; unicode-bidi: plaintext; }
.picture .quiet-text { fill: color-mix(in srgb, currentColor 78%, transparent); }
.picture .strong { font-weight: 700; }
.picture .plate { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.picture .grid { stroke: var(--rule); fill: none; }
.picture .axis { stroke: color-mix(in srgb, currentColor 60%, transparent); fill: none; }
.picture .line-1 { stroke: var(--c1); stroke-width: 1.5; fill: none; }
.picture .line-2 { stroke: var(--c2); stroke-width: 1.5; fill: none; }
.picture .ring-1 { stroke: var(--c1); stroke-width: 2; fill: var(--paper); }
.picture .rim { stroke: var(--paper); stroke-width: 1; }
.picture .cell { fill: var(--c1); stroke: var(--rule); }
.picture .framed { stroke: currentColor; stroke-width: 2; }
.picture .track { fill: var(--soft); stroke: var(--rule); }
.picture .whole { fill: none; stroke: var(--c1); stroke-width: 1.5; }
.picture .edge { stroke: var(--rule); }
.picture .faint-fill { fill: color-mix(in srgb, currentColor 30%, transparent); }
.picture .legend { margin-block: 0.5rem; }
.picture .sample { display: inline-block; inline-size: 1rem; block-size: 1rem; vertical-align: -0.15rem; }
.picture th[scope='row'] { min-inline-size: 9rem; }
.picture thead th:not(:first-child) { text-align: end; }
@media (min-width: 64rem) {
  main > .picture { display: grid; grid-template-columns: 27rem minmax(0, 1fr); gap: 0 2.5rem; align-items: start; }
  main > .picture > figcaption { grid-column: 1 / -1; }
  main > .picture th[scope='row'] { min-inline-size: 14rem; }
  main > .picture .scroll { margin-block-start: 0; }
}
`);
