import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// Every table but those of the discussion (discussion-schema.ts) and of LTI (lti-schema.ts), a line on each. Times are integers in milliseconds UTC, points integers of 1/100, JSON is text.
// What drizzle/ creates and what stands here are held together by a test.

/** The column that says whose a row is. */
export const tenant = () => text('institution_id').notNull();
/** A column of JSON text. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();

/** A tenant: a university, a school. */
export const institution = sqliteTable('institution', {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer('created_at').notNull(),
});

/** A key by which an LMS speaks for its institution. Only the hash of the secret is kept. */
export const apiKey = sqliteTable('api_key', {
  id: text().primaryKey(),
  institutionId: tenant(),
  name: text().notNull(),
  hash: text().notNull().unique(),
  scopes: json<string[]>('scopes').notNull(),
  createdAt: integer('created_at').notNull(),
  revokedAt: integer('revoked_at'),
});

/** Published rule sets: immutable by trigger, named by the hash of their canonical JSON. */
export const ruleSet = sqliteTable(
  'rule_set',
  {
    institutionId: tenant(),
    hash: text().notNull(),
    doc: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.institutionId, t.hash] })],
);

/** A class. `revision` is its ETag. */
export const course = sqliteTable('course', {
  id: text().primaryKey(),
  institutionId: tenant(),
  name: text().notNull(),
  timeZone: text('time_zone').notNull(),
  ruleSet: text('rule_set').notNull(),
  /** 1: a learner's first post waits for the staff. */
  holdFirstPosts: integer('hold_first_posts').notNull().default(0),
  revision: integer().notNull().default(1),
  createdAt: integer('created_at').notNull(),
});

/** Somebody, known by (issuer, subject), never by e-mail. */
export const person = sqliteTable('person', {
  id: text().primaryKey(),
  institutionId: tenant(),
  issuer: text().notNull(),
  subject: text().notNull(),
  name: text(),
  createdAt: integer('created_at').notNull(),
});

/** A person's role in a course. `revision` is the ETag of the person in the course. */
export const enrolment = sqliteTable(
  'enrolment',
  {
    courseId: text('course_id').notNull(),
    personId: text('person_id').notNull(),
    institutionId: tenant(),
    role: text({ enum: ['learner', 'assistant', 'instructor'] }).notNull(),
    withdrawnAt: integer('withdrawn_at'),
    /** 1: the LMS's test student, who has no place in its gradebook. */
    testUser: integer('test_user').notNull().default(0),
    revision: integer().notNull().default(1),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.courseId, t.personId] })],
);

/** When a unit, a prompt or one criterion of a prompt (`prompt:criterion`) opens, is due and closes; `personId` '' is the class, else an extension. */
export const activityWindow = sqliteTable(
  'activity_window',
  {
    courseId: text('course_id').notNull(),
    kind: text({ enum: ['unit', 'prompt', 'criterion'] }).notNull(),
    activity: text().notNull(),
    personId: text('person_id').notNull().default(''),
    institutionId: tenant(),
    opensAt: integer('opens_at'),
    dueAt: integer('due_at'),
    closesAt: integer('closes_at'),
  },
  (t) => [primaryKey({ columns: [t.courseId, t.personId, t.kind, t.activity] })],
);

/**
 * Answers to scenarios, kept for ever as submitted, each the ledger's row of its first verdict. `points` is what the
 * verdict's are after deductions, `autoPoints` what the attempts make of them, `gradePoints` the effective grade right
 * after. `fullCredit`: this or an earlier attempt reached full credit.
 */
export const answer = sqliteTable('answer', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id').notNull(),
  personId: text('person_id').notNull(),
  scenario: text().notNull(),
  attempt: integer().notNull(),
  role: text().notNull(),
  claims: json<string[]>('claims').notNull(),
  counterClaims: json<string[]>('counter_claims').notNull(),
  reason: text(),
  lateMs: integer('late_ms').notNull(),
  submittedAt: integer('submitted_at').notNull(),
  fullCredit: integer('full_credit').notNull(),
  verdictId: integer('verdict_id').notNull(),
  points: integer(),
  autoPoints: integer('auto_points'),
  gradePoints: integer('grade_points'),
});

/** What a rule set makes of an answer's key, stored once under that pair. */
export const verdict = sqliteTable('verdict', {
  id: integer().primaryKey(),
  institutionId: tenant(),
  ruleSet: text('rule_set').notNull(),
  answerKey: text('answer_key').notNull(),
  engine: integer().notNull(),
  credit: integer().notNull(),
  points: integer(),
  max: integer().notNull(),
  trace: text().notNull(),
});

/**
 * The append-only ledger beside the answers and the applied regrades: participation, overrides and their lifting, points
 * by hand. What a submission causes at once has the submission's id. `gradePoints` is the effective grade right after.
 */
export const gradeEvent = sqliteTable('grade_event', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id').notNull(),
  personId: text('person_id').notNull(),
  kind: text({ enum: ['scenario', 'prompt', 'unit'] }).notNull(),
  activity: text().notNull(),
  type: text({ enum: ['participation', 'override', 'lift', 'rubric'] }).notNull(),
  ruleSet: text('rule_set'),
  /** Participation: the counts by criterion it was made from. Rubric: the points by criterion. */
  counted: json<Record<string, number>>('counted'),
  points: integer(),
  max: integer().notNull(),
  gradePoints: integer('grade_points'),
  actor: text().notNull(),
  reason: text(),
  createdAt: integer('created_at').notNull(),
});

/** Effective grades: a projection of the ledger, written by its triggers alone. The override, while there is one, wins. */
export const grade = sqliteTable(
  'grade',
  {
    courseId: text('course_id').notNull(),
    personId: text('person_id').notNull(),
    kind: text({ enum: ['scenario', 'prompt', 'unit'] }).notNull(),
    activity: text().notNull(),
    institutionId: tenant(),
    autoPoints: integer('auto_points'),
    overridePoints: integer('override_points'),
    overrideEventId: text('override_event_id'),
    rubricPoints: integer('rubric_points'),
    max: integer().notNull(),
    /** Of a regrade its id and a dot: person, kind and activity, which the event's name ends with, stand here already. */
    eventId: text('event_id').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.courseId, t.personId, t.kind, t.activity] })],
);

/** A course's rule set being edited. `doc` may be faulty: `check` says how. */
export const ruleDraft = sqliteTable('rule_draft', {
  courseId: text('course_id').primaryKey(),
  institutionId: tenant(),
  base: text().notNull(),
  doc: text().notNull(),
  revision: integer().notNull(),
  updatedBy: text('updated_by').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

/**
 * A dry run and, once it is applied, the regrade: what a rule set would make of a course's grades. Goes on in slices from
 * `cursor`. `hash` is the ETag that applying wants.
 */
export const regrade = sqliteTable('regrade', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id').notNull(),
  ruleSet: text('rule_set').notNull(),
  state: text({ enum: ['grading', 'comparing', 'hashing', 'ready', 'applying', 'applied', 'failed'] }).notNull(),
  /** The person up to whom the present state has come, and the last of the slice at hand. */
  cursor: text().notNull().default(''),
  upto: text(),
  /** Grades looked at by the dry run. */
  graded: integer().notNull().default(0),
  hash: text().notNull().default(''),
  counts: text(),
  policy: text({ enum: ['raise-only', 'replace'] }),
  reason: text(),
  /** Changes gone through, of `total`. */
  done: integer().notNull().default(0),
  total: integer().notNull().default(0),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  appliedBy: text('applied_by'),
  appliedAt: integer('applied_at'),
});

/**
 * A grade that a regrade changes; the ledger's row once it is applied (event id `regrade.person.kind.activity`). Points are
 * the automatic ones, after deductions. `answerId`, `verdictId`: the attempt that counts, under the new rules.
 */
export const regradeChange = sqliteTable(
  'regrade_change',
  {
    regradeId: text('regrade_id').notNull(),
    personId: text('person_id').notNull(),
    kind: text({ enum: ['scenario', 'prompt'] }).notNull(),
    activity: text().notNull(),
    institutionId: tenant(),
    wasPoints: integer('was_points'),
    points: integer(),
    wasMax: integer('was_max').notNull(),
    max: integer().notNull(),
    answerId: text('answer_id'),
    verdictId: integer('verdict_id'),
    /** How many attempts were compared. */
    attempts: integer(),
    counted: text(),
    overridePoints: integer('override_points'),
    rubricPoints: integer('rubric_points'),
    /** The event the grade stood on: another one since means that the row may have moved. */
    wasEventId: text('was_event_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.regradeId, t.personId, t.kind, t.activity] })],
);

/** A student contests a verdict, citing a claim. */
export const appeal = sqliteTable('appeal', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id').notNull(),
  personId: text('person_id').notNull(),
  answerId: text('answer_id').notNull(),
  scenario: text().notNull(),
  claim: text().notNull(),
  body: text().notNull(),
  state: text({ enum: ['open', 'denied', 'upheld'] }).notNull(),
  reason: text(),
  decidedBy: text('decided_by'),
  decidedAt: integer('decided_at'),
  regradeId: text('regrade_id'),
  createdAt: integer('created_at').notNull(),
});

/** Requests that were carried out under an Idempotency-Key: what came of them, so that a retry gets the same answer. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    actor: text().notNull(),
    key: text().notNull(),
    institutionId: tenant(),
    fingerprint: text().notNull(),
    /** The id of what was made; its rows give the response again. */
    resultId: text('result_id').notNull(),
    /** What the response needs beside those rows; secrets in it are sealed. */
    facts: json<Record<string, unknown>>('facts'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] })],
);

/** Who changed what and why. Append-only; only the words of an erased person go. */
export const auditEvent = sqliteTable('audit_event', {
  id: text().primaryKey(),
  institutionId: tenant(),
  courseId: text('course_id'),
  actor: text().notNull(),
  action: text().notNull(),
  subject: text().notNull(),
  reason: text(),
  createdAt: integer('created_at').notNull(),
});

/** Which migrations have run. */
export const migration = sqliteTable('migration', {
  name: text().primaryKey(),
  appliedAt: integer('applied_at').notNull(),
});
