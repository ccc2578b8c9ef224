import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { type Guard, guard } from '../db/guard.ts';
import { comesAfter } from '../db/keyset.ts';
import { apiKey, institution } from '../db/schema.ts';
import type { Position } from '../paging.ts';
import { type Action, type Actor, type ApiKey, permissions, type Role, type Scope } from './actor.ts';

/** What refuses an actor who no longer stands: the key revoked or without the scope, the person not enrolled in that role, the course not theirs. */
export const standingGuards = (actor: Actor, action: Action, courseId: string | undefined): Guard[] => {
  if (actor.kind === 'root' || actor.kind === 'nobody') return [];
  if (actor.kind === 'person')
    return [
      [
        sql`not exists (select 1 from enrolment where course_id = ${actor.courseId} and person_id = ${actor.personId}
          and institution_id = ${actor.institutionId} and role = ${actor.role} and withdrawn_at is null)`,
        'enrolment-ended',
      ],
    ];
  const key = sql`select 1 from api_key where hash = ${actor.hash} and institution_id = ${actor.institutionId} and revoked_at is null`;
  const { scope } = permissions[action] as { scope?: Scope };
  return [
    [sql`not exists (${key})`, 'credentials-invalid'],
    [
      sql`not exists (${key} and exists (select 1 from json_each(scopes) where value = ${scope ?? ''}))`,
      'not-permitted',
      { name: 'scope', value: sql`${scope ?? ''}` },
    ],
    ...(courseId === undefined
      ? []
      : [
          [
            sql`not exists (select 1 from course where id = ${courseId} and institution_id = ${actor.institutionId})`,
            'course-not-found',
          ] as const,
        ]),
  ];
};

/**
 * The first statement of every batch: refuses it unless the actor still stands (key live and scoped, person enrolled in
 * that role) and the course is theirs. `also` adds the request's own refusals, `from` rows that they
 * speak of.
 */
export const standing = (
  db: Database,
  actor: Actor,
  action: Action,
  courseId?: string,
  also: readonly Guard[] = [],
  from?: SQL,
) => {
  return guard(db, [...standingGuards(actor, action, courseId), ...also], from);
};

/** Makes the tenant's row. */
export const insertInstitution = (db: Database, row: typeof institution.$inferInsert) =>
  db.insert(institution).values(row);

/** Keeps a key's hash, never its secret. */
export const insertApiKey = (db: Database, row: typeof apiKey.$inferInsert) => db.insert(apiKey).values(row);

const keyColumns = {
  id: apiKey.id,
  name: apiKey.name,
  scopes: apiKey.scopes,
  createdAt: apiKey.createdAt,
  revokedAt: apiKey.revokedAt,
};

/** An institution's keys after `after`, oldest first, one more than `limit`. */
export const listApiKeys = (db: Database, institutionId: string, after: Position | null, limit: number) =>
  db
    .select(keyColumns)
    .from(apiKey)
    .where(and(eq(apiKey.institutionId, institutionId), comesAfter(apiKey, after)))
    .orderBy(asc(apiKey.createdAt), asc(apiKey.id))
    .limit(limit + 1);

/** Revokes a key; gives the row where there is one. Revoking twice keeps the first time. */
export const revokeApiKey = (db: Database, institutionId: string, id: string, now: number) =>
  db
    .update(apiKey)
    .set({ revokedAt: sql`coalesce(${apiKey.revokedAt}, ${now})` })
    .where(and(eq(apiKey.institutionId, institutionId), eq(apiKey.id, id)))
    .returning(keyColumns);

/** Refuses a key that is unknown or revoked, whatever it may do. */
export const keyIsDead = ({ hash, institutionId }: ApiKey): Guard => [
  sql`not exists (select 1 from api_key where hash = ${hash} and institution_id = ${institutionId} and revoked_at is null)`,
  'credentials-invalid',
];

export const findApiKey = (db: Database, { hash }: ApiKey) =>
  db.select(keyColumns).from(apiKey).where(eq(apiKey.hash, hash));

/** Refuses to hand out scopes that the key which asks does not have. */
export const scopesExceedOwn = (actor: Actor, scopes: readonly string[]): Guard[] =>
  actor.kind === 'key'
    ? [
        [
          sql`exists (select 1 from json_each(${JSON.stringify(scopes)}) wanted where wanted.value not in
            (select own.value from api_key k, json_each(k.scopes) own where k.hash = ${actor.hash}))`,
          'not-permitted',
        ],
      ]
    : [];

export const keyIsMissing = (institutionId: string, id: string): Guard => [
  sql`not exists (select 1 from api_key where id = ${id} and institution_id = ${institutionId})`,
  'key-not-found',
];

/** Somebody of an institution: by what its key calls them, or by our id. */
type Who = { externalId?: string | undefined; person?: string | undefined };

const enrolled = (institutionId: string, courseId: string, { externalId, person }: Who): SQL =>
  sql`person p join enrolment e on e.person_id = p.id and e.course_id = ${courseId} and e.withdrawn_at is null
    where p.institution_id = ${institutionId} and ${
      person === undefined
        ? sql`p.issuer = 'api' and p.subject = ${externalId}`
        : sql`p.id = ${person} and p.issuer <> 'erased'`
    }`;

/** Refuses where they are not in the course. */
export const isNotEnrolled = (institutionId: string, courseId: string, who: Who): Guard => [
  sql`not exists (select 1 from ${enrolled(institutionId, courseId, who)})`,
  'person-not-found',
];

/** A person's enrolment. Grades of those whom an LMS knows may have to go there. */
export const findEnrolment = (db: Database, institutionId: string, courseId: string, who: Who) =>
  db.all<{ id: string; externalId: string; name: string | null; role: Role; delivers: 0 | 1; isVisitor: 0 | 1 }>(
    sql`select p.id, p.subject as externalId, p.name, e.role, p.issuer <> 'api' or exists (select 1 from webhook w
        where w.institution_id = p.institution_id and w.state = 'active') as delivers,
      p.issuer <> 'api' and p.subject like 'anonymous:%' as isVisitor
      from ${enrolled(institutionId, courseId, who)}`,
  );
