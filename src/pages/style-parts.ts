const lists = `
.list { list-style: none; margin: 0; padding: 0; }
.list > li { padding: 0.7rem 0; border-block-start: 1px solid var(--rule); }
.list > li > :is(h2, h3):first-child { margin-block-start: 0; }
.replies { list-style: none; margin: 0.5rem 0 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--rule); }
.box { border: 1px solid var(--rule); border-radius: 0.6rem; padding: 0.8rem 1rem; margin: 1rem 0; background: var(--soft); }
.box > :first-child { margin-block-start: 0; }
.box > :last-child { margin-block-end: 0; }
.box.good, .box.bad, .box.warn { border-inline-start-width: 0.35rem; }
.box.good { border-inline-start-color: var(--good); }
.box.bad { border-inline-start-color: var(--bad); }
.box.warn { border-inline-start-color: var(--warn); }
.badge { display: inline-block; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; font-size: 0.8rem;
  font-weight: 600; line-height: 1.5; color: var(--muted); }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.warn { color: var(--warn); }
dl { margin: 0.5rem 0; } dt { font-weight: 600; } dd { margin: 0 0 0.3rem; }
dl.facts, .note dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.15rem 1rem; }
dl.facts dd, .note dd { margin: 0; }
@media (max-width: 40rem) { dl.receipt { grid-template-columns: minmax(0, 1fr); } }
.beside { display: grid; gap: 0 2.5rem; }
.beside > * { min-inline-size: 0; }
.case { font-family: var(--serif); font-size: 1.075rem; }
.lesson { border-block-start: 1px solid var(--rule); }
.lesson table { font-size: 0.85rem; line-height: 1.4; } .lesson :is(th, td) { padding: 0.3rem; }
@media (min-width: 64rem) {
  .aside, .lesson { position: sticky; inset-block-start: 0; max-block-size: 100vh; overflow-y: auto; padding-inline: 0.25rem; }
  .lesson { border-block-start: 0; border-inline-start: 1px solid var(--rule); padding-inline: 1.5rem 0.5rem; }
  .only-narrow { display: none; }
  .beside { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start; }
}
`;

const tables = `
.scroll { overflow-x: auto; margin: 1rem 0; overflow-wrap: normal; position: relative; }
table { border-collapse: collapse; min-inline-size: 100%; }
.prose table { display: block; overflow-x: auto; overflow-wrap: normal; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.4rem; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.6rem; border-block-end: 1px solid var(--rule); }
th { font-weight: 600; }
.scroll tbody th { min-inline-size: 7.5rem; }
th .quiet { font-weight: 400; }
thead th { font-size: 0.9rem; vertical-align: bottom; }
td.num, th.num { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1.25rem 0; }
figure svg { display: block; inline-size: 100%; block-size: auto; }
figcaption { margin-block-end: 0.5rem; }
svg text { fill: var(--ink); font-family: system-ui, sans-serif; }
`;

const forms = `
button, input, select, textarea { font: inherit; color: inherit; }
.link { display: inline; background: none; border: 0; padding: 0; text-align: start; text-decoration: underline; cursor: pointer; }
.button, input[type='file']::file-selector-button { min-block-size: 2.5rem; padding: 0.4rem 1rem; border: 1px solid var(--edge);
  border-radius: 0.45rem; background: var(--paper); font-weight: 600; cursor: pointer; }
.button:hover { border-color: var(--link); }
.button.main { background: var(--link); border-color: var(--link); color: var(--on-link); }
.button.danger { color: var(--bad); border-color: currentColor; }
.button:disabled { opacity: 0.55; cursor: default; }
form[aria-busy='true'] .button { opacity: 0.6; cursor: progress; }
.actions { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; margin-block: 1rem; }
.actions:has(> label) { align-items: end; }
.actions > label { flex: 0 1 18rem; padding: 0; }
fieldset { border: 1px solid var(--rule); border-radius: 0.6rem; margin: 1rem 0; padding: 0.5rem 1rem 0.75rem; min-inline-size: 0; }
legend { font-weight: 600; padding: 0 0.3rem; }
label { display: block; padding: 0.25rem 0; }
input:is([type='checkbox'], [type='radio']) { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; margin-inline-end: 0.6rem;
  vertical-align: -0.22rem; accent-color: var(--link); }
label:has(> input:is([type='checkbox'], [type='radio'])) { padding-inline-start: 1.85rem; text-indent: -1.85rem; }
input:not([type='checkbox'], [type='radio'], [type='hidden'], [type='file']), select, textarea { display: block; inline-size: 100%;
  min-block-size: 2.5rem; margin-block-start: 0.2rem; background: light-dark(#fff, #1a1e22); border: 1px solid var(--edge);
  border-radius: 0.4rem; padding: 0.45rem 0.6rem; }
input[aria-invalid='true'], select[aria-invalid='true'], textarea[aria-invalid='true'] { border: 2px solid var(--bad); }
input[type='file'] { max-inline-size: 100%; }
@media (scripting: none) { .scripted { display: none; } }
input[type='number'] { max-inline-size: 9rem; }
textarea { min-block-size: 8rem; resize: vertical; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 0.25rem 1rem; }
.fields input { max-inline-size: none; }
progress { inline-size: 100%; block-size: 0.6rem; accent-color: var(--link); }
`;

// A note stands under its anchor where the browser can place it there, else in the middle; on a phone at the foot.
const claims = `
.claim { display: inline-block; padding: 0 0.35em; border: 1px solid var(--rule); border-radius: 0.35rem; background: var(--mark);
  color: var(--link); font: 600 0.78rem/1.35 system-ui, sans-serif; font-variant-numeric: tabular-nums; cursor: pointer; }
.held { white-space: nowrap; }
.claim:hover { border-color: var(--link); }
.note { max-inline-size: min(28rem, 100vw - 1rem); margin: auto; padding: 0.9rem 1rem; border: 1px solid var(--edge); border-radius: 0.6rem;
  background: var(--paper); color: var(--ink); box-shadow: 0 0.4rem 1.6rem rgb(0 0 0 / 0.25); font-size: 0.95rem; line-height: 1.5; }
.note p { margin-block: 0 0.5rem; }
.note .actions { margin-block: 0.75rem 0; }
@supports (position-area: block-end) {
  .note { margin: 0.3rem 0; inset: auto; position-area: block-end span-inline-end;
    position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline; }
}
@media (max-width: 40rem) {
  .note { position: fixed; position-area: none; inset: auto 0 0; inline-size: 100%; max-inline-size: none; margin: 0; max-block-size: 75vh;
    overflow-y: auto; border-radius: 0.8rem 0.8rem 0 0; }
}
[hidden] { display: none !important; }
.finder { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; margin-block-end: 0.5rem; }
.finder label { flex: 1 1 12rem; }
.picker label { font-size: 0.95rem; }
.voices { max-inline-size: 30rem; }
.voices text { font-size: 12px; }
.voices .silent { fill: var(--muted); }
.s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); } .s3 { stroke: var(--c3); }
.s4 { stroke: var(--c4); } .s5 { stroke: var(--c5); } .s6 { stroke: var(--c6); }
@media print { header nav, .claim, .actions { display: none; } }
`;

export const partStyle = lists + tables + forms + claims;
