import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { committedPost } from './committed-post.ts';
import type { CriterionKind } from './criterion.ts';
import { repliesToPeers } from './replies-to-peers.ts';
import { replyAcrossRoles } from './reply-across-roles.ts';

/** Every kind of participation criterion. The README's table is held to this list by a test. */
export const criterionKinds = [committedPost, repliesToPeers, replyAcrossRoles] as const;

export const criterionSchema = lazily(() =>
  z
    .discriminatedUnion('kind', [committedPost.schema(), repliesToPeers.schema(), replyAcrossRoles.schema()])
    .meta({ id: 'Criterion' }),
);

export type Criterion = z.output<ReturnType<typeof criterionSchema>>;

/** The kind of a criterion; its functions take that very criterion. */
export const kindOf = ({ kind }: Criterion): CriterionKind<Criterion> =>
  criterionKinds.find(({ id }) => id === kind) as CriterionKind<Criterion>;
