import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import type { Call, Reply } from '../route.ts';
import { boundBy } from './binding.ts';
import { chooseDeployment } from './choose-deployment.ts';
import { type LaunchClaims, readClaims } from './claims.ts';
import { enterCourse } from './enter-course.ts';
import { proofPage } from './entry-pages.ts';
import { checkSignature, judgeLauncher, judgeMessage } from './judge.ts';
import { logLaunch, type Whose } from './launch-log.ts';
import { keepNewDeployment, openLaunch } from './open-launch.ts';
import { refusalPage } from './refusal-page.ts';
import { isRefused, type Refused, refuse } from './refusals.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { type LoginState, readState } from './state.ts';
import { parseToken } from './verify-token.ts';

const field = z.string().optional().catch(undefined);

/** What the platform posts through the browser. Security Framework 1.0, 5.1.1.3 and 5.1.1.5. */
export const launchSchema = lazily(() =>
  z
    .object({ state: field, id_token: field, error: field, error_description: field })
    .meta({ id: 'AuthenticationResponse' }),
);
/** The same once more, with what the platform's storage kept. */
export const proofSchema = lazily(() => launchSchema().extend({ proof: field }).meta({ id: 'ProvenResponse' }));

type Sent = z.output<ReturnType<typeof launchSchema>>;
type LaunchCall = Pick<Call, 'deps' | 'cookie'> & { sent: Sent; proof?: string | undefined };

const refused = async (deps: Deps, refusal: Refused, whose: Whose | null, claims?: LaunchClaims): Promise<Reply> => {
  await logLaunch(deps, refusal, whose, claims);
  return refusalPage(refusal);
};

/** Whose log a refusal belongs in: of several institutions with one registration, the one that has the deployment. */
const whoseOf = ({ shared, institutionId, platformId }: LoginState, snapshot?: Snapshot): Whose | null => {
  if (!shared) return { institutionId, platformId };
  const [holder, another] = snapshot?.candidates.filter(({ deployment }) => deployment !== null) ?? [];
  return holder && !another ? { institutionId: holder.institutionId, platformId: holder.id } : null;
};

/** The platforms to which it may belong: of other institutions only where its login did not tell whose it is. */
const theirs = ({ candidates }: Snapshot, { shared, institutionId }: LoginState) =>
  candidates.filter((one) => shared || one.institutionId === institutionId);

const held = async ({ deps, sent, cookie, proof }: LaunchCall, state: LoginState): Promise<Reply> => {
  if (sent.error) {
    const said = refuse('platform-error', `${sent.error} ${sent.error_description ?? ''}`);
    return refused(deps, said, whoseOf(state));
  }
  const token = parseToken(sent.id_token);
  if (isRefused(token)) return refused(deps, token, whoseOf(state));
  const bound = await boundBy(state, cookie, proof);
  if (bound !== 'bound' && proof === undefined && state.storage)
    return proofPage(state.binding, state.storage, { id_token: token.token, state: sent.state! });
  const claims = readClaims(token.payload);
  const snapshot = await readSnapshot(deps, state, isRefused(claims) ? null : claims);
  const whose = whoseOf(state, snapshot);
  const signed = await checkSignature(deps, snapshot, token);
  if (isRefused(signed)) return refused(deps, signed, whose);
  if (isRefused(claims)) return refused(deps, claims, whose);
  const { platform, fetched } = signed;
  const judged = await judgeMessage(claims, state, { platform, used: snapshot.used, bound, now: deps.now() });
  if (judged !== 'right') return refused(deps, judged, whose, claims);
  const tenant = chooseDeployment(theirs(snapshot, state), claims.lti.deployment_id);
  if (isRefused(tenant)) {
    if ('newOf' in tenant && tenant.newOf) await keepNewDeployment(deps, tenant.newOf, claims.lti.deployment_id);
    return refused(deps, tenant, whose, claims);
  }
  const launcher = judgeLauncher(claims, tenant.platform);
  if (isRefused(launcher)) return refused(deps, launcher, whose, claims);
  const entry = { claims, tenant, launcher };
  const opened = await openLaunch(deps, entry, { state, snapshot, fetched });
  if (isRefused(opened)) return refused(deps, opened, whose, claims);
  return enterCourse(deps, entry, opened, { state, byCookie: proof === undefined });
};

/**
 * A launch: the platform's signed message, held to the login that it answers. Two round trips with warm keys: all that is
 * asked, then all that is written.
 */
export const receiveLaunch = async (call: LaunchCall): Promise<Reply> => {
  const { deps, sent } = call;
  const state = await readState(deps.config.sessionSecret, sent.state, deps.now());
  return isRefused(state) ? refused(deps, state, null) : held(call, state);
};
