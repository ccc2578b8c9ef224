import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';
import { isCommitted, listOwnPosts, listPinned, listPosts, type PostRow, type Viewer } from './store.ts';

/** What a page of a prompt's posts is made of, for a batch: whether the gate is open, and the rows that it shows either way. */
export const postQueries = (db: Database, viewer: Viewer, prompt: string, after: Position | null, limit: number) =>
  [
    isCommitted(db, viewer, prompt),
    listPosts(db, viewer, prompt, after, limit),
    listOwnPosts(db, viewer, prompt, after, limit),
    listPinned(db, viewer, prompt, after),
  ] as const;

/** Of what those gave: the rows in their order, one more than a page has, and pinned ones to stand before them. */
export const shownPosts = (
  viewer: Viewer,
  gate: readonly { open: number }[],
  visible: PostRow[],
  own: PostRow[],
  pinned: PostRow[],
): { open: boolean; rows: PostRow[]; pinned: PostRow[] } =>
  viewer.staff || gate[0]?.open === 1 ? { open: true, rows: visible, pinned } : { open: false, rows: own, pinned: [] };
