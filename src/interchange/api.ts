import * as z from 'zod';
import { type Action, type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import type { Deps } from '../deps.ts';
import { type RuleSet, scenarioRuleSchema } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { route } from '../route.ts';
import { findingSchema } from '../rule-sets/check.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { ruleDraftTag } from '../rule-sets/draft-store.ts';
import { saveRuleDraft } from '../rule-sets/drafts.ts';
import { getDraftRules } from '../rule-sets/publish.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { importGift } from './import-gift.ts';
import { type Format, gradebookLosses, lossLines, rulesLosses } from './losses.ts';
import { listQuestions } from './questions.ts';
import { writeGift } from './write-gift.ts';
import { qtiPackage } from './write-qti.ts';

/** Some hundred questions with long feedback. */
const MAX_IMPORT_BYTES = 1_048_576;

const lossSchema = lazily(() =>
  z.object({ code: z.string(), pointer: z.string(), detail: z.string() }).meta({ id: 'Loss' }),
);
const lossesSchema = lazily(() => z.object({ items: z.array(lossSchema()) }).meta({ id: 'Losses' }));
const giftImportSchema = lazily(() =>
  z
    .object({
      /** Whether the draft was changed, or this is but the preview. */
      applied: z.boolean(),
      items: z.array(
        z.object({
          line: z.int(),
          id: z.string().nullable(),
          kind: z.enum(['new', 'changed', 'same']),
          scenario: z.object({
            id: z.string(),
            unit: z.string(),
            topic: z.string(),
            title: z.string(),
            text: z.string(),
            rule: scenarioRuleSchema(),
          }),
          findings: z.array(findingSchema()),
        }),
      ),
      losses: z.array(z.object({ code: z.string(), pointer: z.string(), detail: z.string(), line: z.int() })),
    })
    .meta({ id: 'GiftImport' }),
);

const readRules = async (deps: Deps, actor: Actor, action: Action, courseId: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [, [current]] = await db.batch([
    standing(db, actor, action, courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
  ]);
  return adoptRules(deps, courseId, current);
};

const lost = ({ catalogue }: Deps, format: Format, { hash, ruleSet }: { hash: string; ruleSet: RuleSet }) => [
  `Made from ${hash}. What this format could not carry, by its place in that rule set:`,
  ...lossLines(rulesLosses(format, ruleSet, catalogue)),
];

const attachment = (name: string) => ({ 'content-disposition': `attachment; filename="${name}"` });

export const interchangeApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/exports/gift',
    title: "The course's scenarios and rules as Moodle's GIFT; what it cannot carry stands at its head",
    action: 'rules:read',
    returns: () => ({ 200: null }),
    alsoReturns: 'text/plain',
    handle: async ({ deps, actor, params }) => {
      const rules = await readRules(deps, actor, 'rules:read', params.course);
      const body = writeGift(listQuestions(rules.ruleSet, deps.catalogue), lost(deps, 'gift', rules));
      return { status: 200, body, type: 'text/plain; charset=utf-8', headers: attachment('questions.gift') };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/exports/gift/losses',
    title: 'What the export as GIFT cannot carry',
    action: 'rules:read',
    returns: () => ({ 200: lossesSchema() }),
    handle: async ({ deps, actor, params }) => {
      const { ruleSet } = await readRules(deps, actor, 'rules:read', params.course);
      return { status: 200, body: { items: rulesLosses('gift', ruleSet, deps.catalogue) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/exports/qti',
    title: "The course's scenarios and rules as a QTI 3.0 package; what it cannot carry is in its LOST.txt",
    action: 'rules:read',
    returns: () => ({ 200: null }),
    alsoReturns: 'application/zip',
    handle: async ({ deps, actor, params }) => {
      const rules = await readRules(deps, actor, 'rules:read', params.course);
      const body = qtiPackage(listQuestions(rules.ruleSet, deps.catalogue), lost(deps, 'qti', rules));
      return { status: 200, body, type: 'application/zip', headers: attachment('questions-qti3.zip') };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/exports/qti/losses',
    title: 'What the export as QTI 3.0 cannot carry',
    action: 'rules:read',
    returns: () => ({ 200: lossesSchema() }),
    handle: async ({ deps, actor, params }) => {
      const { ruleSet } = await readRules(deps, actor, 'rules:read', params.course);
      return { status: 200, body: { items: rulesLosses('qti', ruleSet, deps.catalogue) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/exports/gradebook/losses',
    title: 'What the gradebook as CSV cannot carry',
    action: 'gradebook:read',
    returns: () => ({ 200: lossesSchema() }),
    handle: async ({ deps, actor, params }) => {
      const db = deps.dbFor(institutionOf(actor));
      await db.batch([standing(db, actor, 'gradebook:read', params.course)]);
      return { status: 200, body: { items: gradebookLosses } };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/imports/gift',
    title: "What a file in Moodle's GIFT would change in the draft of the rules; `?preview=false` changes it",
    action: 'rules:draft',
    query: () => z.object({ preview: z.enum(['true', 'false']).default('true') }),
    body: () => z.strictObject({ gift: z.string() }),
    takesText: { 'text/plain': 'gift' },
    maxBytes: MAX_IMPORT_BYTES,
    returns: () => ({ 200: giftImportSchema() }),
    handle: async ({ deps, actor, params, query, body }) => {
      const { row, ruleSet } = await getDraftRules(deps, actor, params.course);
      const imported = importGift(ruleSet, deps.catalogue, body.gift);
      const applied = query.preview === 'false';
      if (applied)
        await saveRuleDraft(deps, actor, params.course, ruleDraftTag(row), {
          doc: imported.ruleSet as unknown as Record<string, unknown>,
        });
      return { status: 200, body: { applied, items: imported.items, losses: imported.losses } };
    },
  }),
];
