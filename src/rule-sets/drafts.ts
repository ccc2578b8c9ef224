import * as z from 'zod';
import { type Actor, actorName, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import { insertAudit } from '../db/audit.ts';
import { guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { invalid, Problem } from '../problem.ts';
import {
  findRuleDraft,
  type RuleDraftRow,
  removeRuleDraft,
  ruleDraftIsMissing,
  ruleDraftIsStale,
  ruleDraftIsTooLarge,
  upsertRuleDraft,
  upsertRuleParts,
} from './draft-store.ts';
import { findRuleSet } from './store.ts';

/** A document may be faulty while it is a draft; what is wrong with it is for `check` to say. */
const anything = z.record(z.string(), z.unknown());

export const ruleDraftSchema = lazily(() =>
  z
    .strictObject({ base: z.string().max(80).optional(), doc: anything.optional() })
    .refine(
      ({ base, doc }) => base !== undefined || doc !== undefined,
      'send base (a published rule set), doc, or both',
    )
    .meta({ id: 'NewRuleDraft' }),
);
export const rulePartSchema = lazily(() =>
  anything.refine((part) => Object.keys(part).length > 0, 'send it whole: it is empty').meta({ id: 'RulePart' }),
);
export const benchSchema = lazily(() => z.array(anything).meta({ id: 'Bench' }));

export const keptRuleDraftSchema = lazily(() =>
  z
    .object({
      base: z.string(),
      doc: anything,
      draft: z.boolean(),
      updatedBy: z.string().nullable(),
      updatedAt: z.iso.datetime().nullable(),
    })
    .meta({ id: 'RuleDraft' }),
);

/** A draft for JSON; `draft` is false where it is but the current rules. */
export const ruleDraftBody = ({ base, doc, revision, updatedBy, updatedAt }: RuleDraftRow) => ({
  base,
  doc: JSON.parse(doc) as Record<string, unknown>,
  draft: revision > 0,
  updatedBy,
  updatedAt: timeOf(updatedAt),
});

/** SQLite's JSON ends at a depth of 1000; no rule needs a tenth of a tenth. */
const MAX_DEPTH = 20;

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1)));

/** A document, or a part of one, as it is stored. Throws `invalid-input` for one that is nested beyond reason. */
const docText = (value: unknown): string => {
  if (isDeeper(value, MAX_DEPTH)) throw invalid('', `a rule set is nested at most ${MAX_DEPTH} deep`);
  return JSON.stringify(value);
};

const batchWith = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  subject: string,
  write: (save: { by: string; now: number }) => ReturnType<typeof upsertRuleParts>,
): Promise<RuleDraftRow> => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const [by, now] = [actorName(actor), deps.now()];
  const [, , , [row]] = await db.batch([
    standing(db, actor, 'rules:draft', courseId, ruleDraftIsStale(courseId, ifMatch)),
    write({ by, now }),
    guard(db, [ruleDraftIsTooLarge(courseId)]),
    findRuleDraft(db, at),
    insertAudit(db, { id: deps.newId(), ...at, actor: by, action: 'rule-draft-saved', subject, at: now }),
  ]);
  return row!;
};

/** Keeps a whole document as the draft, or starts again from a published one (`base` alone). Throws `stale`, `rule-set-not-found`. */
export const saveRuleDraft = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  { base, doc }: z.output<ReturnType<typeof ruleDraftSchema>>,
): Promise<RuleDraftRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [from] = base === undefined ? [] : await findRuleSet(db, institutionId, base);
  if (base !== undefined && !from) throw new Problem('rule-set-not-found');
  const draft = { base: base ?? null, doc: doc === undefined ? from!.doc : docText(doc) };
  return batchWith(deps, actor, courseId, ifMatch, base ?? 'all', (saved) =>
    upsertRuleDraft(db, { institutionId, courseId }, draft, saved),
  );
};

/** Where a part stands in the document: a scenario's or prompt's rule, the policy, the bench, or a custom text. */
export type RulePart =
  | { kind: 'scenarios' | 'prompts'; id: string }
  | { kind: 'custom'; of: 'scenarios' | 'prompts'; id: string }
  | { kind: 'policy' | 'bench' };

const ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;

const pathOf = (part: RulePart): string => {
  if (!('id' in part)) return `$.${part.kind}`;
  if (!ID.test(part.id)) throw invalid('', 'an id is letters, digits, dots and dashes, 40 at most');
  return part.kind === 'custom' ? `$.custom.${part.of}."${part.id}"` : `$.${part.kind}."${part.id}"`;
};

/** Keeps parts of the draft at once (`null` takes one away); the rest stays as it is in the draft, or in the current rules. */
export const saveRuleParts = (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  parts: readonly { part: RulePart; value: unknown }[],
): Promise<RuleDraftRow> => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const put = parts.map(({ part, value }) => ({ path: pathOf(part), part: value === null ? null : docText(value) }));
  const subject = put.map(({ path }) => path.slice(2).replaceAll('"', '')).join(', ');
  return batchWith(deps, actor, courseId, ifMatch, subject, (saved) => upsertRuleParts(db, at, put, saved));
};

/** Keeps one part of the draft. */
export const saveRulePart = (
  deps: Deps,
  actor: Actor,
  courseId: string,
  ifMatch: string,
  part: RulePart,
  value: unknown,
): Promise<RuleDraftRow> => saveRuleParts(deps, actor, courseId, ifMatch, [{ part, value }]);

/** Drops the draft: the next one starts from the current rules. Throws `rule-draft-not-found`, `stale`. */
export const dropRuleDraft = async (deps: Deps, actor: Actor, courseId: string, ifMatch: string): Promise<void> => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  await db.batch([
    standing(db, actor, 'rules:draft', courseId, [
      ruleDraftIsMissing(courseId),
      ...ruleDraftIsStale(courseId, ifMatch),
    ]),
    removeRuleDraft(db, at),
    insertAudit(db, {
      id: deps.newId(),
      ...at,
      actor: actorName(actor),
      action: 'rule-draft-dropped',
      subject: 'all',
      at: deps.now(),
    }),
  ]);
};
