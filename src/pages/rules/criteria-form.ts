import { criterionKinds } from '../../grading/criteria/kinds.ts';
import { type PromptRule, promptRuleSchema } from '../../grading/rule-set.ts';
import { type Fields, fieldOf } from '../visit.ts';
import { rubricFrom, rubricIn, stepRubric, type TypedMark, typedRubric } from './rubric-form.ts';
import { readStep } from './rule-steps.ts';
import { bagOf, listOf, newIdFrom, rowsIn, settle, typedReader, typedText } from './typed-values.ts';

/** A participation criterion as it stands in a form; `many`: claims to cite, or people to answer, as its kind has it. */
export type TypedCriterion = { id: string; kind: string; title: string; points: string; words: string; many: string };
export type TypedPrompt = { criteria: TypedCriterion[]; rubric: TypedMark[] };

/** What a kind counts beside words, and how much of it there may be. */
export const manyOf = (kind: string): { name: 'claims' | 'count'; label: string; least: number } =>
  kind === 'committed-post'
    ? { name: 'claims', label: 'Claims to cite, at least', least: 0 }
    : { name: 'count', label: 'People to answer', least: 1 };

export const typedPrompt = (value: unknown): TypedPrompt => {
  const rule = bagOf(value);
  const criteria = listOf(rule.criteria).map((one) => {
    const { id, kind, title, points, words, claims, count } = bagOf(one);
    return {
      id: typedText(id),
      kind: typedText(kind),
      title: typedText(title),
      points: typedText(points),
      words: typedText(words),
      many: typedText(claims ?? count),
    };
  });
  return { criteria, rubric: typedRubric(rule.rubric) };
};

export const promptIn = (fields: Fields): TypedPrompt => {
  const names = ['id', 'kind', 'title', 'points', 'words', 'many'] as const;
  const rowIn = (index: number) =>
    Object.fromEntries(names.map((name) => [name, fieldOf(fields, `c${index}-${name}`)])) as TypedCriterion;
  return { criteria: rowsIn(fields, (index) => `c${index}-kind`, rowIn), rubric: rubricIn(fields) };
};

/** The criteria that were typed. Throws `invalid-input` with every fault. */
export const settlePrompt = ({ criteria, rubric }: TypedPrompt): PromptRule => {
  const read = typedReader();
  const taken = criteria.map(({ id }) => id);
  const rows = criteria.map(({ id, kind, title, points, words, many }, index) => {
    const at = `/criteria/${index}`;
    const { name, least } = manyOf(kind);
    const named = id || newIdFrom(title, taken);
    taken.push(named);
    if (title.trim() === '') read.fault(`${at}/title`, 'Give it a title: students see it beside their points.');
    return {
      kind,
      id: named,
      title,
      points: read.points(`${at}/points`, points),
      words: read.count(`${at}/words`, words, 1, 10_000),
      [name]: read.count(`${at}/${name}`, many, least, 20),
    };
  });
  if (rows.length === 0) read.fault('/criteria', 'Add at least one criterion: what taking part earns.');
  return settle(promptRuleSchema(), { criteria: rows, ...rubricFrom(rubric, read) }, read.faults);
};

/** What is typed after a button that saves nothing. */
export const stepPrompt = (typed: TypedPrompt, step: string): TypedPrompt => {
  const { name, what, index } = readStep(step);
  const { criteria } = typed;
  if (name === 'add-criterion') {
    const kind = criterionKinds.find(({ id }) => id === what);
    const row = { id: '', title: kind?.title ?? '', points: '', words: '', many: '1' };
    return kind ? { ...typed, criteria: [...criteria, { ...row, kind: kind.id }] } : typed;
  }
  if (name === 'remove-criterion') return { ...typed, criteria: criteria.filter((_, at) => at !== index) };
  return { ...typed, rubric: stepRubric(typed.rubric, name, index) ?? typed.rubric };
};

/** The field that a path within a prompt's rule speaks of. */
export const promptFieldAt = (path: readonly string[]): string => {
  const [part, index, what = 'title'] = path;
  if (index === undefined) return part ?? '';
  if (part === 'rubric') return `r${index}-${what === 'points' ? 'points' : 'title'}`;
  return `c${index}-${what === 'claims' || what === 'count' ? 'many' : what === 'points' || what === 'words' ? what : 'title'}`;
};
