import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plainWords } from './plain-words.ts';

const kind = (id: string) => z.strictObject({ kind: z.literal(id) });

describe('what is wrong with an input', () => {
  it.each<[title: string, schema: z.ZodType, input: unknown, says: string]>([
    ['missing', z.string(), undefined, 'it is missing'],
    ['a list for text', z.string(), [], 'give text, not a list'],
    ['null for a number', z.number(), null, 'give a number, not null'],
    ['a fraction', z.int(), 1.5, 'give a whole number, not a number'],
    ['none of a list of words', z.enum(['best', 'last']), 'worst', 'give one of best, last'],
    ['not the one word', z.literal('best'), 'worst', 'give best'],
    [
      'no kind that there is',
      z.discriminatedUnion('kind', [kind('a'), kind('b')]),
      { kind: 'c' },
      'kind is one of a, b',
    ],
    ['too long', z.string().max(2), 'abc', 'at most 2 characters'],
    ['too few', z.array(z.int()).min(1), [], 'at least 1 item'],
    ['too little', z.number().positive(), 0, 'more than 0'],
    ['too fine', z.number().multipleOf(0.01), 0.005, 'at most 2 decimals'],
    ['no time', z.iso.datetime(), 'noon', 'give a time with its offset, such as 2030-01-31T23:59:00-05:00'],
    ['unknown fields', z.strictObject({}), { a: 1, b: 2 }, 'there is no a, b here'],
    ['wrong in the words of the schema', z.string().regex(/^a/, 'begin with a'), 'b', 'begin with a'],
  ])('is said in plain words: %s', (_title, schema, input, says) => {
    expect(schema.safeParse(input, { error: plainWords }).error?.issues[0]?.message).toBe(says);
  });
});
