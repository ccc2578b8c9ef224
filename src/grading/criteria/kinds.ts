import * as z from 'zod';
import { committedPost } from './committed-post.ts';
import { repliesToPeers } from './replies-to-peers.ts';
import { replyAcrossRoles } from './reply-across-roles.ts';

/** Every kind of participation criterion. The README's table is held to this list by a test. */
export const criterionKinds = [committedPost, repliesToPeers, replyAcrossRoles] as const;

export const criterionSchema = z
  .discriminatedUnion('kind', [committedPost.schema, repliesToPeers.schema, replyAcrossRoles.schema])
  .meta({ id: 'Criterion' });

export type Criterion = z.output<typeof criterionSchema>;
