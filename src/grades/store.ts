import { type SQL, sql } from 'drizzle-orm';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../paging.ts';

export type ActivityKind = 'scenario' | 'prompt' | 'unit';

/** One grade of one person. */
export type GradeAt = CourseAt & { personId: string; kind: ActivityKind; activity: string };

export type GradeRow = {
  kind: ActivityKind;
  activity: string;
  auto: number | null;
  override: number | null;
  rubric: number | null;
  max: number;
  /** The event that made the grade what it is: the override's while there is one. */
  eventId: string;
};

/** `effectiveGrade` of gradebook.ts in SQL: the override, else the automatic points and those by hand. */
export const effectivePoints = (override: SQL, auto: SQL, rubric: SQL): SQL =>
  sql`coalesce(${override}, ${auto} + coalesce(${rubric}, 0), ${rubric})`;

/** The event that counts of a grade `g`. A regrade's event is kept as the regrade's id with a dot: the row itself has the rest of the name. */
export const eventOf = sql`coalesce(g.override_event_id, iif(g.event_id like '%.', g.event_id || g.person_id || '.' || g.kind || '.' || g.activity,
  g.event_id))`;

const gradeColumns = sql`g.kind, g.activity, g.auto_points as auto, g.override_points as override, g.rubric_points as rubric, g.max,
  ${eventOf} as eventId`;

/** A course's effective grades; `where` speaks of the grade `g`. */
export const gradesWhere = (db: Database, at: CourseAt, where: SQL) =>
  db.all<GradeRow>(sql`select ${gradeColumns} from grade g
    where g.course_id = ${at.courseId} and g.institution_id = ${at.institutionId} and ${where}`);

/** A person's effective grades in a course. */
export const listGrades = (db: Database, at: CourseAt, personId: string) =>
  gradesWhere(db, at, sql`g.person_id = ${personId}`);

export type GradebookRow = {
  id: string;
  externalId: string;
  name: string | null;
  role: 'learner' | 'assistant' | 'instructor';
  createdAt: number;
  /** JSON: arrays of kind, activity, auto, override, rubric, max, event. */
  grades: string;
};

/** A page of the gradebook: whoever comes `after`, and, where `named` is not empty, whose name holds it. */
export type GradebookPage = { after: Position | null; limit: number; named?: string };

const isOnPage = (at: CourseAt, { after, named = '' }: GradebookPage): SQL =>
  sql`e.course_id = ${at.courseId} and e.institution_id = ${at.institutionId} and e.person_id > ${after?.id ?? ''}
    and e.role = 'learner' and e.withdrawn_at is null
    and (${named} = '' or exists (select 1 from person n where n.id = e.person_id and instr(lower(n.name), lower(${named})) > 0))`;

/** The learners of a page, one more than `limit`: the rest of a query that selects of their enrolments. */
export const pageOfLearners = (at: CourseAt, page: GradebookPage): SQL =>
  sql`from enrolment e where ${isOnPage(at, page)} order by e.person_id limit ${page.limit + 1}`;

/** A page of learners, in the order of their ids (which sort by time), with all their grades, one more than `limit`, in one statement. */
export const listGradebook = (db: Database, at: CourseAt, page: GradebookPage) =>
  db.all<GradebookRow>(sql`select p.id, p.subject as externalId, p.name, e.role, e.created_at as createdAt,
      (select json_group_array(json_array(g.kind, g.activity, g.auto_points, g.override_points, g.rubric_points,
        g.max, ${eventOf}))
        from grade g where g.course_id = e.course_id and g.person_id = e.person_id) as grades
    from enrolment e join person p on p.id = e.person_id
    where ${isOnPage(at, page)} order by e.person_id limit ${page.limit + 1}`);

/** The learner after somebody, in the order of the gradebook. */
export const findNextLearner = (db: Database, at: CourseAt, personId: string) =>
  db.all<{
    id: string;
    name: string | null;
  }>(sql`select p.id, p.name from enrolment e join person p on p.id = e.person_id
    where ${isOnPage(at, { after: { at: 0, id: personId }, limit: 0 })} order by e.person_id limit 1`);

export type LateRow = { personId: string; scenario: string };

/** Scenarios whose grade stands on an answer that came late: the one that earned it, or else every one. */
const listLate = (db: Database, at: CourseAt, isTheirs: SQL) => {
  const onTime = sql`select 1 from answer o where o.course_id = a.course_id and o.person_id = a.person_id
    and o.scenario = a.scenario and o.late_ms = 0`;
  return db.all<LateRow>(sql`select distinct a.person_id as personId, a.scenario from answer a
    join grade g on g.course_id = a.course_id and g.person_id = a.person_id and g.kind = 'scenario' and g.activity = a.scenario
    where a.course_id = ${at.courseId} and a.institution_id = ${at.institutionId} and a.person_id ${isTheirs} and a.late_ms > 0
      and (a.points = g.auto_points or not exists (${onTime}))
      and not exists (${onTime} and o.points = g.auto_points)`);
};

export const listLateOf = (db: Database, at: CourseAt, personId: string) => listLate(db, at, sql`= ${personId}`);

/** The same for a page of the gradebook. */
export const listLateOfPage = (db: Database, at: CourseAt, page: GradebookPage) =>
  listLate(db, at, sql`in (select e.person_id ${pageOfLearners(at, page)})`);

export type ChangedGradeRow = GradeRow & { personId: string; externalId: string; updatedAt: number };

/** Where a page of changed grades ends. */
export type ChangedGradePosition = { at: number; personId: string; kind: string; activity: string };

/** The course's grades after `after` in the order of their last change, one more than `limit`; read along `grade_by_change`. */
export const listChangedGrades = (db: Database, at: CourseAt, after: ChangedGradePosition, limit: number) =>
  db.all<ChangedGradeRow>(sql`select ${gradeColumns}, g.person_id as personId, p.subject as externalId, g.updated_at as updatedAt
    from grade g join person p on p.id = g.person_id
    where g.course_id = ${at.courseId} and g.institution_id = ${at.institutionId}
      and (g.updated_at, g.person_id, g.kind, g.activity) > (${after.at}, ${after.personId}, ${after.kind}, ${after.activity})
    order by g.updated_at, g.person_id, g.kind, g.activity limit ${limit + 1}`);

/** True in SQL for the row of this grade. */
export const theGrade = (at: GradeAt): SQL =>
  sql`course_id = ${at.courseId} and institution_id = ${at.institutionId} and person_id = ${at.personId} and kind = ${at.kind} and activity = ${at.activity}`;

export const findGrade = (db: Database, at: GradeAt) =>
  db.all<GradeRow>(sql`select ${gradeColumns} from grade g where ${theGrade(at)}`);
