import { html, raw } from 'hono/html';
import { baseStyle } from './style.ts';

const style = `${baseStyle}
main { max-inline-size: 52rem; margin: 0 auto; padding: 1rem; }
h3 { margin: 1.5rem 0 0; }
pre { padding: 0.75rem; border: 1px solid var(--rule); border-radius: 0.4rem; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--rule); }
button { font: inherit; font-weight: 600; min-block-size: 2.5rem; padding: 0.4rem 1rem; border: 1px solid var(--edge);
  border-radius: 0.45rem; background: var(--paper); color: inherit; cursor: pointer; }
`;

/** Pages hold one style sheet and nothing of anybody's. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Headers of a page that is made for one request. */
export const pageHeaders = {
  'cache-control': 'private, no-store',
  'content-security-policy': pagePolicy,
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A whole page of HTML, without script. `more`: rules of its own for the style sheet. */
export const page = (title: string, content: unknown, more = ''): string =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${raw(style + more)}</style></head><body><main>${content}</main></body></html>`.toString();
