import * as z from 'zod';
import type { Scenario } from '../catalogue/shapes.ts';
import { timeOf, type WindowRow, windowFor } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { hundredths, pointsOf } from '../grading/policy.ts';
import { rubricMax, rubricSchema } from '../grading/rubric.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import type { ProgressRow } from './store.ts';

const time = z.iso.datetime().nullable();

export const scenarioSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      unit: z.string(),
      title: z.string(),
      text: z.string(),
      roles: z.array(z.object({ id: z.string(), label: z.string() })),
      points: z.number(),
      /** `void`: counts for nobody; `full-credit`: everybody gets all points. */
      treat: z.enum(['void', 'full-credit']).nullable(),
      rubric: rubricSchema().nullable(),
      attempts: z.object({ max: z.int(), used: z.int() }),
      opensAt: time,
      dueAt: time,
      closesAt: time,
    })
    .meta({ id: 'Scenario' }),
);

/** A scenario as it is put to somebody: dates and attempts are theirs; nothing of the key. */
export const scenarioBody = (
  { catalogue }: Deps,
  scenario: Scenario,
  ruleSet: RuleSet,
  windows: readonly WindowRow[],
  progress: readonly ProgressRow[],
) => {
  const { opensAt, dueAt, closesAt } = windowFor(windows, {
    kind: 'unit',
    activity: scenario.unit,
    unit: scenario.unit,
  });
  const rule = ruleSet.scenarios[scenario.id];
  return {
    id: scenario.id,
    unit: scenario.unit,
    title: scenario.title,
    text: scenario.text,
    roles: catalogue.module.roles.map(({ id, label }) => ({ id, label })),
    points: pointsOf(hundredths(rule?.points ?? 0) + rubricMax(rule)),
    rubric: rule?.rubric ?? null,
    treat: ruleSet.scenarios[scenario.id]?.treat ?? null,
    attempts: {
      max: ruleSet.policy.attempts.max,
      used: progress.find((row) => row.scenario === scenario.id)?.used ?? 0,
    },
    opensAt: timeOf(opensAt),
    dueAt: timeOf(dueAt),
    closesAt: timeOf(closesAt),
  };
};
