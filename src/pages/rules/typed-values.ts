import type * as z from 'zod';
import { Problem } from '../../problem.ts';
import { validate } from '../../validate.ts';

/** What is wrong with something typed: a JSON pointer into the rule that it makes, and what to do. */
export type Fault = { pointer: string; detail: string };

type Bag = Readonly<Record<string, unknown>>;

/** What a stored document has there; drafts may be faulty, so nothing is taken for granted. */
export const bagOf = (value: unknown): Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {};
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const textsOf = (value: unknown): string[] => listOf(value).filter((one) => typeof one === 'string');
export const own = (bag: Bag, name: string): unknown => (Object.hasOwn(bag, name) ? bag[name] : undefined);

/** A stored value as it stands in a field. */
export const typedText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** A share from 0 to 1 as percent. */
export const typedPercent = (share: unknown): string =>
  typeof share === 'number' ? String(Number((share * 100).toFixed(6))) : typedText(share);

const numberIn = (text: string): number | undefined => {
  const trimmed = text.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
};

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** Reads what was typed, and collects what is wrong with it. */
export const typedReader = () => {
  const faults: Fault[] = [];
  const number = (pointer: string, text: string, fits: (value: number) => boolean, wanted: string): number => {
    const value = numberIn(text);
    if (value !== undefined && fits(value)) return value;
    faults.push({ pointer, detail: wanted });
    return 0;
  };
  return {
    faults,
    fault: (pointer: string, detail: string) => faults.push({ pointer, detail }),
    /** A share, typed as percent. */
    percent: (pointer: string, text: string) =>
      number(pointer, text, (value) => isWhole(value, 0, 100), 'Give a whole number of percent, from 0 to 100.') / 100,
    points: (pointer: string, text: string) =>
      number(
        pointer,
        text,
        (value) => value > 0 && value <= 1000 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
        'Give points: more than 0, at most 1000, with at most two decimals.',
      ),
    count: (pointer: string, text: string, least: number, most: number) =>
      number(pointer, text, (value) => isWhole(value, least, most), `Give a whole number from ${least} to ${most}.`),
  };
};

/** What was typed, as the schema gives it. Throws `invalid-input` with every fault: those of the reading, and the schema's elsewhere. */
export const settle = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  faults: readonly Fault[],
): z.output<Schema> => {
  try {
    const valid = validate(schema, value);
    if (faults.length === 0) return valid;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const more = (error.members.errors as Fault[]).filter(
      ({ pointer }) => !faults.some((fault) => pointer.startsWith(fault.pointer) || fault.pointer.startsWith(pointer)),
    );
    throw new Problem('invalid-input', { errors: [...faults, ...more] });
  }
  throw new Problem('invalid-input', { errors: faults });
};

/** Ids in a line of text, by commas or spaces, each once. */
export const idsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter((id) => id !== ''))];

/** More rows than any rule may have, so that its schema refuses them, and few enough to be shown again. */
const MAX_ROWS = 100;

/** Calls `read` for each row of a form whose fields are numbered: `e0-role`, `e1-role`, … */
export const rowsIn = <T>(
  fields: Readonly<Record<string, unknown>>,
  mark: (index: number) => string,
  read: (index: number) => T,
  most = MAX_ROWS,
) => {
  const rows: T[] = [];
  while (rows.length < most && Object.hasOwn(fields, mark(rows.length))) rows.push(read(rows.length));
  return rows;
};

/** An id for a new row: from its title, unlike those there are. */
export const newIdFrom = (title: string, taken: readonly string[]): string => {
  const plain = title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 30);
  const base = plain || 'row';
  for (let count = 1; ; count++) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(id)) return id;
  }
};
