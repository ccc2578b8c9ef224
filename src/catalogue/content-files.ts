import * as z from 'zod';
import { stances } from './shapes.ts';

// The shapes of the files in content/, one schema a file. The README's "Write your own module" explains each.

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'an id is letters, digits, dots and dashes');
const text = z.string().trim().min(1);

export const moduleFile = z.strictObject({
  id,
  title: text,
  question: text,
  summary: text,
  roles: z.array(z.strictObject({ id, label: text, means: z.array(id).optional() })).min(2),
  themes: z.array(z.strictObject({ id, title: text })).default([]),
  hinges: z.array(id).default([]),
  pairs: z.array(z.tuple([id, id])).default([]),
  repeats: z.array(z.strictObject({ prompt: id, unit: id })).default([]),
});

export const claimFile = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9-]+\.[0-9]+$/, 'a claim id is its source, a dot and a number'),
  topics: z.array(z.string().regex(/^~?[A-Za-z0-9-]+$/)).min(1),
  role: id.optional(),
  kind: text,
  stance: z.enum(stances),
  speaker: text.optional(),
  place: text,
  text,
});

export const sourceFile = z.strictObject({
  id,
  title: text,
  author: text.optional(),
  date: z.iso.date().optional(),
  kind: text,
  interest: text.optional(),
  caution: text.optional(),
  claims: z.array(claimFile).min(1),
});

export const topicFile = z.strictObject({
  id,
  title: text,
  duty: text,
  verdict: z.enum(['agreed', 'split', 'thin', 'contested']),
  roles: z.array(id).optional(),
  soft: z.stringbool().optional(),
  because: text.optional(),
});

export const unitFile = z.strictObject({
  id,
  title: text,
  summary: text,
  objectives: z.array(text).min(1),
  readings: z.array(z.strictObject({ source: id, lines: text })).min(1),
  scenarios: z.array(id),
  prompts: z.array(id),
});

export const scenarioFile = z.strictObject({ id, topic: id, title: text, text, trap: text.optional() });

export const promptFile = z.strictObject({
  id,
  title: text,
  source: id.optional(),
  place: text.optional(),
  text,
  use: text.optional(),
});
