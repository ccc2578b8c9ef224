import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { type Activity, activitiesOf } from '../grades/gradebook.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { adoptRules, knownRules } from '../rule-sets/current.ts';
import { claimDeliveries, settleDeliveries } from './claim-store.ts';
import { gradesOf, planScore } from './plan.ts';
import type { ScoreNow } from './score-of.ts';
import { type InHand, settledWithout } from './settle.ts';
import {
  type DeliveryKey,
  type DueRow,
  type DueWebhookRow,
  listDue,
  listDueTargets,
  type PlacementRow,
  type Whose,
} from './store.ts';

/** How long a slice stays in hand: longer than its deliveries can take. */
export const IN_HAND_MS = 120_000;

/** What a delivery goes to. */
type Destination =
  | { target: 'line-item'; placement: PlacementRow; rules: RuleSet; score: ScoreNow }
  | { target: 'webhook'; webhook: DueWebhookRow; rules: RuleSet };

/** A delivery in hand until a time (ms), for a column or a webhook. */
export type Job = InHand & Destination & { until: number };

type Found = {
  placements: Map<string, PlacementRow>;
  webhooks: Map<string, DueWebhookRow>;
  /** The rules of each course, and what they grade. */
  courses: Map<string, { rules: RuleSet; activities: Activity[] }>;
};
type Planned = { row: DueRow } & (
  | { does: 'nothing' | 'refuse' }
  | { does: 'send'; job: Omit<InHand, 'stamp'> & Destination }
);

const planOf = (row: DueRow, { placements, webhooks, courses }: Found): Planned => {
  const { rules, activities = [] } = courses.get(row.courseId) ?? {};
  const [placement, webhook] = [placements.get(row.targetId), webhooks.get(row.targetId)];
  if (rules && placement) {
    const plan = planScore(row, placement, activities, rules.policy.attempts.max);
    if (plan.does !== 'send') return { row, does: plan.does };
    const { score, tried } = plan;
    return { row, does: 'send', job: { target: 'line-item', row, placement, rules, score, sends: score, tried } };
  }
  const [grade] = gradesOf(row);
  if (!rules || !webhook || !grade) return { row, does: 'nothing' };
  const sends = { points: null, max: grade.max, submittedAt: null };
  return { row, does: 'send', job: { target: 'webhook', row, webhook, rules, sends, tried: [] } };
};

const nameOf = ({ targetId, personId, kind, activity }: DeliveryKey) => `${targetId} ${personId} ${kind} ${activity}`;

/**
 * Takes a slice of what is due in hand: two round trips, one where nothing is due. What needs no delivery is settled at
 * once. `read` tells how many there were.
 */
export const takeSlice = async (deps: Deps, db: Database, whose: Whose, limit: number) => {
  const now = deps.now();
  const [rows, placements, webhooks, courses] = await db.batch([
    listDue(db, whose, now, limit),
    ...listDueTargets(db, whose, now, limit, knownRules(deps)),
  ]);
  if (rows.length === 0) return { read: 0, settled: 0, jobs: [] };
  const found: Found = {
    placements: new Map(placements.map((one) => [one.id, one])),
    webhooks: new Map(webhooks.map((one) => [one.id, one])),
    courses: new Map(
      // Those at hand first: adopting others may drop them from memory.
      [...courses.filter(({ doc }) => doc === null), ...courses.filter(({ doc }) => doc !== null)].map(
        ({ courseId, ...current }) => {
          const rules = adoptRules(deps, courseId, current).ruleSet;
          return [courseId, { rules, activities: activitiesOf(deps.catalogue, rules) }];
        },
      ),
    ),
  };
  const planned = rows.map((row) => planOf(row, found));
  const sending = planned.filter((one) => one.does === 'send');
  const others = planned.filter((one) => one.does !== 'send');
  const claims = sending.map(({ row, job }) => {
    const { targetId, personId, kind, activity, version, stamp } = row;
    return { targetId, personId, kind, activity, version, stamp, tried: job.tried };
  });
  const [claimed] = await db.batch([
    claimDeliveries(db, claims, now, now + IN_HAND_MS),
    settleDeliveries(
      db,
      others.map(({ row, does }) => settledWithout(row, does as 'nothing' | 'refuse', now)),
      now,
    ),
  ]);
  const stamps = new Map(claimed.map((one) => [nameOf(one), one.stamp]));
  const jobs = sending.flatMap(({ row, job }) => {
    const stamp = stamps.get(nameOf(row));
    return stamp === undefined ? [] : [{ ...job, stamp, until: now + IN_HAND_MS }];
  });
  return { read: rows.length, settled: others.length, jobs };
};
