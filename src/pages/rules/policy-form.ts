import { type Policy, policySchema } from '../../grading/rule-set.ts';
import { type Fields, fieldOf } from '../visit.ts';
import { bagOf, settle, typedPercent, typedReader, typedText } from './typed-values.ts';

/** The policy as it stands in a form; shares as percent. */
export type TypedPolicy = Record<'max' | 'keep' | 'penalty' | 'perDay' | 'floor' | 'pass', string>;

export const typedPolicy = (value: unknown): TypedPolicy => {
  const { attempts, late, passMark } = bagOf(value);
  return {
    max: typedText(bagOf(attempts).max),
    keep: typedText(bagOf(attempts).keep),
    penalty: typedPercent(bagOf(attempts).penalty),
    perDay: typedPercent(bagOf(late).penaltyPerDay),
    floor: typedPercent(bagOf(late).floor),
    pass: typedPercent(passMark),
  };
};

export const policyIn = (fields: Fields): TypedPolicy => ({
  max: fieldOf(fields, 'max'),
  keep: fieldOf(fields, 'keep'),
  penalty: fieldOf(fields, 'penalty'),
  perDay: fieldOf(fields, 'perDay'),
  floor: fieldOf(fields, 'floor'),
  pass: fieldOf(fields, 'pass'),
});

/** The policy that was typed. Throws `invalid-input` with every fault. */
export const settlePolicy = ({ max, keep, penalty, perDay, floor, pass }: TypedPolicy): Policy => {
  const read = typedReader();
  const value = {
    attempts: {
      max: read.count('/attempts/max', max, 1, 20),
      keep,
      penalty: read.percent('/attempts/penalty', penalty),
    },
    late: { penaltyPerDay: read.percent('/late/penaltyPerDay', perDay), floor: read.percent('/late/floor', floor) },
    passMark: read.percent('/passMark', pass),
  };
  return settle(policySchema(), value, read.faults);
};

const fields: Readonly<Record<string, string>> = { penaltyPerDay: 'perDay', passMark: 'pass' };

/** The field that a path within the policy speaks of. */
export const policyFieldAt = (path: readonly string[]): string => {
  const last = path.at(-1) ?? '';
  return fields[last] ?? last;
};
