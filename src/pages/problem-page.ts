import { html } from 'hono/html';
import { type Problem, problemDocument } from '../problem.ts';
import { page, pageHeaders, pagePolicy } from './page.ts';
import { detailWords } from './words.ts';

/** It may stand in any LMS's frame: there is nothing on it that another site could make somebody click by mistake. */
const policy = pagePolicy.replace("frame-ancestors 'none'", 'frame-ancestors *');

/** What somebody typed into a form that came to nothing: the texts, not the session. */
const typedTexts = (form: string): string[] =>
  [...new URLSearchParams(form)].flatMap(([name, value]) =>
    /^(body|(reason|reply)(-.*)?)$/.test(name) && value.trim() !== '' ? [value] : [],
  );

/** A problem as a person sees it; `form` is the posted form, whose texts are given back. */
export const problemPage = (problem: Problem, requestId: string, form = ''): Response => {
  const { status, title } = problemDocument(problem, requestId);
  const typed = typedTexts(form);
  const body = page(
    title,
    html`<h1>${title}</h1><p>${detailWords(problem)}</p>
      ${typed.length > 0 ? html`<p>What you typed was not kept. Copy it before you leave this page:</p>${typed.map((text) => html`<pre style="white-space: pre-wrap">${text}</pre>`)}` : ''}
      <p><small>Request ${requestId}.</small></p>`,
  );
  const headers = { ...pageHeaders, 'content-security-policy': policy, 'x-request-id': requestId };
  return new Response(body, { status, headers });
};
