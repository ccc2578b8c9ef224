import { standing } from '../../auth/store.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import { displayName } from '../../courses/roster.ts';
import { findCourse, findPerson } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { gradesBody } from '../../grades/grade-body.ts';
import { activitiesOf, ruleOf } from '../../grades/gradebook.ts';
import { listLastEvents } from '../../grades/ledger-store.ts';
import { lmsStatesOf } from '../../grades/lms-state.ts';
import { listLmsStates } from '../../grades/lms-store.ts';
import { findLatestEvent } from '../../grades/overrides-store.ts';
import { receiptBody } from '../../grades/receipts.ts';
import { type ActivityKind, findGrade, findNextLearner, listLateOf } from '../../grades/store.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules, rulesByHash } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { whoWords } from '../who.ts';
import { timesIn } from '../words.ts';
import { cellsOf, columnsOf } from './columns.ts';

/** What a grade's page shows of its history. */
const EVENTS = 50;

export type CellAt = { person: string; kind: string; activity: string };

/**
 * One grade with its history and what everything in it was made from. One round trip; one more where the history names
 * rules that this isolate has not met. Throws `person-not-found`, `grade-not-found`.
 */
export const readCell = async (
  deps: Deps,
  { person, courseId }: Visit,
  { person: personId, kind, activity }: CellAt,
) => {
  const at = { institutionId: person.institutionId, courseId };
  const grade = { ...at, personId, kind: kind as ActivityKind, activity };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], [about], rows, [newest], events, late, [next], places, deliveries] = await db.batch([
    standing(db, person, 'gradebook:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findPerson(db, at, personId),
    findGrade(db, grade),
    findLatestEvent(db, grade),
    listLastEvents(db, grade, EVENTS),
    listLateOf(db, at, personId),
    findNextLearner(db, at, personId),
    ...listLmsStates(db, at, personId),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!about) throw new Problem('person-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const column = columnsOf(deps.catalogue, ruleSet)
    .flatMap(({ columns }) => columns)
    .find((one) => one.kind === kind && one.id === activity);
  if (!column) throw new Problem('grade-not-found');
  const lms = lmsStatesOf(places, deliveries);
  const { items } = gradesBody(activitiesOf(deps.catalogue, ruleSet), rows, lms);
  const own = items.find((one) => one.activity.kind === kind && one.activity.id === activity)!;
  const hashes = [...new Set(events.flatMap((event) => event.ruleSet ?? []))];
  const rules = new Map(
    await Promise.all(hashes.map(async (hash) => [hash, await rulesByHash(deps, db, at.institutionId, hash)] as const)),
  );
  return {
    course,
    times: timesIn(course.timeZone),
    column,
    name: displayName(about.id, about.name),
    /** Whose grade comes next, for those who mark one activity from person to person. */
    next: next && { id: next.id, name: displayName(next.id, next.name) },
    grade: own,
    /** The newest event, under an override too: what a decision is made over. */
    latest: newest?.latest ?? null,
    cell: cellsOf({ items, lms }, late).of(column),
    rubric: ruleOf(ruleSet, kind, activity)?.rubric ?? [],
    /** What the columns of the LMS are called that hold this grade, alone or in a sum. */
    lmsColumns: places
      .filter(({ covers }) => (JSON.parse(covers) as string[]).includes(`${kind}:${activity}`))
      .map((place) => titleOf(deps.catalogue, ruleSet, place.kind, place.activity) ?? 'the whole course'),
    history: events.slice(0, EVENTS).map((event) => ({
      by: event.actor === `person:${personId}` ? undefined : whoWords(event.actor, event.actorName),
      receipt: receiptBody(event, event.ruleSet === null ? null : rules.get(event.ruleSet)!, true),
    })),
    hasMore: events.length > EVENTS,
  };
};

export type CellDetail = Awaited<ReturnType<typeof readCell>>;
