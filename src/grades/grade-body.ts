import * as z from 'zod';
import { pointsOf } from '../grading/policy.ts';
import { lazily } from '../lazily.ts';
import { type Activity, effectiveGrade } from './gradebook.ts';
import { type InLms, lmsBody, lmsStatesOf } from './lms-state.ts';
import { type DeliveryRow, lmsStates, type PlaceRow } from './lms-store.ts';
import type { ActivityKind, GradebookRow, GradeRow } from './store.ts';

export const activitySchema = z.object({ kind: z.enum(['scenario', 'prompt', 'unit']), id: z.string() });
export const pointsSchema = z.number().nullable();

/** `rubric`: the points by hand beside the automatic ones; they are in `points` while there is no override. */
export const gradeSchema = lazily(() =>
  z
    .object({
      activity: activitySchema,
      points: pointsSchema,
      max: z.number(),
      source: z.enum(['auto', 'override', 'rubric']).nullable(),
      rubric: pointsSchema,
      gradeEvent: z.string().nullable(),
      lms: z.object({ state: z.enum(lmsStates), at: z.iso.datetime() }).nullable(),
    })
    .meta({ id: 'Grade' }),
);

/** A grade right after somebody changed it by hand. */
export const gradedByHandSchema = lazily(() => gradeSchema().omit({ lms: true }).meta({ id: 'GradeByHand' }));

/** What can be earned (1/100): where there is a grade, by the rules that it stands on, which a regrade moves; else by the rules now. */
export const maxOf = ({ max, autoMax }: Activity, row: GradeRow | undefined): number =>
  row ? row.max + max - autoMax : max;

/** A grade for JSON; without a row there is none yet (`null`, which is not 0). `eventId`: what made it what it is. */
export const gradeBody = (activity: Activity, row: GradeRow | undefined, eventId = row?.eventId ?? null) => {
  const { points, source } = effectiveGrade(row);
  return {
    activity: { kind: activity.kind, id: activity.id },
    points: pointsOf(points),
    max: pointsOf(maxOf(activity, row)),
    source,
    rubric: pointsOf(row?.rubric ?? null),
    gradeEvent: eventId,
  };
};

/** Grades for JSON: every activity, also those without a grade yet, how far each has got to the LMS, and the sums. */
export const gradesBody = (
  activities: readonly Activity[],
  rows: readonly GradeRow[],
  lms: ReadonlyMap<string, InLms> | undefined,
) => {
  const found: Record<ActivityKind, Map<string, GradeRow>> = {
    scenario: new Map(),
    prompt: new Map(),
    unit: new Map(),
  };
  for (const row of rows) found[row.kind].set(row.activity, row);
  const graded = activities.map((activity) => ({ activity, row: found[activity.kind].get(activity.id) }));
  const total = (points: (one: (typeof graded)[number]) => number | null) =>
    pointsOf(graded.reduce((sum, one) => sum + (points(one) ?? 0), 0));
  return {
    items: graded.map(({ activity, row }) => ({
      ...gradeBody(activity, row),
      lms: lmsBody(activity.kind, activity.id, lms),
    })),
    points: total(({ row }) => effectiveGrade(row).points),
    max: total(({ activity, row }) => maxOf(activity, row)),
  };
};

type Cells = [ActivityKind, string, number | null, number | null, number | null, number, string];

/** By index, for a page has thousands and destructuring an array takes twice as long. */
const gradesIn = ({ grades }: GradebookRow): GradeRow[] =>
  (JSON.parse(grades) as Cells[]).map((cells) => ({
    kind: cells[0],
    activity: cells[1],
    auto: cells[2],
    override: cells[3],
    rubric: cells[4],
    max: cells[5],
    eventId: cells[6],
  }));

/** Rows of the gradebook with their grades read. */
export const withGrades = (rows: readonly GradebookRow[]) => rows.map((row) => ({ ...row, grades: gradesIn(row) }));

/** A page of the gradebook: each person with the grades of all activities, and how far each has got to the LMS. */
export const bookOf = (
  activities: readonly Activity[],
  rows: readonly GradebookRow[],
  places: readonly PlaceRow[],
  deliveries: readonly DeliveryRow[],
) => {
  const byPerson = Map.groupBy(deliveries, ({ personId }) => personId);
  return withGrades(rows).map(({ grades, ...person }) => {
    const sent = byPerson.get(person.id);
    const lms = sent && lmsStatesOf(places, sent);
    return { person, grades: gradesBody(activities, grades, lms), lms };
  });
};
