import * as z from 'zod';
import type { Catalogue } from '../catalogue/shapes.ts';
import { checkRuleSet, type Finding, type Known } from '../grading/check-rule-set.ts';
import { type RuleSet, ruleSetSchema } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';

const knownOf = ({ module, topics, claims, scenarios, prompts }: Catalogue): Known => ({
  roles: new Set(module.roles.map(({ id }) => id)),
  topics,
  claims,
  scenarios,
  prompts,
});

export type Checked = { ruleSet: RuleSet | null; findings: Finding[] };

/** Everything wrong or doubtful in a draft's document, against the module's readings. */
export const checkDraft = (catalogue: Catalogue, doc: unknown): Checked => {
  const parsed = ruleSetSchema().safeParse(doc);
  if (!parsed.success)
    return {
      ruleSet: null,
      findings: parsed.error.issues.map(({ path, message }) => ({
        severity: 'error',
        code: 'schema',
        path: path as (string | number)[],
        detail: message,
      })),
    };
  return { ruleSet: parsed.data, findings: [...checkRuleSet(parsed.data, knownOf(catalogue))] };
};

export const findingSchema = lazily(() =>
  z
    .object({ severity: z.enum(['error', 'warning']), code: z.string(), pointer: z.string(), detail: z.string() })
    .meta({ id: 'Finding' }),
);

/** Findings for JSON: pointers by RFC 6901. */
export const findingsBody = (findings: readonly Finding[]) =>
  findings.map(({ severity, code, path, detail }) => ({
    severity,
    code,
    pointer: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail,
  }));

export const isPublishable = (findings: readonly Finding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error');
