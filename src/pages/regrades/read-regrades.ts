import { standing } from '../../auth/store.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { nextOf, pageOf, readCursor } from '../../paging.ts';
import { Problem } from '../../problem.ts';
import { changesAfter, pageOfChanges } from '../../regrades/changes.ts';
import { type ChangeFilter, listChanges } from '../../regrades/changes-store.ts';
import { isComparing } from '../../regrades/dry-run.ts';
import { findDraftOf, findRulesOf, findTold, listNames, listTold } from '../../regrades/read-store.ts';
import { knownRules, takeRules } from '../../rule-sets/current.ts';
import { listPublications } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

const RUNS = 20;
const CHANGES = 50;
/** Former rules that can be chosen for a dry run. */
const FORMER = 20;

/** Where a Link header leads to. */
type Place = { url: URL; cursor: string | undefined };

/** The course's dry runs and what another could be made of: one round trip. */
export const readDryRuns = async (deps: Deps, { person, courseId }: Visit, { url, cursor }: Place) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [secret, list] = [deps.config.sessionSecret, `pages of dry-runs ${courseId}`];
  const before = await readCursor(secret, list, cursor);
  const [, [course], rows, [draft], publications] = await db.batch([
    standing(db, person, 'regrades:read', courseId),
    findCourse(db, at.institutionId, courseId),
    listTold(db, at, before?.id ?? null, RUNS),
    findDraftOf(db, at),
    listPublications(db, at, null, FORMER),
  ]);
  if (!course) throw new Problem('course-not-found');
  const { items, link } = await pageOf(secret, list, url, rows, RUNS, ({ createdAt, id }) => ({ at: createdAt, id }));
  const former = new Map(publications.map((one) => [one.ruleSet, one.createdAt] as const).toReversed());
  former.delete(course.ruleSet);
  return {
    course,
    times: timesIn(course.timeZone),
    runs: items,
    next: nextOf(link),
    hasDraft: draft?.isThere === 1,
    former: [...former].map(([ruleSet, publishedAt]) => ({ ruleSet, publishedAt })).toReversed(),
  };
};

/**
 * A dry run, a page of its changes, and what the people are called of whom a refusal speaks: one round trip. Throws
 * `dry-run-not-found`.
 */
export const readDryRun = async (
  deps: Deps,
  { person, courseId }: Visit,
  id: string,
  { url, cursor, filter }: Place & { filter: ChangeFilter },
  people: readonly string[],
) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const secret = deps.config.sessionSecret;
  const after = await changesAfter(secret, id, cursor);
  const [, [course], [run], [named], rows, names] = await db.batch([
    standing(db, person, 'regrades:read', courseId),
    findCourse(db, at.institutionId, courseId),
    findTold(db, at, id),
    findRulesOf(db, at, id, knownRules(deps)),
    listChanges(db, at, id, filter, after, CHANGES),
    listNames(db, at.institutionId, people),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!run || !named) throw new Problem('dry-run-not-found');
  const { ruleSet } = takeRules(deps, named);
  const found = isComparing(run) ? [] : rows;
  const { items, link } = await pageOfChanges(secret, { dryRun: id, url, limit: CHANGES }, found, ruleSet);
  return {
    course,
    times: timesIn(course.timeZone),
    run,
    ruleSet,
    changes: items,
    isFirst: after === null,
    next: nextOf(link),
    names: new Map(names.map((one) => [one.id, one.name])),
  };
};

export type DryRunRead = Awaited<ReturnType<typeof readDryRun>>;

/** A regrade that was applied, or is being: one round trip. Throws `regrade-not-found`. */
export const readRegrade = async (deps: Deps, { person, courseId }: Visit, id: string) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [course], [run]] = await db.batch([
    standing(db, person, 'regrades:read', courseId),
    findCourse(db, at.institutionId, courseId),
    findTold(db, at, id),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!run || run.policy === null) throw new Problem('regrade-not-found');
  return { course, times: timesIn(course.timeZone), run, policy: run.policy };
};

export type RegradeRead = Awaited<ReturnType<typeof readRegrade>>;
