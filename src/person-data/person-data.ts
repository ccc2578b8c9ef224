import { type Actor, institutionOf, isStaff, permit } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { windowBody } from '../courses/dates.ts';
import { personBody } from '../courses/roster.ts';
import { timeOf } from '../courses/schedule.ts';
import { findPerson, listWindows, personIsMissing } from '../courses/store.ts';
import type { Deps } from '../deps.ts';
import { type AuthoredRow, listAuthored } from '../discussion/store.ts';
import { pointsOf } from '../grading/policy.ts';
import {
  listAnswerData,
  listAppealData,
  listDeliveryData,
  listDraftData,
  listEventData,
  listFlagData,
  listGradeData,
} from './store.ts';

/** Texts are long: what comes in one go must fit what the database sends. */
const SLICE = { answers: 100, versions: 50 };

/** Reads on while the slices are full: nobody but the most prolific needs a second one. */
const readOn = async <Row>(first: Row[], size: number, next: (last: Row) => Promise<Row[]>): Promise<Row[]> => {
  const all = [...first];
  for (let slice = first; slice.length === size; all.push(...slice)) slice = await next(slice.at(-1)!);
  return all;
};

const list = (json: string) => JSON.parse(json) as string[];

/** Posts with their versions, from rows of versions in the order of the posts. */
const postsBody = (rows: readonly AuthoredRow[]) =>
  [...Map.groupBy(rows, ({ id }) => id).values()].map((versions) => {
    const { id, prompt, parentId, hiddenReason, ...post } = versions[0]!;
    return {
      id,
      prompt,
      parentId,
      createdAt: timeOf(post.createdAt),
      committedAt: timeOf(post.committedAt),
      deletedAt: timeOf(post.deletedAt),
      hiddenAt: timeOf(post.hiddenAt),
      hiddenReason,
      heldAt: timeOf(post.heldAt),
      versions: versions.map(({ version, body, claims, role, writtenAt }) => ({
        version,
        body,
        claims: list(claims),
        role,
        createdAt: timeOf(writtenAt),
      })),
    };
  });

/**
 * Everything kept about a person in a course, as one document: for themself (`me`, or their id), and for who may erase
 * it. One's own text that the staff have hidden is left out for oneself. Throws `not-permitted`, `person-not-found`.
 */
export const readPersonData = async (deps: Deps, actor: Actor, courseId: string, person: string) => {
  const self = actor.kind === 'person' ? actor.personId : undefined;
  const personId = person === 'me' && self !== undefined ? self : person;
  if (personId !== self) permit(actor, 'people:erase');
  const institutionId = institutionOf(actor);
  const at = { institutionId, courseId, personId };
  const viewer = { institutionId, courseId, personId: self ?? '', staff: actor.kind === 'key' || isStaff(actor) };
  const db = deps.dbFor(institutionId);
  const answersFrom = (after: { scenario: string; attempt: number }) => listAnswerData(db, at, after, SLICE.answers);
  const versionsFrom = (after: { id: string; version: number }) =>
    listAuthored(db, viewer, personId, after, SLICE.versions);
  const [, [row], windows, someAnswers, someVersions, drafts, grades, events, appeals, flags, deliveries] =
    await db.batch([
      standing(db, actor, 'person-data:read', courseId, [personIsMissing(courseId, personId)]),
      findPerson(db, at, personId),
      listWindows(db, at, personId),
      answersFrom({ scenario: '', attempt: 0 }),
      versionsFrom({ id: '', version: 0 }),
      listDraftData(db, at),
      listGradeData(db, at),
      listEventData(db, at),
      listAppealData(db, at),
      listFlagData(db, at),
      listDeliveryData(db, at),
    ]);
  const answers = await readOn(someAnswers, SLICE.answers, answersFrom);
  const versions = await readOn(someVersions, SLICE.versions, versionsFrom);
  return {
    person: { ...personBody(row!), enrolledAt: timeOf(row!.createdAt) },
    extensions: windows.filter((window) => window.personId !== '').map(windowBody),
    answers: answers.map(({ claims, counterClaims, lateMs, submittedAt, credit, points, ...answer }) => ({
      ...answer,
      claims: list(claims),
      counterClaims: list(counterClaims),
      late: lateMs > 0,
      submittedAt: timeOf(submittedAt),
      credit: credit / 100,
      points: pointsOf(points),
    })),
    posts: postsBody(versions),
    drafts: drafts.map(({ claims, updatedAt, ...draft }) => ({
      ...draft,
      claims: list(claims),
      updatedAt: timeOf(updatedAt),
    })),
    grades: grades.map(({ kind, activity, updatedAt, ...grade }) => ({
      activity: { kind, id: activity },
      automatic: pointsOf(grade.automatic),
      rubric: pointsOf(grade.rubric),
      override: pointsOf(grade.override),
      max: pointsOf(grade.max),
      updatedAt: timeOf(updatedAt),
    })),
    gradeEvents: events.map(({ kind, activity, counted, points, max, actor: by, createdAt, ...event }) => ({
      ...event,
      activity: { kind, id: activity },
      counted: counted === null ? null : (JSON.parse(counted) as Record<string, number>),
      points: pointsOf(points),
      max: pointsOf(max),
      by,
      createdAt: timeOf(createdAt),
    })),
    appeals: appeals.map(({ createdAt, decidedAt, ...appeal }) => ({
      ...appeal,
      createdAt: timeOf(createdAt),
      decidedAt: timeOf(decidedAt),
    })),
    flags: flags.map(({ createdAt, clearedAt, ...flag }) => ({
      ...flag,
      createdAt: timeOf(createdAt),
      clearedAt: timeOf(clearedAt),
    })),
    deliveries: deliveries.map(({ kind, activity, points, max, sentAt, updatedAt, ...delivery }) => ({
      ...delivery,
      activity: { kind, id: activity },
      points: pointsOf(points),
      max: pointsOf(max),
      sentAt: timeOf(sentAt),
      updatedAt: timeOf(updatedAt),
    })),
  };
};
