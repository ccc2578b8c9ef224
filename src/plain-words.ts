import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const units: Readonly<Record<string, string>> = { string: 'character', array: 'item' };
const formats: Readonly<Record<string, string>> = {
  datetime: 'give a time with its offset, such as 2030-01-31T23:59:00-05:00',
  date: 'give a date, such as 2030-01-31',
};

/** What is wrong with an input, in plain words, where the schema does not say it itself; `undefined`: as zod says it. */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'it is missing'
        : `give ${kinds[issue.expected] ?? issue.expected}, not ${wordFor(issue.input)}`;
    case 'invalid_value':
      return `give ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? undefined
        : `${issue.discriminator} is one of ${((issue.options ?? []) as unknown[]).map(String).join(', ')}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${counted(issue.maximum, issue.origin)}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${counted(issue.minimum, issue.origin)}`;
    case 'not_multiple_of':
      return `at most ${Math.round(-Math.log10(issue.divisor))} decimals`;
    case 'invalid_format':
      return formats[issue.format];
    case 'unrecognized_keys':
      return `there is no ${issue.keys.join(', ')} here`;
  }
};

const counted = (limit: number | bigint, origin: string): string =>
  units[origin] === undefined ? `${limit}` : `${limit} ${units[origin]}${Number(limit) === 1 ? '' : 's'}`;

const wordFor = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : (kinds[typeof value] ?? typeof value);
