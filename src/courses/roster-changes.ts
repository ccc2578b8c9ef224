import * as z from 'zod';
import { roles } from '../auth/actor.ts';
import { insertAudits } from '../db/audit.ts';
import type { Database } from '../db/client.ts';
import { lazily } from '../lazily.ts';
import type { Present, RosterAction, RosterChange, RosterPlan } from './roster-plan.ts';
import {
  type Coming,
  type PresentRow,
  type RosterAt,
  touchOtherEnrolments,
  updateWithdrawn,
  upsertEnrolments,
  upsertPeople,
} from './roster-store.ts';

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

/** A plan for JSON. */
export const planBody = ({ changes, same, kept }: RosterPlan) => {
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

/** Who is known there and in the course, as a plan looks at them. */
export const presentOf = (rows: readonly PresentRow[]): Present[] =>
  rows.map(({ withdrawnAt, ours, ...one }) => ({ ...one, withdrawn: withdrawnAt !== null, ours: ours === 1 }));

export type PlanBody = ReturnType<typeof planBody>;

/** What is to be written of a plan, and the lines of the audit. */
export const writesOf = ({ changes }: RosterPlan, present: readonly Present[], newId: () => string) => {
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

/** The statements that carry a plan out, for one batch. `by` is the actor's name, `now` in ms. */
export const rosterWrites = (
  db: Database,
  at: RosterAt,
  { coming, renamed, withdrawn, audits }: ReturnType<typeof writesOf>,
  by: string,
  now: number,
) => [
  upsertPeople(db, at, coming, now),
  upsertEnrolments(db, at, coming, now),
  touchOtherEnrolments(db, at, renamed),
  updateWithdrawn(db, at, withdrawn, now),
  insertAudits(db, { institutionId: at.institutionId, courseId: at.courseId, actor: by, at: now }, audits),
];
