import { type Fields, fieldOf } from '../visit.ts';
import { bagOf, listOf, newIdFrom, rowsIn, type typedReader, typedText } from './typed-values.ts';

/** A criterion that people mark by hand, as it stands in a form. `id` is '' for a new one. */
export type TypedMark = { id: string; title: string; points: string };

export const typedRubric = (value: unknown): TypedMark[] =>
  listOf(value).map((one) => {
    const { id, title, points } = bagOf(one);
    return { id: typedText(id), title: typedText(title), points: typedText(points) };
  });

export const rubricIn = (fields: Fields): TypedMark[] =>
  rowsIn(
    fields,
    (index) => `r${index}-title`,
    (index) => ({
      id: fieldOf(fields, `r${index}-id`),
      title: fieldOf(fields, `r${index}-title`),
      points: fieldOf(fields, `r${index}-points`),
    }),
  );

/** The rubric that was typed; none where it has no row. */
export const rubricFrom = (rows: readonly TypedMark[], read: ReturnType<typeof typedReader>) => {
  const taken = rows.map(({ id }) => id);
  const rubric = rows.map(({ id, title, points }, index) => {
    if (title.trim() === '') read.fault(`/rubric/${index}/title`, 'Say what is marked.');
    const named = id || newIdFrom(title, taken);
    taken.push(named);
    return { id: named, title, points: read.points(`/rubric/${index}/points`, points) };
  });
  return rubric.length === 0 ? {} : { rubric };
};

/** A row added to a rubric, or taken from it. */
export const stepRubric = (rows: readonly TypedMark[], step: string, index: number): TypedMark[] | undefined => {
  if (step === 'add-mark') return [...rows, { id: '', title: '', points: '' }];
  return step === 'remove-mark' ? rows.filter((_, at) => at !== index) : undefined;
};
