import * as z from 'zod';
import { criterionFields, defineCriterion } from './criterion.ts';

/** A post of one's own that met the floor (words and cited claims) when it was made. */
export const committedPost = defineCriterion({
  id: 'committed-post',
  title: 'A post of your own',
  schema: () =>
    z.strictObject({
      kind: z.literal('committed-post'),
      ...criterionFields(),
      claims: z.int().min(0).max(20),
    }),
  fact: 'committedPosts',
  target: () => 1,
  needs: ({ words, claims }) =>
    `Post at least ${words} words${claims === 0 ? '' : ` and cite at least ${claims} ${claims === 1 ? 'claim' : 'claims'}`}.`,
});
