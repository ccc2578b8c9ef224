import { html } from 'hono/html';
import type { Reply } from '../route.ts';
import { wayPage } from './page.ts';
import { type Refused, refusals, statusOf } from './refusals.ts';

/** What whoever opened it is told: one sentence, what to do, and the code under which the launch log has the reason. */
export const refusalPage = (refusal: Refused): Reply => {
  const [, says] = refusals[refusal.refused];
  const content = html`<h1>This did not open</h1>
<p>${says}</p>
<p>Go back to your course and open it again from there. If that does not help, choose to open it in a new window, or tell
the administrator of your LMS this code: <code>${refusal.refused}</code>.</p>`;
  return wayPage('This did not open', content, { status: statusOf(refusal) });
};
