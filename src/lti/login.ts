import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import type { Call, Reply } from '../route.ts';
import { bindingCookies, bindingName, PROBE } from './binding.ts';
import { choosePlatform, type LivePlatform } from './choose-platform.ts';
import { logLaunch } from './launch-log.ts';
import { loginPage } from './login-page.ts';
import { redirectTo } from './page.ts';
import { refusalPage } from './refusal-page.ts';
import { isRefused, type Refused, refuse } from './refusals.ts';
import { makeState } from './state.ts';
import { findPlatformById, listPlatformsByIssuer, type PlatformRow } from './store.ts';

const parameter = z.string().max(8192).optional().catch(undefined);

/** What a platform sends to begin with, by query or form; what else it sends is passed over. Security Framework 1.0, 5.1.1.1; LTI Core 4.1. */
export const loginSchema = lazily(() =>
  z.object({
    iss: parameter,
    login_hint: parameter,
    target_link_uri: parameter,
    lti_message_hint: parameter,
    client_id: parameter,
    lti_deployment_id: parameter,
    lti_storage_target: parameter,
  }),
);

type LoginRequest = z.output<ReturnType<typeof loginSchema>>;
/** A login as it came: at a platform's own address (`platform`) or at the common one (''). */
type LoginCall = Pick<Call, 'deps' | 'url' | 'cookie'> & { platform: string; sent: LoginRequest };

const required = ['iss', 'login_hint', 'target_link_uri'] as const;

/** A login that says everything, at our own address and for one of our pages; else why not. */
const readLogin = (sent: LoginRequest, origin: string): { issuer: string; target: string } | Refused => {
  const missing = required.filter((name) => !sent[name]);
  if (missing.length > 0) return refuse('login-incomplete', missing.join(', '));
  const target = sent.target_link_uri!;
  const targetOrigin = URL.canParse(target) ? new URL(target).origin : 'no address';
  if (targetOrigin !== origin) return refuse('target-foreign', targetOrigin);
  return { issuer: sent.iss!, target };
};

/** The address at which the platform signs the person in. Only what the specification names: Moodle breaks on more. Security Framework 1.0, 5.1.1.2. */
const authAddress = (
  platform: LivePlatform,
  { login_hint, lti_message_hint }: LoginRequest,
  { origin, state, nonce }: { origin: string; state: string; nonce: string },
): string => {
  const address = new URL(platform.authUrl);
  const parameters = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.clientId,
    redirect_uri: `${origin}/lti/launch`,
    login_hint: login_hint!,
    ...(lti_message_hint ? { lti_message_hint } : {}),
    nonce,
    state,
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
};

/** The same login once more, for a window of its own: there is no frame then that could keep anything for us. */
const ownWindow = (url: URL, sent: LoginRequest): string => {
  const { lti_storage_target: _, ...rest } = sent;
  return `${url.pathname}?${new URLSearchParams(Object.entries(rest).filter((one): one is [string, string] => !!one[1]))}`;
};

const refused = async (deps: Deps, refusal: Refused, rows: readonly PlatformRow[]): Promise<Reply> => {
  // Where several institutions could be meant, it is none of theirs to read.
  const [platform] = rows;
  const whose = platform && rows.every(({ institutionId }) => institutionId === platform.institutionId);
  await logLaunch(deps, refusal, whose ? { institutionId: platform.institutionId, platformId: platform.id } : null);
  return refusalPage(refusal);
};

/**
 * Begins a launch: finds the platform, binds the login to this browser, and goes on to the platform to sign the person in.
 * Writes nothing. Where it is not known that cookies come back, a page finds out first.
 */
export const startLogin = async ({ deps, url, cookie, platform: own, sent }: LoginCall): Promise<Reply> => {
  const { origin } = url;
  const login = readLogin(sent, origin);
  if (isRefused(login) && login.refused === 'login-incomplete') return refused(deps, login, []);
  const db = deps.dbFor('');
  const rows = own
    ? await findPlatformById(db, own)
    : await listPlatformsByIssuer(db, sent.iss!, sent.client_id || undefined);
  if (isRefused(login)) return refused(deps, login, rows);
  const asked = { issuer: login.issuer, clientId: sent.client_id || undefined };
  const platform = choosePlatform(rows, asked, own !== '');
  if (isRefused(platform)) return refused(deps, platform, rows);
  const knownToKeep = cookie(PROBE) !== undefined;
  const target = sent.lti_storage_target?.slice(0, 200);
  const storage = target && !knownToKeep ? { target, origin: new URL(platform.authUrl).origin } : null;
  const { institutionId, id: platformId } = platform;
  const shared = own === '' && rows.some((row) => row.institutionId !== institutionId);
  const bound = await makeState(
    deps.config.sessionSecret,
    { institutionId, platformId, targetLinkUri: login.target, storage, shared },
    deps.now(),
  );
  const goOn = authAddress(platform, sent, { origin, ...bound });
  const cookies = bindingCookies(bound.binding, bound.secret);
  if (knownToKeep) return redirectTo(goOn, 302, cookies);
  return loginPage({
    goOn,
    ownWindow: ownWindow(url, sent),
    storage: storage && { ...storage, key: bindingName(bound.binding), value: bound.secret },
    cookies,
  });
};
