import type { Child } from 'hono/jsx';
import { randomToken } from '../auth/digest.ts';
import type { Reply } from '../route.ts';
import { pageHeaders } from './page.ts';
import { style } from './style.ts';

type Shell = {
  title: string;
  status: number;
  wide: boolean;
  /** Rules of its own for the style sheet, `tight`. */
  more: string;
  /** Who may frame it, as Content Security Policy takes it. */
  frames: string;
  headers?: Record<string, string>;
};

const policy = (nonce: string, frames: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frames}`,
  ].join('; ');

/** A document for the browser, with the style sheet and the script of all pages, and the place where the script tells things. */
export const htmlDocument = ({ title, status, wide, more, frames, headers = {} }: Shell, body: Child): Reply => {
  const nonce = randomToken(16);
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: style + more }} />
        <script nonce={nonce} type="module" src="/page.js" />
        {/* Painted once it is whole: a table that comes in two parts would move under who reads it. */}
        <link rel="expect" href="#live" blocking="render" />
      </head>
      <body class={wide ? 'wide' : undefined}>
        {body}
        <p id="live" class="unseen" role="status" />
      </body>
    </html>
  );
  return {
    status,
    body: `<!doctype html>${document}`,
    type: pageHeaders['content-type'],
    headers: { 'content-security-policy': policy(nonce, frames), ...headers },
  };
};

export const SkipLink = () => (
  <a href="#main" class="skip">
    Skip to the content
  </a>
);
