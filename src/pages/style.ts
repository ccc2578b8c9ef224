import { partStyle } from './style-parts.ts';

const colours = `
:root { color-scheme: light dark;
  --ink: light-dark(#1f252c, #e4e7ea); --paper: light-dark(#fdfcfa, #14171a); --soft: light-dark(#f4f2ed, #1d2125);
  --rule: light-dark(#d9d5cc, #363c43); --edge: light-dark(#7a7f86, #8a9199); --muted: light-dark(#545b63, #a9b0b8);
  --link: light-dark(#0a5294, #8fbdf7); --on-link: light-dark(#fff, #0e141b); --mark: light-dark(#e7eff8, #1c2a3a);
  --good: light-dark(#17663a, #7fd49a); --bad: light-dark(#a3261c, #ff9d92); --warn: light-dark(#7d5200, #f0c060);
  --c1: light-dark(#0b6fb8, #6db3f2); --c2: light-dark(#b4510a, #f0a15e); --c3: light-dark(#1a7a4c, #6fcf97);
  --c4: light-dark(#7a3fa0, #c9a3ec); --c5: light-dark(#806500, #e3c44f); --c6: light-dark(#a3265c, #f08bb4);
  --serif: ui-serif, Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif; }
.c1 { fill: var(--c1); background: var(--c1); } .c2 { fill: var(--c2); background: var(--c2); }
.c3 { fill: var(--c3); background: var(--c3); } .c4 { fill: var(--c4); background: var(--c4); }
.c5 { fill: var(--c5); background: var(--c5); } .c6 { fill: var(--c6); background: var(--c6); }
`;

const text = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.6rem; margin: 0.5rem 0 0.75rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 0.6rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.3rem; }
p { margin: 0.4rem 0 0.8rem; }
small, .quiet { font-size: 0.9rem; color: var(--muted); }
a, .link { color: var(--link); text-underline-offset: 0.15em; }
.prose { font-family: var(--serif); font-size: 1.075rem; line-height: 1.65; }
.prose h2, .prose h3 { font-family: system-ui, sans-serif; }
blockquote { margin: 0.8rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule); }
pre { overflow-x: auto; }
summary { cursor: pointer; padding: 0.25rem 0; }
summary:hover { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
main:focus, [tabindex='-1']:focus { outline: none; }
:target { scroll-margin-top: 1rem; }
li:target { background: var(--mark); }
.unseen, .skip:not(:focus) { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; inset-block-start: 0.5rem; inset-inline-start: 0.5rem; z-index: 2; padding: 0.5rem 1rem;
  background: var(--paper); border: 2px solid var(--link); border-radius: 0.4rem; }
`;

const frame = `
header { background: var(--soft); border-block-end: 1px solid var(--rule); }
header > *, main { max-inline-size: 44rem; margin-inline: auto; padding-inline: 1rem; }
.wide header > *, .wide main { max-inline-size: 80rem; }
main { padding-block: 0.5rem 5rem; }
.course { margin-block: 0; padding-block-start: 0.6rem; font-weight: 600; }
.places ul, .trail ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; }
.places ul { gap: 0 0.25rem; margin-inline: -0.6rem; }
.places a, .places .link { display: block; padding: 0.45rem 0.6rem; text-decoration: none; border-block-end: 3px solid transparent; }
.places a:hover, .places .link:hover { border-color: var(--rule); }
.places [aria-current] { color: var(--ink); font-weight: 600; border-color: var(--link); }
@media (max-width: 40rem) {
  .places { font-size: 0.925rem; } .places a, .places .link { padding: 0.4rem 0.45rem; } .places ul { gap: 0; margin-inline: -0.45rem; }
}
.trail ol { gap: 0.1rem 0.75rem; font-size: 0.9rem; padding-block-start: 0.4rem; }
.trail li + li::before { content: '/'; margin-inline-end: 0.75rem; color: var(--muted); }
`;

/** Rules of style without the space that is for their readers. */
export const tight = (rules: string): string =>
  rules
    .replace(/\s+/g, ' ')
    .replace(/([{};,]) /g, '$1')
    .replaceAll(' {', '{')
    .replaceAll(' }', '}')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}');

/** Colours and letters: the ground of every page, also of those outside a course. */
export const baseStyle = tight(colours + text);

/** The style sheet of the course's pages: the system's letters, one palette for light and dark, nothing of anybody's. */
export const style = baseStyle + tight(frame + partStyle);
