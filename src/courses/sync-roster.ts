import * as z from 'zod';
import { type Actor, actorName, institutionOf, type Role } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import type { Database } from '../db/client.ts';
import { keyFitsRequest, type Once, recall, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { listMembers, type Member } from '../lms/members.ts';
import { openService } from '../lms/tokens.ts';
import { Problem } from '../problem.ts';
import { type PlanBody, planBody, presentOf, rosterWrites, writesOf } from './roster-changes.ts';
import { planRoster } from './roster-plan.ts';
import { findRosterVersion, listPresent, rosterMoved } from './roster-store.ts';
import type { CourseAt } from './store.ts';
import { listRosterSources, listSyncedCourses, type RosterSourceRow, updateSynced } from './sync-roster-store.ts';

export const syncRosterQuery = lazily(() => z.object({ preview: z.enum(['true', 'false']).default('false') }));

const ranks = ['learner', 'assistant', 'instructor'] as const satisfies readonly Role[];

/** Who is in the LMS's courses now, each once, with their highest role. */
const activeOf = (members: readonly Member[]): Member[] => {
  const active = members.filter((one) => one.active);
  return [...Map.groupBy(active, ({ userId }) => userId).values()].map((same) => ({
    ...same[0]!,
    name: same.find(({ name }) => name !== null)?.name ?? null,
    role: ranks[Math.max(...same.map(({ role }) => ranks.indexOf(role)))]!,
    testUser: same.every(({ testUser }) => testUser),
  }));
};

/** Reads whole rosters, or throws `lms-failed` and leaves the reason where people look for it. */
const readMembers = async (deps: Deps, db: Database, sources: readonly RosterSourceRow[]): Promise<Member[]> => {
  const fail = async (source: RosterSourceRow, reason: string): Promise<never> => {
    await updateSynced(db, [source.contextId], 0, reason.slice(0, 300));
    throw new Problem('lms-failed', { reason });
  };
  const lists = await Promise.all(
    sources.map(async (source) => {
      const listed = await listMembers(deps, openService(source), source.membershipsUrl);
      if (listed.ok) return listed.items;
      return fail(source, `the roster cannot be read whole: ${listed.detail || `the LMS answered ${listed.status}`}`);
    }),
  );
  const active = activeOf(lists.flat());
  if (active.length === 0) return fail(sources[0]!, 'the roster is empty: nobody is withdrawn on the word of that');
  return active;
};

type Asked = { actor: Actor | null; once: Once | null; isPreview: boolean };

/** Brings the people of one LMS up to its roster: all of it or nothing. */
const syncFrom = async (
  deps: Deps,
  db: Database,
  at: CourseAt,
  sources: readonly RosterSourceRow[],
  { actor, once, isPreview }: Asked,
): Promise<{ body: PlanBody; replayed: boolean }> => {
  const here = { ...at, issuer: sources[0]!.issuer };
  const members = await readMembers(deps, db, sources);
  const userIds = members.map(({ userId }) => userId);
  const [rows, [roster]] = await db.batch([listPresent(db, here, userIds, true), findRosterVersion(db, at)]);
  const present = presentOf(rows);
  const listed = members.map(({ userId, name, role }, index) => ({ line: index + 1, externalId: userId, name, role }));
  const asker = actor?.kind === 'person' ? actor.personId : null;
  const decided = planRoster(listed, present, { asker, mayRename: true, withdrawMissing: true });
  const contextIds = sources.map(({ contextId }) => contextId);
  if ('faults' in decided) {
    // At night nobody reads the answer.
    if (!isPreview)
      await updateSynced(db, contextIds, 0, `nothing was changed: ${decided.faults[0]!.detail}`.slice(0, 300));
    throw new Problem('import-faulty', { errors: decided.faults });
  }
  const body = planBody(decided.plan);
  if (isPreview) return { body, replayed: false };
  const writes = writesOf(decided.plan, present, deps.newId);
  const testUsers = new Set(members.filter(({ testUser }) => testUser).map(({ userId }) => userId));
  const coming = writes.coming.map((one) => ({ ...one, testUser: testUsers.has(one.externalId) }));
  const now = deps.now();
  const refusals = rosterMoved(here, roster!.version, coming);
  const by = actor ? actorName(actor) : 'lms';
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId: at.institutionId, id: at.courseId, facts: body, at: now },
    (also) => standing(db, actor ?? { kind: 'nobody' }, 'roster:sync', at.courseId, [...also, ...refusals]),
    [...rosterWrites(db, here, { ...writes, coming }, by, now), updateSynced(db, contextIds, now, null)],
  ).catch((error) => {
    const moved = error instanceof Problem && error.problem === 'stale';
    throw moved ? new Problem('stale', { detail: 'Somebody changed the roster here meanwhile. Sync again.' }) : error;
  });
  return { body: facts, replayed };
};

const together = (bodies: readonly PlanBody[]): PlanBody => {
  const counts = { enrol: 0, change: 0, restore: 0, withdraw: 0, same: 0, kept: 0 };
  for (const body of bodies)
    for (const [name, count] of Object.entries(body.counts)) counts[name as keyof typeof counts] += count;
  return { counts, changes: bodies.flatMap(({ changes }) => changes), kept: bodies.flatMap(({ kept }) => kept) };
};

const syncSources = async (deps: Deps, db: Database, at: CourseAt, sources: RosterSourceRow[], asked: Asked) => {
  const done: { body: PlanBody; replayed: boolean }[] = [];
  const byIssuer = [...Map.groupBy(sources, ({ issuer }) => issuer).values()];
  // A course in two LMS is rare; the request counts as carried out with the last of them.
  for (const same of byIssuer)
    done.push(await syncFrom(deps, db, at, same, same === byIssuer.at(-1) ? asked : { ...asked, once: null }));
  return { body: together(done.map(({ body }) => body)), replayed: done.some(({ replayed }) => replayed) };
};

/**
 * Brings the course's people up to the roster of its LMS, by NRPS: enrols, changes, restores, and withdraws who is gone
 * there, never whoever asks; people of the institution's key stay as they are. Names that the LMS keeps to itself stay.
 * A roster that cannot be read whole changes nothing. Throws `not-in-lms`, `lms-failed`, `import-faulty`, `stale`.
 */
export const syncRoster = async (deps: Deps, actor: Actor, courseId: string, once: Once | null, isPreview: boolean) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const onceFor = isPreview ? null : once;
  const [, [seen], sources] = await db.batch([
    standing(db, actor, 'roster:sync', courseId, keyFitsRequest(onceFor)),
    recall(db, onceFor),
    listRosterSources(db, at),
  ]);
  if (seen) return { body: JSON.parse(seen.facts) as PlanBody, replayed: true };
  if (sources.length === 0) throw new Problem('not-in-lms');
  return syncSources(deps, db, at, sources, { actor, once: onceFor, isPreview });
};

/** More than a night has time for. */
const COURSES = 2000;

/** Syncs every course that has a roster in an LMS, for so long (ms) at most; one that fails holds up no other. */
export const syncRosters = async (deps: Deps, db: Database, ms: number) => {
  const until = deps.now() + ms;
  const counts = { synced: 0, failed: 0 };
  for (const at of await listSyncedCourses(db, COURSES)) {
    if (deps.now() >= until) break;
    const sources = await listRosterSources(db, at);
    const asked = { actor: null, once: null, isPreview: false };
    await syncSources(deps, db, at, sources, asked).then(
      () => (counts.synced += 1),
      (error: unknown) => {
        counts.failed += 1;
        deps.log({ what: 'roster sync', course: at.courseId, reason: String(error) });
      },
    );
  }
  return counts;
};
