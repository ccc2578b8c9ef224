import type { Deps } from '../../deps.ts';
import { isPublishable } from '../../rule-sets/check.ts';
import { checkDraft } from '../../rule-sets/publish.ts';
import { roleName } from '../claims.tsx';
import { changesBetween } from './draft-changes.ts';
import { findingsByPlace } from './places.ts';
import type { RulesRead } from './read-rules.ts';
import { customIn } from './scenario-state.ts';

/** What the page says of the draft: how it differs from what is in force, and what the check finds. */
export const draftState = (deps: Deps, { draft, rules }: RulesRead) => {
  if (!draft.exists) return { changes: [], found: [], publishable: false, ruleSet: rules.ruleSet };
  const { ruleSet, findings } = checkDraft(deps, draft.doc, rules.ruleSet);
  const names = { catalogue: deps.catalogue, rules: ruleSet ?? customIn(draft.doc), doc: draft.doc };
  const named = (role: string) => roleName(deps.catalogue, role);
  return {
    changes: ruleSet ? changesBetween(rules.ruleSet, ruleSet, named) : null,
    found: findingsByPlace(names, findings),
    publishable: isPublishable(findings),
    ruleSet: ruleSet ?? rules.ruleSet,
  };
};

export type DraftState = ReturnType<typeof draftState>;
