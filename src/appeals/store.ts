import { sql } from 'drizzle-orm';
import { answersWhere } from '../answers/store.ts';
import type { Person } from '../auth/actor.ts';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { gradesWhere } from '../grades/store.ts';
import type { Position } from '../paging.ts';

export type AppealRow = {
  id: string;
  personId: string;
  externalId: string;
  name: string | null;
  answerId: string;
  scenario: string;
  claim: string;
  body: string;
  state: 'open' | 'denied' | 'upheld';
  reason: string | null;
  decidedBy: string | null;
  decidedAt: number | null;
  regradeId: string | null;
  createdAt: number;
};

const appealRows = sql`select l.id, l.person_id as personId, p.subject as externalId, p.name, l.answer_id as answerId, l.scenario,
  l.claim, l.body, l.state, l.reason, l.decided_by as decidedBy, l.decided_at as decidedAt, l.regrade_id as regradeId,
  l.created_at as createdAt from appeal l join person p on p.id = l.person_id`;

/** An appeal of a course; `onlyOf`: of this person alone. */
export const findAppeal = (db: Database, at: CourseAt, id: string, onlyOf: string | null) =>
  db.all<AppealRow>(sql`${appealRows} where l.id = ${id} and l.course_id = ${at.courseId}
    and l.institution_id = ${at.institutionId} and (${onlyOf} is null or l.person_id = ${onlyOf})`);

/** The answer that an appeal contests. */
export const findContested = (db: Database, at: CourseAt, id: string) =>
  answersWhere(db, at, sql`a.id = (select answer_id from appeal where id = ${id} and course_id = ${at.courseId})`);

/** The grade that an appeal is about. */
export const findContestedGrade = (db: Database, at: CourseAt, id: string) =>
  gradesWhere(
    db,
    at,
    sql`g.kind = 'scenario' and (g.person_id, g.activity) = (select person_id, scenario from appeal where id = ${id})`,
  );

/** A course's decided appeals before `before`, newest first, one more than `limit`. */
export const listDecidedAppeals = (db: Database, at: CourseAt, before: Position | null, limit: number) =>
  db.all<AppealRow>(sql`${appealRows} where l.course_id = ${at.courseId} and l.institution_id = ${at.institutionId}
      and l.state <> 'open' ${before ? sql`and l.id < ${before.id}` : sql``} order by l.id desc limit ${limit + 1}`);

/** A course's appeals after `after`, oldest first, one more than `limit`. */
export const listAppeals = (
  db: Database,
  at: CourseAt,
  filter: { onlyOf: string | null; state: AppealRow['state'] | null },
  after: Position | null,
  limit: number,
) =>
  db.all<AppealRow>(sql`${appealRows} where l.course_id = ${at.courseId} and l.institution_id = ${at.institutionId}
      and l.id > ${after?.id ?? ''} and (${filter.onlyOf} is null or l.person_id = ${filter.onlyOf})
      and (${filter.state} is null or l.state = ${filter.state})
    order by l.id limit ${limit + 1}`);

/** Refuses to contest what is not one's own answer, by a claim that it does not cite, or twice. */
export const appealIsRefused = (
  { courseId, personId }: Person,
  { answer: answerId, claim }: { answer: string; claim: string },
): Guard[] => [
  [
    sql`not exists (select 1 from answer where id = ${answerId} and course_id = ${courseId} and person_id = ${personId})`,
    'answer-not-found',
  ],
  [
    sql`not exists (select 1 from answer a, json_each(a.claims) where a.id = ${answerId} and value = ${claim})`,
    'claim-not-cited',
  ],
  [sql`exists (select 1 from appeal where answer_id = ${answerId} and state = 'open')`, 'appeal-exists'],
];

/** Keeps an appeal against an answer's verdict. */
export const insertAppeal = (
  db: Database,
  { institutionId, courseId, personId }: Person,
  appeal: { id: string; answerId: string; claim: string; body: string; now: number },
) =>
  db.run(sql`insert into appeal (id, institution_id, course_id, person_id, answer_id, scenario, claim, body, state, created_at)
    select ${appeal.id}, ${institutionId}, ${courseId}, ${personId}, id, scenario, ${appeal.claim}, ${appeal.body}, 'open',
      ${appeal.now} from answer where id = ${appeal.answerId}`);

/** Refuses to decide an appeal twice. */
export const appealIsDecided = (id: string): Guard => [
  sql`exists (select 1 from appeal where id = ${id} and state <> 'open')`,
  'appeal-decided',
];

/** Decides an appeal. */
export const updateAppealDecided = (
  db: Database,
  id: string,
  decision: { state: 'denied' | 'upheld'; reason: string; by: string; now: number },
) =>
  db.run(sql`update appeal set state = ${decision.state}, reason = ${decision.reason}, decided_by = ${decision.by},
    decided_at = ${decision.now} where id = ${id}`);

/** Names the dry run that an upheld appeal started. */
export const updateAppealRegrade = (db: Database, id: string, regradeId: string) =>
  db.run(sql`update appeal set regrade_id = ${regradeId} where id = ${id}`);
