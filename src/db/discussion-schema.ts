import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { json, tenant } from './schema.ts';

// The tables of the discussion; `schema.ts` has the others.

/** Posts and replies, their present state. A deleted post stays as a tombstone so that replies keep their place. */
export const post = sqliteTable('post', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id').notNull(),
  prompt: text().notNull(),
  parentId: text('parent_id'),
  authorId: text('author_id').notNull(),
  role: text(),
  /** Words of the committed snapshot (or of the only version, for a reply). */
  words: integer().notNull(),
  /** When a version met the prompt's floor; what was committed then never changes. */
  committedAt: integer('committed_at'),
  committedVersion: integer('committed_version'),
  version: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  deletedAt: integer('deleted_at'),
  hiddenAt: integer('hidden_at'),
  hiddenReason: text('hidden_reason'),
  /** Waits for the staff to let it through. */
  heldAt: integer('held_at'),
  /** Takes no more replies. */
  lockedAt: integer('locked_at'),
  /** Stands before the others. */
  pinnedAt: integer('pinned_at'),
});

/** What a post said, version by version, as written and as shown. */
export const postVersion = sqliteTable(
  'post_version',
  {
    postId: text('post_id').notNull(),
    version: integer().notNull(),
    institutionId: tenant(),
    body: text().notNull(),
    html: text().notNull(),
    claims: json<string[]>('claims').notNull(),
    role: text(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.version] })],
);

/** Who asked the staff to look at a post, and why. */
export const postFlag = sqliteTable(
  'post_flag',
  {
    postId: text('post_id').notNull(),
    personId: text('person_id').notNull(),
    institutionId: tenant(),
    courseId: text('course_id').notNull(),
    reason: text().notNull(),
    createdAt: integer('created_at').notNull(),
    clearedAt: integer('cleared_at'),
  },
  (t) => [primaryKey({ columns: [t.postId, t.personId] })],
);

/** A post being written, kept by the server. */
export const draft = sqliteTable(
  'draft',
  {
    courseId: text('course_id').notNull(),
    personId: text('person_id').notNull(),
    prompt: text().notNull(),
    institutionId: tenant(),
    body: text().notNull(),
    claims: json<string[]>('claims').notNull(),
    role: text(),
    parentId: text('parent_id'),
    revision: integer().notNull().default(1),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.courseId, t.personId, t.prompt] })],
);
