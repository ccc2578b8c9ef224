import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudit } from '../db/audit.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import {
  type DeploymentRow,
  deploymentExists,
  deploymentIsClaimed,
  deploymentIsMissing,
  insertDeployment,
  theOneCalled,
  theOneOfRow,
  updateDeploymentState,
} from './deployment-store.ts';
import { platformIsMissing } from './platform-store.ts';

/** Makes a deployment known before its first launch, approved. Throws `deployment-exists`, `deployment-claimed`. */
export const addDeployment = async (
  deps: Deps,
  actor: Actor,
  platformId: string,
  once: Once | null,
  deploymentId: string,
): Promise<{ row: DeploymentRow; replayed: boolean }> => {
  const institutionId = institutionOf(actor);
  const [id, at] = [deps.newId(), deps.now()];
  const row: DeploymentRow = { id, institutionId, platformId, deploymentId, state: 'active', createdAt: at };
  const db = deps.dbFor(institutionId);
  const audit = { institutionId, actor: actorName(actor), action: 'deployment-approved', subject: id, at };
  const missing = platformIsMissing(institutionId, platformId);
  const { facts, replayed } = await writeOnce(
    db,
    once,
    {
      institutionId,
      id,
      facts: { row },
      at,
      refusals: [
        deploymentExists(platformId, deploymentId),
        deploymentIsClaimed(institutionId, platformId, theOneCalled(deploymentId)),
      ],
    },
    (also) => standing(db, actor, 'platforms:manage', undefined, [missing, ...also]),
    [insertDeployment(db, row), insertAudit(db, { id: deps.newId(), ...audit, reason: deploymentId })],
  );
  return { row: facts.row, replayed };
};

/** Approves a deployment, also one that a launch brought, or disables it. Throws `deployment-claimed`. */
export const decideOnDeployment = async (
  deps: Deps,
  actor: Actor,
  platformId: string,
  id: string,
  state: 'active' | 'disabled',
): Promise<DeploymentRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const action = state === 'active' ? 'deployment-approved' : 'deployment-disabled';
  const [, [row]] = await db.batch([
    standing(db, actor, 'platforms:manage', undefined, [
      platformIsMissing(institutionId, platformId),
      deploymentIsMissing(institutionId, platformId, id),
      ...(state === 'active' ? [deploymentIsClaimed(institutionId, platformId, theOneOfRow(id))] : []),
    ]),
    updateDeploymentState(db, institutionId, platformId, id, state),
    insertAudit(db, { id: deps.newId(), institutionId, actor: actorName(actor), action, subject: id, at: deps.now() }),
  ]);
  return row!;
};
