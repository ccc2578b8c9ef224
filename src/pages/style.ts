/** The style sheet of the course's pages: one column, the system's letters and colours, nothing of anybody's. */
export const style = `
:root { color-scheme: light dark; --rule: color-mix(in srgb, currentColor 22%, transparent);
  --soft: color-mix(in srgb, currentColor 6%, transparent); --link: light-dark(#0b57a4, #8ab8f5);
  --good: light-dark(#1a6b35, #7fd49a); --bad: light-dark(#a3261c, #ff9d92); }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; background: light-dark(#fff, #16181b); color: light-dark(#1c1f23, #e6e8ea);
  overflow-wrap: anywhere; }
header, main { max-width: 44rem; margin: 0 auto; padding: 0.75rem 1rem; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.25rem; }
p { margin: 0.4rem 0 0.8rem; }
small, .quiet { font-size: 0.9rem; color: color-mix(in srgb, currentColor 75%, transparent); }
a, .link { color: var(--link); }
button, input, select, textarea { font: inherit; color: inherit; }
.link { display: inline; background: none; border: 0; padding: 0; text-align: start; text-decoration: underline; cursor: pointer; }
nav ol { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; list-style: none; margin: 0; padding: 0; }
nav ol li + li::before { content: '›'; margin-inline-end: 0.75rem; }
.list { list-style: none; margin: 0; padding: 0; }
.list > li { padding: 0.6rem 0; border-top: 1px solid var(--rule); }
.box { border: 1px solid var(--rule); border-radius: 0.5rem; padding: 0.75rem 1rem; margin: 1rem 0; background: var(--soft); }
.list > li > h2 { margin-block-start: 0; }
.box > :first-child { margin-block-start: 0; }
.box > :last-child { margin-block-end: 0; }
.good { border-inline-start: 0.3rem solid var(--good); }
.bad { border-inline-start: 0.3rem solid var(--bad); }
fieldset { border: 1px solid var(--rule); border-radius: 0.5rem; margin: 1rem 0; padding: 0.5rem 1rem 0.75rem; }
legend { font-weight: 600; padding: 0 0.3rem; }
label { display: block; padding: 0.25rem 0; }
label input { margin-inline-end: 0.5rem; inline-size: 1.1rem; block-size: 1.1rem; vertical-align: -0.15rem; }
textarea, select { display: block; inline-size: 100%; background: light-dark(#fff, #1e2125); border: 1px solid
  color-mix(in srgb, currentColor 50%, transparent); border-radius: 0.35rem; padding: 0.5rem; }
textarea { min-block-size: 8rem; resize: vertical; }
.button { padding: 0.55rem 1.1rem; border: 1px solid currentColor; border-radius: 0.4rem; background: var(--soft); font-weight: 600;
  cursor: pointer; }
summary { cursor: pointer; padding: 0.25rem 0; }
.replies { list-style: none; margin: 0.5rem 0 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--rule); }
blockquote { margin: 0.8rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule); }
table { display: block; overflow-x: auto; border-collapse: collapse; max-inline-size: 100%; overflow-wrap: normal; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--rule); }
pre { overflow-x: auto; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
:target { scroll-margin-top: 1rem; }
li:target { background: var(--soft); }
`;
