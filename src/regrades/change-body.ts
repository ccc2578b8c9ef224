import * as z from 'zod';
import { inert, writeCsv } from '../csv.ts';
import { effectiveGrade, ruleOf } from '../grades/gradebook.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { hundredths, pointsOf } from '../grading/policy.ts';
import { rubricMax } from '../grading/rubric.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import type { ChangeRow } from './changes-store.ts';

const points = z.number().nullable();

export const changeSchema = lazily(() =>
  z
    .object({
      person: z.object({ id: z.string(), externalId: z.string(), name: z.string().nullable() }),
      activity: z.object({ kind: z.enum(['scenario', 'prompt']), id: z.string() }),
      from: points,
      to: points,
      max: z.number(),
      because: z.array(z.string()),
      override: z.boolean(),
      lmsWouldMove: z.boolean(),
      crossesPass: z.boolean(),
    })
    .meta({ id: 'GradeChange' }),
);

/** The rule entries that caused a change: what the attempt that counts by the new rules got before, and gets. */
const becauseOf = ({ wasSays, says, counted, activity }: ChangeRow, ruleSet: RuleSet): string[] => {
  if (wasSays !== null && says !== null) {
    return wasSays === says
      ? [
          `The attempt that counts by these rules gets the same as before: ${says} Until now another attempt counted, or attempts and lateness cost something else.`,
        ]
      : [`Was: ${wasSays}`, `Is: ${says}`];
  }
  if (counted === null) return [];
  const rule = ruleSet.prompts[activity] ?? { criteria: [] };
  return gradeParticipation(rule, JSON.parse(counted)).criteria.map(
    ({ title, points, max }) => `${title}: ${pointsOf(points)} of ${pointsOf(max)}`,
  );
};

/** A change as the dry run tells it. `from` and `to` are the automatic points; an override in force stands over both. */
export const changeBody = (row: ChangeRow, ruleSet: RuleSet) => {
  const { rubric, override } = row;
  const before = effectiveGrade({ auto: row.was, rubric, override }).points;
  const after = effectiveGrade({ auto: row.to, rubric, override }).points;
  const byHand = rubric === null ? 0 : rubricMax(ruleOf(ruleSet, row.kind, row.activity));
  const passes = (points: number | null, max: number) =>
    points !== null && points * 100 >= hundredths(ruleSet.policy.passMark) * (max + byHand);
  return {
    person: { id: row.personId, externalId: row.externalId, name: row.name },
    activity: { kind: row.kind, id: row.activity },
    from: pointsOf(row.was),
    to: pointsOf(row.to),
    max: pointsOf(row.max),
    because: becauseOf(row, ruleSet),
    override: override !== null,
    lmsWouldMove: row.isInLms === 1 && (before !== after || (row.wasMax !== row.max && override === null)),
    crossesPass: passes(before, row.wasMax) !== passes(after, row.max),
  };
};

export type Change = ReturnType<typeof changeBody>;

/** Changes as CSV. Pages after the first come without the head. */
export const changesCsv = (changes: readonly Change[], withHead: boolean): string => {
  const head = [
    'person',
    'externalId',
    'name',
    'activity',
    'from',
    'to',
    'max',
    'override',
    'lmsWouldMove',
    'crossesPass',
    'because',
  ];
  const rows = changes.map(({ person, activity, from, to, max, override, lmsWouldMove, crossesPass, because }) => [
    person.id,
    inert(person.externalId),
    inert(person.name ?? ''),
    activity.id,
    String(from ?? ''),
    String(to ?? ''),
    String(max),
    String(override),
    String(lmsWouldMove),
    String(crossesPass),
    inert(because.join(' ')),
  ]);
  return writeCsv([...(withHead ? [head] : []), ...rows]);
};
