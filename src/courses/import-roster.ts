import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { keyFitsRequest, type Once, recall, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { PREVIEW_AGAIN, planTag, tagFits } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { planBody, presentOf, rosterWrites, writesOf } from './roster-changes.ts';
import { readRoster, type rosterSchema } from './roster-file.ts';
import { planRoster } from './roster-plan.ts';
import { findRosterVersion, listPresent, rosterMoved } from './roster-store.ts';

const flag = z.enum(['true', 'false']).default('false');
export const importRosterQuery = lazily(() => z.object({ preview: flag, withdrawMissing: flag }));

/**
 * Brings a course's people up to a roster: enrols, changes, restores and (`withdrawMissing`) withdraws; their work stays.
 * A preview says the same and changes nothing; its `etag` in If-Match imports exactly that. Throws `import-faulty`, and
 * `stale` where somebody changed the roster meanwhile.
 */
export const importRoster = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  { once, ifMatch }: { once: Once | null; ifMatch: string | undefined },
  query: z.output<ReturnType<typeof importRosterQuery>>,
  input: z.output<ReturnType<typeof rosterSchema>>,
) => {
  const read = readRoster(input);
  if ('faults' in read) throw new Problem('import-faulty', { errors: read.faults });
  const [preview, withdrawMissing] = [query.preview === 'true', query.withdrawMissing === 'true'];
  const onceFor = preview ? null : once;
  const at = { institutionId: institutionOf(actor), courseId, issuer: 'api' };
  const db = deps.dbFor(at.institutionId);
  const externalIds = read.listed.map(({ externalId }) => externalId);
  const [, [seen], rows, [roster]] = await db.batch([
    standing(db, actor, 'people:import', courseId, keyFitsRequest(onceFor)),
    recall(db, onceFor),
    listPresent(db, at, externalIds, withdrawMissing),
    findRosterVersion(db, at),
  ]);
  if (seen) return { body: JSON.parse(seen.facts) as ReturnType<typeof planBody>, etag: null, replayed: true };

  const present = presentOf(rows);
  const asker = actor.kind === 'person' ? actor.personId : null;
  const decided = planRoster(read.listed, present, { asker, mayRename: actor.kind === 'key', withdrawMissing });
  if ('faults' in decided) throw new Problem('import-faulty', { errors: decided.faults });
  const body = planBody(decided.plan);
  const etag = await planTag(body);
  if (!tagFits(ifMatch, etag)) throw new Problem('stale', { detail: PREVIEW_AGAIN });
  if (preview) return { body, etag, replayed: false };

  const now = deps.now();
  const writes = writesOf(decided.plan, present, deps.newId);
  const refusals = rosterMoved(at, roster!.version, writes.coming);
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId: at.institutionId, id: courseId, facts: body, at: now },
    (also) => standing(db, actor, 'people:import', courseId, [...also, ...refusals]),
    rosterWrites(db, at, writes, actorName(actor), now),
  ).catch((error) => {
    const moved = error instanceof Problem && error.problem === 'stale';
    throw moved ? new Problem('stale', { detail: PREVIEW_AGAIN }) : error;
  });
  return { body: facts, etag, replayed };
};
