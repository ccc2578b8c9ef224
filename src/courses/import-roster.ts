import * as z from 'zod';
import { type Actor, actorName, institutionOf, roles } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { insertAudits } from '../db/audit.ts';
import { keyFitsRequest, type Once, recall, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { PREVIEW_AGAIN, planTag, tagFits } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { readRoster, type rosterSchema } from './roster-file.ts';
import { type Present, planRoster, type RosterAction, type RosterChange, type RosterPlan } from './roster-plan.ts';
import {
  type Coming,
  findRosterVersion,
  listPresent,
  rosterMoved,
  touchOtherEnrolments,
  updateWithdrawn,
  upsertEnrolments,
  upsertPeople,
} from './roster-store.ts';

const flag = z.enum(['true', 'false']).default('false');
export const importRosterQuery = lazily(() => z.object({ preview: flag, withdrawMissing: flag }));

const actions = ['enrol', 'change', 'restore', 'withdraw'] as const satisfies RosterAction[];
const state = z.object({ name: z.string().nullable(), role: z.enum(roles), withdrawn: z.boolean() });
export const rosterPlanSchema = lazily(() =>
  z
    .object({
      counts: z.object({
        enrol: z.int(),
        change: z.int(),
        restore: z.int(),
        withdraw: z.int(),
        same: z.int(),
        kept: z.int(),
      }),
      changes: z.array(
        z.object({
          line: z.int().nullable(),
          externalId: z.string(),
          action: z.enum(actions),
          from: state.nullable(),
          to: state,
        }),
      ),
      kept: z.array(z.object({ externalId: z.string(), because: z.enum(['yourself', 'last-instructor']) })),
    })
    .meta({ id: 'RosterPlan' }),
);

const planBody = ({ changes, same, kept }: RosterPlan) => {
  const counts = { enrol: 0, change: 0, restore: 0, withdraw: 0, same, kept: kept.length };
  for (const { action } of changes) counts[action] += 1;
  return { counts, changes, kept };
};

/** Why, for the audit, which holds no names. */
const reasonOf = ({ action, from, to }: RosterChange): string => {
  if (from === null) return `roster: as ${to.role}`;
  const what = [
    ...(action === 'change' ? [] : [action]),
    ...(from.role === to.role ? [] : [`${from.role} to ${to.role}`]),
    ...(from.name === to.name ? [] : ['rename']),
  ];
  return `roster: ${what.join(', ')}`;
};

/** What is to be written of a plan, and the lines of the audit. */
const writesOf = ({ changes }: RosterPlan, present: readonly Present[], newId: () => string) => {
  const known = new Map(present.filter((one) => one.ours).map((one) => [one.externalId, one]));
  const people = changes.map((change) => {
    const was = known.get(change.externalId);
    return { change, was, personId: was?.id ?? newId() };
  });
  const coming = people.filter(({ change }) => change.action !== 'withdraw');
  return {
    coming: coming.map(
      ({ change: { externalId, to }, was, personId }): Coming => ({
        id: personId,
        externalId,
        name: to.name,
        role: to.role,
        isNew: was === undefined,
        was: was?.name ?? null,
      }),
    ),
    renamed: coming.flatMap(({ change, was }) => (was && was.name !== change.to.name ? [was.id] : [])),
    withdrawn: people.flatMap(({ change, personId }) => (change.action === 'withdraw' ? [personId] : [])),
    audits: people.map(({ change, personId }) => ({
      id: newId(),
      action: change.action === 'enrol' ? 'person-enrolled' : 'person-changed',
      subject: personId,
      reason: reasonOf(change),
    })),
  };
};

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
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const externalIds = read.listed.map(({ externalId }) => externalId);
  const [, [seen], rows, [roster]] = await db.batch([
    standing(db, actor, 'people:import', courseId, keyFitsRequest(onceFor)),
    recall(db, onceFor),
    listPresent(db, at, externalIds, withdrawMissing),
    findRosterVersion(db, at),
  ]);
  if (seen) return { body: JSON.parse(seen.facts) as ReturnType<typeof planBody>, etag: null, replayed: true };

  const present = rows.map(({ withdrawnAt, ours, ...one }) => ({
    ...one,
    withdrawn: withdrawnAt !== null,
    ours: ours === 1,
  }));
  const asker = actor.kind === 'person' ? actor.personId : null;
  const decided = planRoster(read.listed, present, { asker, mayRename: actor.kind === 'key', withdrawMissing });
  if ('faults' in decided) throw new Problem('import-faulty', { errors: decided.faults });
  const body = planBody(decided.plan);
  const etag = await planTag(body);
  if (!tagFits(ifMatch, etag)) throw new Problem('stale', { detail: PREVIEW_AGAIN });
  if (preview) return { body, etag, replayed: false };

  const now = deps.now();
  const { coming, renamed, withdrawn, audits } = writesOf(decided.plan, present, deps.newId);
  const refusals = rosterMoved(at, roster!.version, coming);
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId: at.institutionId, id: courseId, facts: body, at: now },
    (also) => standing(db, actor, 'people:import', courseId, [...also, ...refusals]),
    [
      upsertPeople(db, at, coming, now),
      upsertEnrolments(db, at, coming, now),
      touchOtherEnrolments(db, at, renamed),
      updateWithdrawn(db, at, withdrawn, now),
      insertAudits(db, { ...at, actor: actorName(actor), at: now }, audits),
    ],
  ).catch((error) => {
    const moved = error instanceof Problem && error.problem === 'stale';
    throw moved ? new Problem('stale', { detail: PREVIEW_AGAIN }) : error;
  });
  return { body: facts, etag, replayed };
};
