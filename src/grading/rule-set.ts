import canonicalize from 'canonicalize';
import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { criterionSchema } from './criteria/kinds.ts';
import { rubricSchema } from './rubric.ts';

/** An entry of a scenario's rule: this role earns this credit, given this evidence. */
const acceptSchema = lazily(() =>
  z
    .strictObject({
      role: z.string(),
      credit: z
        .number()
        .min(0)
        .max(1)
        .multipleOf(0.01)
        .describe('Share of the points; the highest that applies counts'),
      needs: z
        .union(
          [
            z.strictObject({ any: z.array(z.string()).min(1).max(60) }),
            z.strictObject({ all: z.array(z.string()).min(1).max(3) }),
          ],
          'give { any: [claims] } or { all: [at most three claims] }',
        )
        .optional()
        .describe('Claims that an answer must cite, any or all; left out: none'),
      shows: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('Claims shown as evidence once the key is open, not asked for'),
    })
    .meta({ id: 'Accept' }),
);

export const scenarioRuleSchema = lazily(() =>
  z
    .strictObject({
      topic: z.string(),
      points: z.number().positive().max(1000).multipleOf(0.01),
      accepts: z.array(acceptSchema()).min(1).max(24),
      says: z.record(z.string(), z.string()).default({}).describe('Feedback by role'),
      treat: z
        .enum(['void', 'full-credit'])
        .optional()
        .describe('void: counts for nobody; full-credit: all points to any answer'),
      signOff: z.string().min(1).optional().describe('Why one role alone earns full credit on a contested topic'),
      rubric: rubricSchema().optional().describe('Marked by hand, added to points'),
    })
    .meta({ id: 'ScenarioRule' }),
);

export const promptRuleSchema = lazily(() =>
  z
    .strictObject({ criteria: z.array(criterionSchema()).min(1).max(20), rubric: rubricSchema().optional() })
    .meta({ id: 'PromptRule' }),
);

const share = z.number().min(0).max(1).multipleOf(0.01);

export const policySchema = lazily(() =>
  z
    .strictObject({
      attempts: z.strictObject({
        max: z.int().min(1).max(20),
        keep: z.enum(['best', 'last', 'first']),
        penalty: share.describe('Share lost by each further attempt'),
      }),
      late: z.strictObject({
        penaltyPerDay: share.describe('Share lost by each begun day'),
        floor: share.describe('Share that lateness leaves'),
      }),
      passMark: share,
    })
    .meta({ id: 'Policy' }),
);

export const sampleSchema = lazily(() =>
  z
    .strictObject({
      scenario: z.string(),
      title: z.string(),
      role: z.string(),
      claims: z.array(z.string()).max(3),
      credit: z.number().min(0).max(1).multipleOf(0.01).describe('What this answer must earn'),
    })
    .meta({ id: 'Sample' }),
);

const customId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9.-]{0,39}$/, 'an id is a letter, then letters, digits, dots and dashes: at most 40');
const customFields = () => ({
  unit: z.string(),
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(5000),
});

export const customScenarioSchema = lazily(() =>
  z.strictObject({ ...customFields(), topic: z.string() }).meta({ id: 'CustomScenario' }),
);
export const customPromptSchema = lazily(() => z.strictObject(customFields()).meta({ id: 'CustomPrompt' }));

/** Scenarios and prompts of the course's own, beside the module's. */
const customSchema = lazily(() =>
  z
    .strictObject({
      scenarios: z.record(customId, customScenarioSchema()).default({}),
      prompts: z.record(customId, customPromptSchema()).default({}),
    })
    .meta({ id: 'Custom' }),
);

/**
 * Everything that decides grades. It stands alone: with this document and an answer's key a verdict can be made again
 * in ten years, whatever has become of the readings. `denials` lists the roles a claim denies.
 */
export const ruleSetSchema = lazily(() =>
  z
    .strictObject({
      module: z.string(),
      roles: z.array(z.strictObject({ id: z.string(), label: z.string() })).min(2),
      policy: policySchema(),
      scenarios: z.record(z.string(), scenarioRuleSchema()),
      prompts: z.record(z.string(), promptRuleSchema()),
      denials: z.record(z.string(), z.array(z.string())).describe('By claim the roles to which it denies the duty'),
      bench: z.array(sampleSchema()).max(2000),
      custom: customSchema().optional(),
    })
    .meta({ id: 'RuleSet' }),
);

export type Accept = z.output<ReturnType<typeof acceptSchema>>;
export type ScenarioRule = z.output<ReturnType<typeof scenarioRuleSchema>>;
export type PromptRule = z.output<ReturnType<typeof promptRuleSchema>>;
export type Policy = z.output<ReturnType<typeof policySchema>>;
export type Custom = z.output<ReturnType<typeof customSchema>>;
export type Sample = z.output<ReturnType<typeof sampleSchema>>;
export type RuleSet = z.output<ReturnType<typeof ruleSetSchema>>;

/** A rule set with the name that its content gives it. */
export type NamedRuleSet = { hash: string; ruleSet: RuleSet };

/** JSON with sorted keys and no white space, RFC 8785. Throws for what JSON cannot hold. */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('there is no JSON for this value');
  return text;
};

/** `sha256:` and the hex digest of the canonical JSON. */
export const hashRuleSet = async (ruleSet: RuleSet): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(ruleSet)));
  return `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
};
