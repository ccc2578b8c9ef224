import { html, raw } from 'hono/html';

export type Html = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --line: #8884; --bar: #1d4e5f; --barText: #fff; --soft: #8881; }
@media (prefers-color-scheme: dark) { :root { --bar: #12313c; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
header { background: var(--bar); color: var(--barText); padding: .6rem 1rem; display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; }
header a { color: inherit; }
header p { margin: 0; opacity: .85; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.15rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
.scroll { overflow-x: auto; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
form { display: inline; }
button, .button { font: inherit; padding: .25rem .7rem; margin: .1rem 0; border: 1px solid var(--line); border-radius: .4rem; background: var(--soft); color: inherit; cursor: pointer; text-decoration: none; display: inline-block; }
input[type=url] { font: inherit; width: min(32rem, 100%); padding: .25rem .5rem; }
body:has(> iframe.tool) { display: flex; flex-direction: column; height: 100vh; }
iframe.tool { flex: 1; width: 100%; border: 0; }
@media (max-width: 40rem) {
  .stack, .stack tbody, .stack tr, .stack td { display: block; }
  .stack tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  .stack td { border: 0; padding: .15rem 0; }
}
section:first-child h2 { margin-top: .5rem; }
.note { opacity: .75; font-size: .9rem; }
.warn { border-left: .3rem solid #c60; padding: .3rem .8rem; background: var(--soft); }
code { overflow-wrap: anywhere; }
`;

/** A page of the pretend LMS. `refreshS`: seconds after which the browser asks again. */
export const page = (title: string, body: Html | Promise<Html>, refreshS?: number) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    ${refreshS ? html`<meta http-equiv="refresh" content="${refreshS}" />` : ''}
    <title>${title}</title>
    <style>${raw(style)}</style>
  </head>
  <body>
    ${body}
  </body>
</html>`;
