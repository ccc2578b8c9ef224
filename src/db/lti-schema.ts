import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { json, tenant } from './schema.ts';

// What stands between us and an LMS, a line on each. The words are those of LTI 1.3.

/** The tool's signing keys, the private part sealed: next, current and retired are told by their age (lms/keys.ts). */
export const toolKey = sqliteTable('tool_key', {
  kid: text().primaryKey(),
  publicJwk: text('public_jwk').notNull(),
  sealedPrivateJwk: text('sealed_private_jwk').notNull(),
  createdAt: integer('created_at').notNull(),
});

/** An LMS, registered as a client of ours by (issuer, client id). An invitation is one that has not answered yet. */
export const platform = sqliteTable('platform', {
  id: text().primaryKey(),
  institutionId: tenant(),
  name: text().notNull(),
  product: text({ enum: ['moodle', 'canvas', 'd2l', 'blackboard', 'sakai', 'other'] }).notNull(),
  state: text({ enum: ['invited', 'pending', 'active', 'disabled'] }).notNull(),
  issuer: text(),
  clientId: text('client_id'),
  authUrl: text('auth_url'),
  tokenUrl: text('token_url'),
  /** What our assertions name as their audience, where it is not the token URL. */
  tokenAudience: text('token_audience'),
  jwksUrl: text('jwks_url'),
  /** 1: a deployment that a launch brings is approved at once. */
  approvesDeployments: integer('approves_deployments').notNull().default(0),
  allowsAnonymous: integer('allows_anonymous').notNull().default(0),
  inviteHash: text('invite_hash').unique(),
  inviteExpiresAt: integer('invite_expires_at'),
  /** Sealed: what Dynamic Registration knows between its two steps. */
  registration: text(),
  /** The platform's key set, as last fetched well. */
  jwks: text(),
  jwksAt: integer('jwks_at'),
  /** Sealed: access tokens by their scopes. */
  tokens: text(),
  /** The platform asked to be left alone until then. */
  pausedUntil: integer('paused_until'),
  revision: integer().notNull().default(1),
  createdAt: integer('created_at').notNull(),
});

/** One place where a platform offers the tool. A tenant hangs on this. */
export const deployment = sqliteTable('deployment', {
  id: text().primaryKey(),
  institutionId: tenant(),
  platformId: text('platform_id').notNull(),
  deploymentId: text('deployment_id').notNull(),
  state: text({ enum: ['pending', 'active', 'disabled'] }).notNull(),
  createdAt: integer('created_at').notNull(),
});

/** The LMS's course behind one of ours, and its services. */
export const context = sqliteTable('context', {
  id: text().primaryKey(),
  institutionId: tenant(),
  deploymentId: text('deployment_id').notNull(),
  contextId: text('context_id').notNull(),
  courseId: text('course_id').notNull(),
  membershipsUrl: text('memberships_url'),
  lineItemsUrl: text('line_items_url'),
  /** AGS scopes that the last launch offered. */
  scopes: json<string[]>('scopes').notNull(),
  /** The last whole roster sync, or why there was none. */
  syncedAt: integer('synced_at'),
  syncDetail: text('sync_detail'),
  createdAt: integer('created_at').notNull(),
});

/**
 * Where the LMS shows one of our activities: a resource link, its line item, or both. `covers` lists the graded activities
 * (`scenario:S29`) whose points make its score; empty where nothing is graded. `activity` is '' for the whole course.
 */
export const placement = sqliteTable('placement', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id').notNull(),
  contextId: text('context_id').notNull(),
  resourceLinkId: text('resource_link_id'),
  kind: text({ enum: ['course', 'unit', 'scenario', 'prompt'] }).notNull(),
  activity: text().notNull(),
  title: text(),
  /** The platform's issuer: whose people have a place in its gradebook. */
  issuer: text().notNull(),
  covers: json<string[]>('covers').notNull(),
  lineItemUrl: text('line_item_url'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/** Where an institution wants to be told of grades. */
export const webhook = sqliteTable('webhook', {
  id: text().primaryKey(),
  institutionId: tenant(),
  url: text().notNull(),
  sealedSecret: text('sealed_secret').notNull(),
  state: text({ enum: ['active', 'disabled'] }).notNull(),
  createdAt: integer('created_at').notNull(),
});

/**
 * The outbox: one row for each grade of a person at each target (a placement's line item, or a webhook), written by the
 * triggers of `grade`; `version` rises with every change, so the latest wins. `stamp` is the timestamp of the last score
 * tried; `sent…` what the target is known to have.
 */
export const delivery = sqliteTable(
  'delivery',
  {
    targetId: text('target_id').notNull(),
    personId: text('person_id').notNull(),
    kind: text({ enum: ['unit', 'scenario', 'prompt'] }).notNull(),
    activity: text().notNull(),
    institutionId: tenant(),
    courseId: text('course_id').notNull(),
    target: text({ enum: ['line-item', 'webhook'] }).notNull(),
    state: text({ enum: ['waiting', 'sent', 'refused', 'conflict'] }).notNull(),
    version: integer().notNull().default(1),
    dueAt: integer('due_at').notNull(),
    tries: integer().notNull().default(0),
    firstTriedAt: integer('first_tried_at'),
    claimedUntil: integer('claimed_until'),
    stamp: integer(),
    outcome: text(),
    detail: text(),
    sentVersion: integer('sent_version'),
    sentPoints: integer('sent_points'),
    sentMax: integer('sent_max'),
    sentSubmittedAt: integer('sent_submitted_at'),
    sentAt: integer('sent_at'),
    /** Scores whose fate is not known: a target may have one of them in place of what was sent; and a mark typed there. */
    tried: json<[points: number | null, max: number, submittedAt: number | null, theirs?: string][]>('tried'),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.targetId, t.personId, t.kind, t.activity] })],
);

/** Launches and why they failed; `stateHash` of one that opened makes its state single-use. Kept for its retention only. */
export const launch = sqliteTable('launch', {
  id: text().primaryKey(),
  institutionId: tenant(),
  platformId: text('platform_id'),
  stateHash: text('state_hash').unique(),
  outcome: text().notNull(),
  messageType: text('message_type'),
  deploymentId: text('deployment_id'),
  courseId: text('course_id'),
  personId: text('person_id'),
  detail: text(),
  createdAt: integer('created_at').notNull(),
});
