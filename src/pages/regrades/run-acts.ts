import * as z from 'zod';
import { permit } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../problem.ts';
import { applyRegrade, applyRegradeSchema } from '../../regrades/apply.ts';
import { startDryRun, startDryRunSchema } from '../../regrades/dry-run.ts';
import { saveRuleDraft } from '../../rule-sets/drafts.ts';
import { validate } from '../../validate.ts';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';

/** Starts the dry run that a form asked for; gives its id. */
export const start = async (deps: Deps, visit: Visit, fields: Fields, later: Asked['later']): Promise<string> => {
  const { person, courseId } = visit;
  permit(person, 'regrades:apply');
  const input = validate(startDryRunSchema(), { ruleSet: fieldOf(fields, 'ruleSet') || undefined });
  const once = await onceOf(person, at(visit, 'rules', 'dry-runs'), fields);
  return (await startDryRun(deps, person, courseId, once, later, input)).row.id;
};

/** Applies a dry run under the policy of the button that was pressed, as it was read: its hash is in the form. */
export const apply = async (
  deps: Deps,
  visit: Visit,
  dryRun: string,
  fields: Fields,
  later: Asked['later'],
): Promise<string> => {
  const { person, courseId } = visit;
  permit(person, 'regrades:apply');
  const reason = fieldOf(fields, 'reason').trim();
  if (reason === '') throw invalid('/reason', 'Say why: students read it beside their grade.');
  const input = validate(applyRegradeSchema(), { dryRun, policy: fieldOf(fields, 'policy'), reason });
  return (await applyRegrade(deps, person, courseId, fieldOf(fields, 'hash'), later, input)).id;
};

/**
 * Puts the rules of a dry run into the draft, to be published again. The course's rules are named, so a draft that somebody
 * works on is not written over: `stale`.
 */
export const bringBack = async (deps: Deps, visit: Visit, fields: Fields): Promise<void> => {
  const { person, courseId } = visit;
  permit(person, 'rules:draft');
  const base = validate(z.string().min(1).max(80), fieldOf(fields, 'bring'));
  await saveRuleDraft(deps, person, courseId, `"${fieldOf(fields, 'current')}"`, { base });
};
