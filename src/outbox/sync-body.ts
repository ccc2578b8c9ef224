import * as z from 'zod';
import { titleOf } from '../catalogue/course-content.ts';
import { timeOf } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { activitySchema, pointsSchema } from '../grades/grade-body.ts';
import { activitiesOf } from '../grades/gradebook.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { type Outcome, outcomes, sentenceFor } from './outcome.ts';
import { gradesOf, shown, theirsOf } from './plan.ts';
import { scoreOf } from './score-of.ts';
import type { PlaceRow, UnsentRow } from './sync-store.ts';

const time = z.iso.datetime();
const words = z.string().nullable();
const mark = z.object({ points: pointsSchema, max: z.number() }).nullable();

export const syncSchema = lazily(() =>
  z
    .object({
      lineItems: z.array(
        z.object({
          id: z.string(),
          activity: activitySchema,
          title: words,
          platform: z.object({ name: z.string(), product: z.string(), pausedUntil: time.nullable() }),
          host: words.describe('Where the column is; null: there is none yet'),
          counts: z.object({ sent: z.int(), waiting: z.int(), refused: z.int(), conflict: z.int(), kept: z.int() }),
        }),
      ),
      roster: z.array(
        z.object({ platform: z.string(), available: z.boolean(), syncedAt: time.nullable(), detail: words }),
      ),
      items: z.array(
        z.object({
          lineItem: z.string(),
          person: z.object({ id: z.string(), externalId: z.string(), name: words }),
          activity: activitySchema,
          title: words,
          state: z.enum(['waiting', 'refused', 'conflict', 'kept']),
          outcome: z.enum(outcomes),
          says: z.string(),
          detail: words.describe('What the LMS said'),
          marks: z
            .object({ lms: mark, sent: mark, ours: mark })
            .nullable()
            .describe(
              'Of a conflict: what the LMS showed, what we had sent, and what we have now; a learner sees none',
            ),
          tries: z.int(),
          nextTryAt: time.nullable(),
          updatedAt: time,
        }),
      ),
    })
    .meta({ id: 'LmsSync' }),
);

/** What a place is called there, else what its activity is called here. */
const nameOf = ({ catalogue }: Deps, rules: RuleSet, { kind, activity, title }: PlaceRow): string | null =>
  title ?? titleOf(catalogue, rules, kind, activity) ?? null;

/** A place for JSON. */
export const placeBody = (deps: Deps, rules: RuleSet) => (row: PlaceRow) => {
  const { id, kind, activity, title: _, lineItemUrl, platform: name, product, pausedUntil, ...counts } = row;
  const isPaused = pausedUntil !== null && pausedUntil > deps.now();
  return {
    id,
    activity: { kind, id: activity },
    title: nameOf(deps, rules, row),
    platform: { name, product, pausedUntil: isPaused ? timeOf(pausedUntil) : null },
    host: lineItemUrl === null ? null : new URL(lineItemUrl).host,
    counts,
  };
};

const settled: readonly string[] = ['sent', 'unchanged', 'superseded', 'kept-there'] satisfies Outcome[];

/** Of a score that waits anew what came of an earlier one is no longer so. */
const outcomeOf = ({ state, outcome }: UnsentRow): Outcome =>
  outcome === null || (state === 'waiting' && settled.includes(outcome)) ? 'waiting' : (outcome as Outcome);

const KEPT = 'An instructor let the mark be that stands in the LMS. A new grade asks again.';

/** The marks between which an instructor decides. */
const marksOf = ({ catalogue }: Deps, rules: RuleSet, row: UnsentRow) => {
  const { attempts } = rules.policy;
  const now = scoreOf(JSON.parse(row.covers), activitiesOf(catalogue, rules), gradesOf(row), attempts.max);
  const found = theirsOf(row);
  return {
    lms: found ? shown(found) : null,
    sent: row.sentPoints === null ? null : shown([row.sentPoints, row.sentMax ?? 0]),
    ours: now.points === null ? null : shown([now.points, now.max]),
  };
};

/** A score that is not in the LMS, for JSON; `isOwn`: for the learner whose it is. */
export const unsentBody =
  (deps: Deps, rules: RuleSet, places: readonly PlaceRow[], isOwn: boolean) => (row: UnsentRow) => {
    const { targetId, personId, externalId, name, kind, activity, state, detail, tries, dueAt, updatedAt } = row;
    const outcome = outcomeOf(row);
    const place = places.find(({ id }) => id === targetId);
    return {
      lineItem: targetId,
      person: { id: personId, externalId, name },
      activity: { kind, id: activity },
      title: place ? nameOf(deps, rules, place) : null,
      state,
      outcome,
      says: state === 'kept' ? KEPT : sentenceFor(outcome),
      detail: isOwn ? null : detail,
      marks: !isOwn && (state === 'conflict' || state === 'kept') ? marksOf(deps, rules, row) : null,
      tries,
      nextTryAt: state === 'waiting' ? timeOf(dueAt) : null,
      updatedAt: timeOf(updatedAt),
    };
  };
