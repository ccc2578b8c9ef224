import { seal, sha256Hex, unseal } from '../auth/digest.ts';
import { insertAudit } from '../db/audit.ts';
import { guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { insertDeployments } from '../lms/deployment-store.ts';
import { readInvitation } from '../lms/invitations.ts';
import { jsonIn, send } from '../lms/outgoing.ts';
import { invitationIsMissing } from '../lms/platform-store.ts';
import { Problem } from '../problem.ts';
import { type Offer, readConfiguration } from './platform-configuration.ts';
import { readableError } from './readable-error.ts';
import { findInvited, keepRegistration, takeRegistration, updateRegistered } from './registration-store.ts';
import { readRegistered, toolRegistration } from './tool-registration.ts';

/** Why a registration does not go on, with the words for the one who does it. */
export type NotRegistered = { ok: false; status: 400 | 403 | 409 | 502; reason: string; sentence: string };
/** What stands between the two steps, kept by us alone. */
type Kept = { offer: Offer; token: string | null };

const not = (status: NotRegistered['status'], reason: string, sentence: string): NotRegistered => ({
  ok: false,
  status,
  reason,
  sentence,
});

type Invited = { ok: true; institutionId: string; id: string; name: string; registration: string | null };

const openInvitation = async (deps: Deps, secret: string): Promise<Invited | NotRegistered> => {
  const invitation = await readInvitation(secret);
  const [row] = invitation
    ? await findInvited(deps.dbFor(invitation.institutionId), invitation.institutionId, invitation.hash)
    : [];
  if (!invitation || !row)
    return not(403, 'invite-unknown', 'This invitation is not known here, or was taken back. Ask for a new one.');
  if (row.state !== 'invited')
    return not(403, 'invite-used', 'This invitation was used, and serves once. Ask for another one.');
  if ((row.inviteExpiresAt ?? 0) <= deps.now())
    return not(403, 'invite-expired', 'This invitation has ended. Ask for a new one.');
  const { institutionId } = invitation;
  return { ok: true, institutionId, id: row.id, name: row.name, registration: row.registration };
};

const heard = (answer: { detail: string }, what: string) =>
  not(502, 'platform-unanswered', `${what}: ${answer.detail}. Start again in the LMS; the invitation is not used up.`);

const bearer = (token: string | null): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/**
 * The first step of Dynamic Registration (1.0, 3.3 and 3.4): the platform's configuration is fetched by us, judged and kept
 * sealed. `shown` names what was kept: the second step confirms that and nothing else.
 */
export const startRegistration = async (
  deps: Deps,
  asked: { invite: string; configurationUrl: string; token: string | null },
): Promise<{ ok: true; name: string; offer: Offer; shown: string } | NotRegistered> => {
  const invited = await openInvitation(deps, asked.invite);
  if (!invited.ok) return invited;
  const headers = { accept: 'application/json', ...bearer(asked.token) };
  const answer = await send(deps, { url: asked.configurationUrl, headers });
  if (!answer.ok) return heard(answer, 'The configuration of the LMS could not be read');
  if (answer.status !== 200) {
    const said = readableError(answer.text);
    return not(502, 'configuration-refused', `The LMS does not give its configuration: ${answer.status}. ${said}`);
  }
  const offer = readConfiguration(jsonIn(answer), asked.configurationUrl, deps.config.allowsLoopback);
  if ('refused' in offer)
    return not(400, 'configuration-invalid', `The LMS cannot be registered: ${offer.refused}. Register it by hand.`);
  const kept: Kept = { offer, token: asked.token };
  const sealed = await seal(deps.config.sessionSecret, JSON.stringify(kept));
  await keepRegistration(deps.dbFor(invited.institutionId), invited.institutionId, invited.id, sealed);
  return { ok: true, name: invited.name, offer, shown: await sha256Hex(sealed) };
};

const MOVED = 'This page is not the newest. Start again in the LMS; the invitation is not used up.';

/**
 * The second step (1.0, 3.5.2 and 3.6): registers the tool at the platform, and keeps the platform as pending. Of several posts
 * of one page one goes on; what the platform refuses leaves the invitation open.
 */
export const finishRegistration = async (
  deps: Deps,
  origin: string,
  posted: { invite: string; shown: string },
): Promise<{ ok: true; platformId: string; offer: Offer } | NotRegistered> => {
  const invited = await openInvitation(deps, posted.invite);
  if (!invited.ok) return invited;
  const { institutionId, id, registration } = invited;
  if (registration === null || (await sha256Hex(registration)) !== posted.shown)
    return not(409, 'step-replayed', MOVED);
  const db = deps.dbFor(institutionId);
  const [taken] = await takeRegistration(db, institutionId, id, registration);
  if (!taken) return not(409, 'step-replayed', MOVED);
  const opened = await unseal(deps.config.sessionSecret, registration).catch(() => null);
  if (opened === null) return not(409, 'step-replayed', MOVED);
  const { offer, token } = JSON.parse(opened) as Kept;

  const answer = await send(deps, {
    url: offer.registrationUrl,
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify(toolRegistration(deps.catalogue, offer, origin, id)),
  });
  if (!answer.ok) return heard(answer, 'The LMS did not answer the registration');
  const registered = answer.status < 300 ? readRegistered(jsonIn(answer)) : null;
  if (!registered) {
    const said = readableError(answer.text) || 'without a word';
    const sentence = `The LMS refuses the registration: ${answer.status}, ${said}. Start again in the LMS; the invitation is not used up.`;
    return not(502, 'registration-refused', sentence);
  }

  const { clientId, deploymentId } = registered;
  const at = deps.now();
  const deployments = deploymentId === null ? [] : [{ id: deps.newId(), deploymentId }];
  const audit = { institutionId, actor: `platform:${id}`, action: 'platform-registered', subject: id, at };
  try {
    await db.batch([
      guard(db, [invitationIsMissing(institutionId, id)]),
      updateRegistered(db, institutionId, id, { ...offer.connection, clientId, product: offer.product }),
      insertDeployments(db, { institutionId, platformId: id, at }, deployments),
      insertAudit(db, { id: deps.newId(), ...audit, reason: `${offer.connection.issuer} as ${clientId}` }),
    ]);
  } catch (error) {
    if (!(error instanceof Problem) || error.problem !== 'invitation-not-found') throw error;
    const sentence = 'The invitation was taken back meanwhile. Remove the tool in the LMS, and ask for a new one.';
    return not(409, 'invite-withdrawn', sentence);
  }
  return { ok: true, platformId: id, offer };
};
