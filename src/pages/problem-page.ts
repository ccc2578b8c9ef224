import { html } from 'hono/html';
import { type Problem, problemDocument } from '../problem.ts';
import { page, pageHeaders } from './page.ts';

/** A problem as a person sees it. */
export const problemPage = (problem: Problem, requestId: string): Response => {
  const { status, title, detail } = problemDocument(problem, requestId);
  const body = page(title, html`<h1>${title}</h1><p>${detail}</p><p><small>Request ${requestId}.</small></p>`);
  return new Response(body, { status, headers: { ...pageHeaders, 'x-request-id': requestId } });
};
