import type * as z from 'zod';
import { plainWords } from './plain-words.ts';
import { Problem, pointerTo } from './problem.ts';

/** A value as the schema gives it. Throws `invalid-input`, `text-too-long` or `too-many-claims`, with each fault's place. */
export const validate = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value, { error: plainWords });
  if (result.success) return result.data;
  const { issues } = result.error;
  const errors = issues.map(({ path, message }) => ({ pointer: pointerTo(path), detail: message }));
  const tooBig = (origin: string) => issues.every((issue) => issue.code === 'too_big' && issue.origin === origin);
  throw new Problem(
    tooBig('string')
      ? 'text-too-long'
      : tooBig('array') && issues.every(({ path }) => /^(claims|counterClaims)$/.test(String(path.at(-1))))
        ? 'too-many-claims'
        : 'invalid-input',
    { errors },
  );
};
