import { creditOf } from '../../grading/grade-answer.ts';
import { unnoticed } from '../../grading/mutations.ts';
import type { Accept, Sample } from '../../grading/rule-set.ts';
import { type Fields, fieldOf } from '../visit.ts';
import { bagOf, idsIn, listOf, rowsIn, textsOf, typedPercent, type typedReader, typedText } from './typed-values.ts';

/** A sample answer of a scenario as it stands in the form. */
export type TypedSample = { title: string; role: string; claims: string[]; credit: string };

/** As many as a rule set may have in all. */
const MAX_SAMPLES = 2000;

export const emptySample: TypedSample = { title: '', role: '', claims: [], credit: '' };

/** The stored samples of a scenario, as they are, out of a draft's document. */
export const samplesOf = (doc: unknown, scenario: string): unknown[] =>
  listOf(bagOf(doc).bench).filter((one) => bagOf(one).scenario === scenario);

export const typedSample = (value: unknown): TypedSample => {
  const { title, role, claims, credit } = bagOf(value);
  return { title: typedText(title), role: typedText(role), claims: textsOf(claims), credit: typedPercent(credit) };
};

const sampleIn = (fields: Fields, row: string): TypedSample => ({
  title: fieldOf(fields, `${row}-title`),
  role: fieldOf(fields, `${row}-role`),
  claims: idsIn(fieldOf(fields, `${row}-claims`)),
  credit: fieldOf(fields, `${row}-credit`),
});

export const benchIn = (fields: Fields): TypedSample[] =>
  rowsIn(
    fields,
    (index) => `s${index}-title`,
    (index) => sampleIn(fields, `s${index}`),
    MAX_SAMPLES,
  );

/** The sample that is being typed below the others. */
export const newSampleIn = (fields: Fields): TypedSample => sampleIn(fields, 'new');

export const isTyped = ({ title, claims, credit }: TypedSample): boolean =>
  title.trim() !== '' || claims.length > 0 || credit.trim() !== '';

/** The samples that were typed, for their schema to check. */
export const benchFrom = (
  rows: readonly TypedSample[],
  scenario: string,
  read: ReturnType<typeof typedReader>,
): Record<string, unknown>[] =>
  rows.map(({ title, role, claims, credit }, index) => ({
    scenario,
    title,
    role,
    claims,
    credit: read.percent(`/bench/${index}/credit`, credit),
  }));

/** A draft's samples with those of one scenario replaced where they stood; new ones stand after them. */
export const withSamples = (doc: unknown, scenario: string, samples: readonly unknown[]): unknown[] => {
  const all = listOf(bagOf(doc).bench);
  const first = all.findIndex((one) => bagOf(one).scenario === scenario);
  const others = (list: readonly unknown[]) => list.filter((one) => bagOf(one).scenario !== scenario);
  return first < 0 ? [...all, ...samples] : [...others(all.slice(0, first)), ...samples, ...others(all.slice(first))];
};

/** The samples that would notice if part of an entry were lost; each expects what the rule gives it now. */
export const noticing = (
  accepts: readonly Accept[],
  index: number,
  bench: readonly Pick<Sample, 'role' | 'claims'>[],
  roleName: (role: string) => string,
): TypedSample[] => {
  const { role } = accepts[index]!;
  const given = bench.filter((sample) => sample.role === role).map(({ claims }) => claims);
  const wanted = new Map(unnoticed(accepts, index, given).map(({ sample }) => [sample.join(), sample]));
  return [...wanted.values()].map((claims) => ({
    title: `${roleName(role)} ${claims.length === 0 ? 'without evidence' : `with ${claims.join(' and ')}`}`,
    role,
    claims: [...claims],
    credit: typedPercent(creditOf(accepts, role, claims)),
  }));
};
