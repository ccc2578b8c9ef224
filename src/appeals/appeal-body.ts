import * as z from 'zod';
import { answerSchema } from '../answers/answer-body.ts';
import { timeOf } from '../courses/schedule.ts';
import { lazily } from '../lazily.ts';
import type { AppealRow } from './store.ts';

export const states = ['open', 'denied', 'upheld'] as const;

export const appealSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      person: z.object({ id: z.string(), externalId: z.string(), name: z.string().nullable() }),
      answer: z.string(),
      scenario: z.string(),
      claim: z.string(),
      body: z.string(),
      state: z.enum(states),
      reason: z.string().nullable(),
      decidedBy: z.string().nullable(),
      decidedAt: z.iso.datetime().nullable(),
      dryRun: z.string().nullable(),
      createdAt: z.iso.datetime(),
    })
    .meta({ id: 'Appeal' }),
);

/** An appeal with the answer it contests; the staff see the exact trace. */
export const contestedSchema = lazily(() =>
  appealSchema().extend({ contested: answerSchema() }).meta({ id: 'ContestedAnswer' }),
);

/** An appeal for JSON. */
export const appealBody = (row: AppealRow) => ({
  id: row.id,
  person: { id: row.personId, externalId: row.externalId, name: row.name },
  answer: row.answerId,
  scenario: row.scenario,
  claim: row.claim,
  body: row.body,
  state: row.state,
  reason: row.reason,
  decidedBy: row.decidedBy,
  decidedAt: timeOf(row.decidedAt),
  dryRun: row.regradeId,
  createdAt: timeOf(row.createdAt),
});
