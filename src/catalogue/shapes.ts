import * as z from 'zod';
import type { NamedRuleSet } from '../grading/rule-set.ts';

// The shapes of the files in content/, one schema a file. The README's "Write your own module" explains each.

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'an id is letters, digits, dots and dashes');
const text = z.string().trim().min(1);

export const stances = ['asserts', 'denies', 'quotes', 'example', 'hedged'] as const;

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

export type Stance = (typeof stances)[number];
export type Claim = Omit<z.output<typeof claimFile>, 'topics' | 'role' | 'speaker'> & {
  source: string;
  topics: string[];
  /** Those of `topics` that the passage only implies. */
  implied: string[];
  role: string | null;
  speaker: string | null;
};
export type Source = {
  id: string;
  title: string;
  author: string | null;
  date: string | null;
  kind: string;
  interest: string | null;
  caution: string | null;
};
export type TopicVerdict = z.output<typeof topicFile>['verdict'];
export type Topic = {
  id: string;
  title: string;
  duty: string;
  verdict: TopicVerdict;
  roles: string[];
  soft: boolean;
  because: string | null;
  /** What counting the claims alone would say. */
  computed: TopicVerdict;
};
export type Unit = z.output<typeof unitFile> & { order: number };
/** A lesson or digest: as written, and as HTML with its claims beneath. */
export type Text = { html: string; markdown: string };
export type Scenario = z.output<typeof scenarioFile> & { unit: string };
export type Prompt = { id: string; title: string; unit: string; text: string; html: string; source: string | null };

/** A body made at build time, with its strong entity tag (quotes included). */
export type StaticBody = { body: string; etag: string };

/** Everything that content/ holds, compiled. One value, made at build time, the same in every isolate. */
export type Catalogue = {
  module: z.output<typeof moduleFile>;
  sources: Source[];
  claims: Record<string, Claim>;
  topics: Record<string, Topic>;
  units: Unit[];
  scenarios: Record<string, Scenario>;
  prompts: Record<string, Prompt>;
  /** The default rule set. */
  rules: NamedRuleSet;
  /** The public content routes' bodies by path, e.g. `/v1/units/1`. */
  bodies: Record<string, StaticBody>;
};
