import { html, raw } from 'hono/html';

const style = `
:root { color-scheme: light dark; --rule: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; }
h3 { font-size: 1rem; margin: 1.5rem 0 0; }
p { margin: 0.4rem 0 0.6rem; }
small { opacity: 0.8; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--rule); border-radius: 0.4rem; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--rule); }
summary { cursor: pointer; }
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
