import type * as z from 'zod';
import type { NamedRuleSet } from '../grading/rule-set.ts';
import type { StaticBody } from '../static-body.ts';
import type { claimFile, moduleFile, scenarioFile, topicFile, unitFile } from './content-files.ts';

export const stances = ['asserts', 'denies', 'quotes', 'example', 'hedged'] as const;
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
