import * as z from 'zod';
import { roles } from '../auth/actor.ts';
import { windowReturnedSchema } from '../courses/dates.ts';
import { lazily } from '../lazily.ts';

/** One document of everything kept about a person in a course. */
export const personDataSchema = lazily(() => {
  const time = z.iso.datetime();
  const text = z.string().nullable();
  const points = z.number().nullable();
  const strings = z.array(z.string());
  const activity = z.object({ kind: z.enum(['scenario', 'prompt', 'unit']), id: z.string() });

  const answer = z.object({
    id: z.string(),
    scenario: z.string(),
    attempt: z.int(),
    role: z.string(),
    claims: strings,
    counterClaims: strings,
    reason: text,
    late: z.boolean(),
    submittedAt: time,
    credit: z.number(),
    points,
  });
  const post = z.object({
    id: z.string(),
    prompt: z.string(),
    parentId: text,
    createdAt: time,
    committedAt: time.nullable(),
    deletedAt: time.nullable(),
    hiddenAt: time.nullable(),
    hiddenReason: text,
    heldAt: time.nullable(),
    versions: z.array(z.object({ version: z.int(), body: text, claims: strings, role: text, createdAt: time })),
  });
  const draft = z.object({
    prompt: z.string(),
    parentId: text,
    body: z.string(),
    claims: strings,
    role: text,
    updatedAt: time,
  });
  const grade = z.object({
    activity,
    automatic: points,
    rubric: points,
    override: points,
    max: z.number(),
    updatedAt: time,
  });
  const gradeEvent = z.object({
    id: z.string(),
    type: z.string(),
    activity,
    counted: z.record(z.string(), z.number()).nullable(),
    points,
    max: z.number(),
    by: z.string(),
    reason: text,
    createdAt: time,
  });
  const appeal = z.object({
    id: z.string(),
    answer: z.string(),
    scenario: z.string(),
    claim: z.string(),
    body: z.string(),
    state: z.enum(['open', 'denied', 'upheld']),
    reason: text,
    createdAt: time,
    decidedAt: time.nullable(),
  });
  const flag = z.object({ post: z.string(), reason: z.string(), createdAt: time, clearedAt: time.nullable() });
  const delivery = z.object({
    target: z.enum(['line-item', 'webhook']),
    activity,
    state: z.enum(['waiting', 'sent', 'refused', 'conflict']),
    outcome: text,
    points,
    max: points,
    sentAt: time.nullable(),
    updatedAt: time,
  });
  return z
    .object({
      person: z.object({
        id: z.string(),
        externalId: z.string(),
        name: text,
        role: z.enum(roles),
        withdrawn: z.boolean(),
        enrolledAt: time,
      }),
      extensions: z.array(windowReturnedSchema()),
      answers: z.array(answer),
      posts: z.array(post),
      drafts: z.array(draft),
      grades: z.array(grade),
      gradeEvents: z.array(gradeEvent),
      appeals: z.array(appeal),
      flags: z.array(flag),
      deliveries: z.array(delivery),
    })
    .meta({ id: 'PersonData' });
});
