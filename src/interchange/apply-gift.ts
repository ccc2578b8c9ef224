import type { RuleSet, ScenarioRule } from '../grading/rule-set.ts';
import { pointerTo } from '../problem.ts';
import { wantedOf, withWanted } from './gift-choices.ts';
import type { Loss } from './losses.ts';
import { carried, type Module, type OwnScenario, scenarioText } from './questions.ts';
import type { Fault, GiftQuestion } from './read-gift.ts';

/** What an import makes of a question: `id` as the file has it, the scenario as it would be. */
export type GiftChange = {
  line: number;
  id: string | null;
  kind: 'new' | 'changed' | 'same';
  scenario: OwnScenario & { id: string; rule: ScenarioRule };
};
/** What of a file the rules have no place for: the pointer is into the rule set. */
export type GiftLoss = Loss & { line: number };
export type AppliedGift = { ruleSet: RuleSet; changes: GiftChange[]; losses: GiftLoss[]; faults: Fault[] };

const ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;
const TITLE_CHARACTERS = 60;

/** The text that a question wants: what it leaves out stays as it is, and so does what only a format would change. */
const wantedText = ({ unit, topic, title, text }: GiftQuestion, present: OwnScenario | undefined): OwnScenario => {
  const usual = present?.title ?? [...text.replace(/\s+/g, ' ')].slice(0, TITLE_CHARACTERS).join('');
  const wanted = {
    unit: unit ?? present?.unit ?? '',
    topic: topic ?? present?.topic ?? '',
    title: title || usual,
    text,
  };
  if (present && carried(present.title) === wanted.title) wanted.title = present.title;
  if (present && carried(present.text) === text) wanted.text = present.text;
  return wanted;
};

const differs = (a: OwnScenario, b: OwnScenario | undefined) =>
  !b || a.unit !== b.unit || a.topic !== b.topic || a.title !== b.title || a.text !== b.text;

function* textFaults({ unit, topic, text }: OwnScenario, { units, topics }: Module): Generator<string> {
  const ask = (what: 'unit' | 'topic', given: string) =>
    given === ''
      ? `say which ${what} it belongs to, in a line before it: // [tag:${what} …]; /v1/${what}s lists them`
      : `there is no ${what} ${given}; /v1/${what}s lists them`;
  if (!units.some(({ id }) => id === unit)) yield ask('unit', unit);
  if (!Object.hasOwn(topics, topic)) yield ask('topic', topic);
  if (text === '') yield 'the question has no text';
}

/**
 * The rule set with what a GIFT file's questions say. A question with a known id changes that scenario's credit and
 * feedback, and its text where it is the instructor's own; any other becomes a new scenario of their own. What GIFT cannot
 * carry (evidence, points, sign-offs …) is kept. Where there are faults, nothing of it is to be used.
 */
export const applyGift = (ruleSet: RuleSet, questions: readonly GiftQuestion[], module: Module): AppliedGift => {
  const rules = { ...ruleSet.scenarios };
  const own = { ...ruleSet.custom?.scenarios };
  const changes: GiftChange[] = [];
  const losses: GiftLoss[] = [];
  const faults: Fault[] = [];
  // GIFT has no points: a new scenario is worth as much as the first there is.
  const points = Object.values(ruleSet.scenarios)[0]?.points ?? 1;
  const ids = new Set([module.scenarios, rules, own].flatMap((known) => Object.keys(known)));
  const named = new Set<string>();
  let count = 0;
  const newId = (): string => {
    do count += 1;
    while (ids.has(`own-${count}`) || questions.some((one) => one.id === `own-${count}`));
    return `own-${count}`;
  };

  for (const question of questions) {
    const { line } = question;
    const fault = (detail: string) => faults.push({ line, detail });
    if (question.id !== null && !ids.has(question.id) && !ID.test(question.id))
      fault('an id is up to 40 letters, digits, dots and dashes, or left out');
    if (question.id !== null && named.has(question.id)) fault(`${question.id} is in the file twice`);
    const id = question.id ?? newId();
    named.add(id);

    const lose = (code: string, detail: string) =>
      losses.push({ code, pointer: pointerTo(['scenarios', id]), detail, line });
    const choices = wantedOf(ruleSet.roles, question);
    faults.push(...choices.faults);
    for (const { code, detail } of choices.lost) lose(code, detail);
    if (question.general !== '') lose('general-feedback', 'Feedback is to a role; that to all choices is left out.');
    if (question.markup) lose('markup', 'A scenario is plain text: what HTML or Markdown made of it is lost.');

    const presentRule = Object.hasOwn(rules, id) ? rules[id] : undefined;
    const known = scenarioText(ruleSet, module, id);
    const present = known && { ...known, topic: presentRule?.topic ?? known.topic };
    const isModules = Object.hasOwn(module.scenarios, id);
    const wanted = wantedText(question, present);
    const moved = differs(wanted, present);
    if (moved && isModules) lose('module-text', `${id} is the module's: its title, text, unit and topic stay.`);
    else if (moved) for (const detail of textFaults(wanted, module)) fault(detail);

    const text = isModules && present ? present : wanted;
    const base = presentRule ?? { topic: text.topic, points, accepts: [], says: {} };
    const rule = withWanted(base.topic === text.topic ? base : { ...base, topic: text.topic }, choices.wanted);
    if (rule.accepts.length === 0) fault('no choice earns anything: begin one with = or give it a weight, as in ~%50%');
    if (!presentRule) lose('points', `GIFT has no points: it is worth ${points}.`);
    if (moved && !isModules) own[id] = text;
    const changed = rule !== presentRule || (moved && !isModules);
    rules[id] = rule;
    const { unit, topic, title, text: words } = text;
    changes.push({
      line,
      id: question.id,
      kind: presentRule ? (changed ? 'changed' : 'same') : 'new',
      scenario: { id, unit, topic, title, text: words, rule },
    });
  }
  const custom = { scenarios: own, prompts: ruleSet.custom?.prompts ?? {} };
  const withOwn = ruleSet.custom || Object.keys(own).length > 0 ? { custom } : {};
  return { ruleSet: { ...ruleSet, scenarios: rules, ...withOwn }, changes, losses, faults };
};
