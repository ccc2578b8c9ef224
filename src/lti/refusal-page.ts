import { html } from 'hono/html';
import type { Reply } from '../route.ts';
import { wayPage } from './page.ts';
import { type RefusalCode, type Refused, refusals, statusOf } from './refusals.ts';

const again = 'Go back to your course and open it again from there.';
const soon = 'Wait a few minutes, and open it again from your course.';
const window = 'Go back to your course and open it from there in a new window.';
const nothing = 'Open your own work from your course.';

/** What helps whoever opened it, by themselves; for the rest only the LMS's administrator can do something. */
const helps: Partial<Record<RefusalCode, string>> = {
  'login-incomplete': again,
  'platform-error': 'Sign in to your LMS once more, and open it again from your course.',
  'state-missing': again,
  'state-unknown': again,
  'state-expired': again,
  'token-missing': again,
  'keys-unreachable': soon,
  'token-expired': again,
  'token-old': again,
  'nonce-wrong': again,
  'target-differs': again,
  'launch-used': again,
  'launch-overtaken': again,
  'other-browser': again,
  'cookies-lost': window,
  'proof-wrong': window,
  'review-of-another': nothing,
};

/** What to do about a refusal. */
export const adviceFor = (code: RefusalCode): string => {
  const help = helps[code];
  return help
    ? `${help} If that does not help, tell the administrator of your LMS this code:`
    : 'Opening it again does not help: tell the administrator of your LMS this code:';
};

/** What whoever opened it is told: one sentence, what to do, and the code under which the launch log has the reason. */
export const refusalPage = (refusal: Refused): Reply => {
  const [, says] = refusals[refusal.refused];
  const content = html`<h1>This did not open</h1>
<p>${says}</p>
<p>${adviceFor(refusal.refused)} <code>${refusal.refused}</code>.</p>`;
  return wayPage('This did not open', content, { status: statusOf(refusal) });
};
