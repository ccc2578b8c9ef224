import { html } from 'hono/html';
import type { Reply } from '../route.ts';
import { bindingName } from './binding.ts';
import { wayPage } from './page.ts';
import type { StorageFrame } from './state.ts';
import { STORAGE_CALL } from './storage-call.ts';

const fetchProof = `${STORAGE_CALL}
(async () => {
  const form = document.forms[0];
  form.elements.proof.value = (await storageCall('lti.get_data', form.dataset)) ?? '';
  form.submit();
})();`;

/**
 * The launch came back without its cookie, and the platform offers storage: a page that fetches the proof there, and posts the
 * same launch again with it. What it finds is judged by us alone, also when it finds nothing.
 */
export const proofPage = (binding: string, storage: StorageFrame, sent: { id_token: string; state: string }): Reply =>
  wayPage(
    'Opening the activity',
    html`<h1>Opening the activity</h1>
<form method="post" action="/lti/verify" data-target="${storage.target}" data-origin="${storage.origin}" data-key="${bindingName(binding)}">
<input type="hidden" name="id_token" value="${sent.id_token}"><input type="hidden" name="state" value="${sent.state}">
<input type="hidden" name="proof" value=""><button>Go on to the activity</button></form>`,
    { script: fetchProof },
  );

/** Hands a session over to a page where no cookie can: in the body of a form, never in an address. */
export const handOverPage = (path: string, session: string): Reply =>
  wayPage(
    'Opening the activity',
    html`<h1>Opening the activity</h1>
<form method="post" action="${path}"><input type="hidden" name="session" value="${session}">
<button>Go on to the activity</button></form>`,
    { script: 'document.forms[0].submit();' },
  );

/** What somebody sees who opens the launch address by itself, and what an LMS gets that probes it (Moodle does). */
export const launchAddressPage = (): Reply =>
  wayPage(
    'A launch address',
    html`<h1>This is a launch address</h1>
<p>It opens from a course in an LMS. To connect an LMS, paste it there as the tool's URL and redirect URI.</p>`,
  );
