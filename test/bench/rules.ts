import type { NamedRuleSet, RuleSet } from '../../src/grading/rule-set.ts';
import type { Ask } from './ask.ts';

/** Changes the rules as an instructor does: the whole draft, then its publication. Gives what was published. */
export const publishRules = async (ask: Ask, change: (ruleSet: RuleSet) => void): Promise<NamedRuleSet> => {
  const { body: draft, etag } = await ask<{ doc: RuleSet }>(200, 'GET', '/rule-draft');
  const ruleSet = draft.doc;
  change(ruleSet);
  await ask(200, 'PUT', '/rule-draft', { doc: ruleSet }, { 'if-match': etag });
  const { body } = await ask<{ ruleSet: string }>(201, 'POST', '/rule-draft/publication');
  return { hash: body.ruleSet, ruleSet };
};
