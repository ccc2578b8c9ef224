import { MAX_CLAIMS } from '../../grading/grade-answer.ts';
import { type Fields, fieldOf, fieldsOf } from '../visit.ts';
import { rubricFrom, rubricIn, type TypedMark, typedRubric } from './rubric-form.ts';
import {
  bagOf,
  idsIn,
  listOf,
  own,
  rowsIn,
  textsOf,
  typedPercent,
  type typedReader,
  typedText,
} from './typed-values.ts';

// A scenario's rule as it stands in a form: everything is text, and may be faulty. Rule to form to rule is the same rule.

export type Asks = 'none' | 'any' | 'all';
export type TypedEntry = { role: string; credit: string; asks: Asks; claims: string[]; shows: string[] };
export type TypedRule = {
  points: string;
  treat: string;
  entries: TypedEntry[];
  says: Record<string, string>;
  signOff: string;
  rubric: TypedMark[];
};

const typedEntry = (value: unknown): TypedEntry => {
  const { role, credit, needs, shows } = bagOf(value);
  const { any, all } = bagOf(needs);
  const asks = any !== undefined ? 'any' : all !== undefined ? 'all' : 'none';
  return {
    role: typedText(role),
    credit: typedPercent(credit),
    asks,
    claims: [...new Set(textsOf(any ?? all))],
    shows: [...new Set(textsOf(shows))],
  };
};

/** A stored rule, which may be faulty or missing, as it stands in the form. */
export const typedRule = (value: unknown): TypedRule => {
  const rule = bagOf(value);
  return {
    points: typedText(rule.points),
    treat: typedText(rule.treat),
    entries: listOf(rule.accepts).map(typedEntry),
    says: Object.fromEntries(Object.entries(bagOf(rule.says)).map(([role, says]) => [role, typedText(says)])),
    signOff: typedText(rule.signOff),
    rubric: typedRubric(rule.rubric),
  };
};

const entryIn = (fields: Fields, index: number): TypedEntry => {
  const ids = (name: string) => [
    ...new Set([...fieldsOf(fields, `e${index}-${name}`), ...idsIn(fieldOf(fields, `e${index}-more-${name}`))]),
  ];
  const asks = fieldOf(fields, `e${index}-asks`);
  return {
    role: fieldOf(fields, `e${index}-role`),
    credit: fieldOf(fields, `e${index}-credit`),
    asks: asks === 'any' || asks === 'all' ? asks : 'none',
    claims: ids('claims'),
    shows: ids('shows'),
  };
};

/** What was typed. */
export const ruleIn = (fields: Fields): TypedRule => ({
  points: fieldOf(fields, 'points'),
  treat: fieldOf(fields, 'treat'),
  entries: rowsIn(
    fields,
    (index) => `e${index}-role`,
    (index) => entryIn(fields, index),
  ),
  says: Object.fromEntries(
    Object.keys(fields)
      .filter((name) => name.startsWith('says-'))
      .map((name) => [name.slice('says-'.length), fieldOf(fields, name)]),
  ),
  signOff: fieldOf(fields, 'signOff'),
  rubric: rubricIn(fields),
});

type Reader = ReturnType<typeof typedReader>;

const needsFrom = ({ asks, claims }: TypedEntry, at: string, read: Reader) => {
  if (asks === 'none') {
    if (claims.length > 0)
      read.fault(`${at}/needs`, 'Claims are ticked, but none is asked for: choose any or all of them, or untick them.');
    return {};
  }
  if (claims.length === 0) read.fault(`${at}/needs`, 'Tick at least one claim, or ask for none.');
  if (asks === 'all' && claims.length > MAX_CLAIMS)
    read.fault(`${at}/needs`, `Nobody can cite more than ${MAX_CLAIMS} claims: ask for any of them, or for fewer.`);
  return { needs: asks === 'any' ? { any: claims } : { all: claims } };
};

/** The rule that was typed, for its schema to check, with what is wrong with it. `topic` is the scenario's. */
export const ruleFrom = (typed: TypedRule, topic: string, read: Reader): Record<string, unknown> => {
  const accepts = typed.entries.map((entry, index) => {
    const at = `/accepts/${index}`;
    const { role, credit, shows } = entry;
    return {
      role,
      credit: read.percent(`${at}/credit`, credit),
      ...needsFrom(entry, at, read),
      ...(shows.length > 0 ? { shows } : {}),
    };
  });
  if (accepts.length === 0) read.fault('/accepts', 'Add at least one entry: who earns what, given which evidence.');
  return {
    topic,
    points: read.points('/points', typed.points),
    accepts,
    says: Object.fromEntries(Object.entries(typed.says).filter(([, says]) => says !== '')),
    ...(typed.treat ? { treat: typed.treat } : {}),
    ...(typed.signOff.trim() ? { signOff: typed.signOff } : {}),
    ...rubricFrom(typed.rubric, read),
  };
};

/** The topic that a stored rule names; else the scenario's. */
export const topicOf = (rule: unknown, scenarioTopic: string): string => {
  const topic = own(bagOf(rule), 'topic');
  return typeof topic === 'string' ? topic : scenarioTopic;
};
