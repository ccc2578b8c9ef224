import { type Ctx, onceOnly } from './context.ts';
import { escaped, postingPage } from './html.ts';
import { hintFrom } from './initiate.ts';
import { sign } from './keys.ts';
import { messageClaims } from './message.ts';
import { type Hint, type Platform, profileOf, type User } from './platforms.ts';
import { demand } from './refuse.ts';

const known = [
  'scope',
  'response_type',
  'response_mode',
  'prompt',
  'client_id',
  'redirect_uri',
  'login_hint',
  'lti_message_hint',
  'nonce',
  'state',
];

type Refusal = { error: string; error_description: string };
const refusal = (error: string, error_description: string): Refusal => ({ error, error_description });

/** What is wrong with an authentication request (LTI Security Framework 5.1.1.2, OIDC Core 3.1.2.6), else whom and what it is for. */
const judge = (platform: Platform, params: Record<string, string>): Refusal | { user: User; hint: Hint } => {
  const { singleUseHint, promptOptional } = profileOf(platform);
  const unknown = Object.keys(params).find((name) => !known.includes(name));
  if (unknown)
    return refusal('invalid_request', `unknown parameter ${unknown}: send only what the specification names`);
  if (params.scope !== 'openid') return refusal('invalid_scope', 'scope must be exactly openid');
  if (params.response_type !== 'id_token')
    return refusal('unsupported_response_type', 'response_type must be id_token');
  if (params.response_mode !== 'form_post') return refusal('invalid_request', 'response_mode must be form_post');
  if (params.prompt !== 'none' && !(promptOptional && params.prompt === undefined))
    return refusal('invalid_request', 'prompt must be none');
  if (!params.nonce) return refusal('invalid_request', 'nonce is missing');
  if (!params.state) return refusal('invalid_request', 'state is missing');
  const user = platform.users.find(({ id }) => id === params.login_hint);
  if (!user) return refusal('invalid_request', 'login_hint names nobody here: send back the one you were given');
  if (user.loggedOut) return refusal('login_required', 'nobody is logged in on this platform');
  const hint = params.lti_message_hint ? hintFrom(platform, params.lti_message_hint) : undefined;
  if (!hint) return refusal('invalid_request', 'lti_message_hint is not one of ours: send it back unchanged');
  if (hint.userId !== user.id)
    return refusal('invalid_request', 'login_hint and lti_message_hint belong to two people');
  if (hint.clientId !== params.client_id) return refusal('unauthorized_client', 'the launch is for another client');
  if (singleUseHint && hint.used) return refusal('invalid_request', 'this launch was used already: launch again');
  return { user, hint };
};

/** The authentication endpoint. An unknown client or redirect_uri ends here; other faults are posted to the tool. */
export const authenticate = async (c: Ctx) => {
  const platform = c.get('platform');
  const params = await onceOnly(c);
  const client = platform.clients.find(({ clientId }) => clientId === params.client_id);
  demand(client, 400, `client_id ${params.client_id ?? '(missing)'} is not registered here`);
  const redirectUri = params.redirect_uri;
  demand(
    redirectUri && client.redirectUris.includes(redirectUri),
    400,
    `redirect_uri ${redirectUri ?? '(missing)'} is not registered; registered: ${client.redirectUris.join(', ')}`,
  );
  const state: Record<string, string> = params.state === undefined ? {} : { state: params.state };
  const judged = client.active
    ? judge(platform, params)
    : refusal('unauthorized_client', 'the tool is registered but not yet activated on this platform');
  c.header('cache-control', 'no-store');
  if ('error' in judged) {
    c.set('refusal', `${judged.error}: ${judged.error_description}`);
    return c.html(postingPage(redirectUri, { ...judged, ...state }, 'Go back to the tool'));
  }
  const { user, hint } = judged;
  hint.used = true;
  const claims = messageClaims(platform, client, user, hint, params.nonce!);
  const token = await sign(platform.keys.current, claims);
  const storage: Record<string, string> = platform.storageTarget ? { lti_storage_target: platform.storageTarget } : {};
  return c.html(postingPage(redirectUri, { id_token: token, ...state, ...storage }, 'Open the activity'));
};

/** The page for a person whose launch the platform itself refuses. */
export const refusedPage = (title: string, reason: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(reason)}</p></html>`;
