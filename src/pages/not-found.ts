import { html } from 'hono/html';
import { page, pageHeaders } from './page.ts';

/** What a person sees at an address that is none. */
export const notFoundPage = (requestId: string): Response =>
  new Response(
    page(
      'Not found',
      html`<h1>There is nothing here</h1>
      <p>The address may be mistyped. <a href="/">The first page</a> says what there is. <small>Request ${requestId}.</small></p>`,
    ),
    { status: 404, headers: { ...pageHeaders, 'x-request-id': requestId } },
  );
