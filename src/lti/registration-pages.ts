import { html } from 'hono/html';
import type { Product } from '../lms/products.ts';
import type { Reply } from '../route.ts';
import { wayPage } from './page.ts';
import type { Offer } from './platform-configuration.ts';
import type { NotRegistered } from './registration.ts';

/** What is left to do in the LMS itself. */
const nextThere: Record<Product, string> = {
  moodle:
    'In Moodle activate the tool (Manage tools), and set it to show in the activity chooser; let it accept grades.',
  canvas: 'In Canvas review and enable the app, and install it where it is to be used.',
  d2l: 'In Brightspace enable the registration and make a deployment with Assignment and Grade, Deep Linking and Names and Role services.',
  blackboard: 'In Blackboard register the tool by its client id, approve it, and allow grade and membership services.',
  sakai: 'In Sakai check the tool’s settings, and allow it grades, roster and content selection.',
  other: 'In the LMS activate the tool, and allow it grades, roster and content selection.',
};

/** Shows what the platform says of itself and what the tool will ask for, before anything is done. */
export const confirmPage = (asked: { name: string; offer: Offer; shown: string; invite: string }): Reply => {
  const { issuer, authUrl, tokenUrl, jwksUrl } = asked.offer.connection;
  return wayPage(
    'Register this LMS',
    html`<h1>Register this LMS</h1>
<p>You were invited to connect <b>${asked.name}</b>. Is this it?</p>
<table><tbody>
<tr><th scope="row">LMS</th><td>${issuer}${asked.offer.saysItIs ? html` (${asked.offer.saysItIs})` : ''}</td></tr>
<tr><th scope="row">Signs people in at</th><td>${authUrl}</td></tr>
<tr><th scope="row">Takes grades by</th><td>${tokenUrl}</td></tr>
<tr><th scope="row">Its keys</th><td>${jwksUrl}</td></tr>
</tbody></table>
<p>The tool asks the LMS for: line items, results and scores (to send grades), and the roster of its courses. It asks for
nobody’s name or address; you may share them in the LMS’s own settings.</p>
<form method="post" action="/lti/register/finish">
<input type="hidden" name="invite" value="${asked.invite}"><input type="hidden" name="shown" value="${asked.shown}">
<p><button autofocus>Register</button></p></form>`,
  );
};

const closing = `const close = () => (window.opener ?? window.parent).postMessage({ subject: 'org.imsglobal.lti.close' }, '*');
const button = document.getElementById('close');
button.hidden = false;
button.addEventListener('click', close);
setTimeout(close, 10_000);`;

/** The registration is done; closes itself in the LMS (Dynamic Registration 1.0, 3.7) after there was time to read. */
export const registeredPage = (done: { platformId: string; offer: Offer }): Reply =>
  wayPage(
    'The LMS is registered',
    html`<h1 role="status">The LMS is registered</h1>
<p>Two things are left, in any order:</p>
<ol>
<li>Whoever invited you approves it: <code>PUT /v1/platforms/${done.platformId}/approval</code>. Nobody can open the tool before.</li>
<li>${nextThere[done.offer.product]}</li>
</ol>
<p>You can close this page. <button id="close" type="button" hidden>Close</button></p>`,
    { script: closing },
  );

/** Why it does not go on. */
export const notRegisteredPage = ({ status, sentence }: NotRegistered): Reply =>
  wayPage('The LMS is not registered', html`<h1 role="alert">The LMS is not registered</h1><p>${sentence}</p>`, {
    status,
  });
