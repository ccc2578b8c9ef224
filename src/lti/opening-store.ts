import { type SQL, sql } from 'drizzle-orm';
import type { Role } from '../auth/actor.ts';
import type { Database } from '../db/client.ts';
import { type Guard, guard } from '../db/guard.ts';
import type { Content } from '../lms/covers.ts';

/** A launch that opens, as it is written. New ids are used where there is no row yet. Times in ms. */
export type Opening = {
  id: string;
  at: number;
  institutionId: string;
  platformId: string;
  issuer: string;
  deploymentId: string;
  /** What makes its state single-use. */
  stateHash: string;
  messageType: string;
  context: {
    id: string;
    newId: string;
    newCourse: string;
    name: string;
    membershipsUrl: string | null;
    lineItemsUrl: string | null;
    scopes: string[] | null;
  };
  person: { newId: string; subject: string; name: string | null; role: Role; testUser: boolean };
  placement:
    | (Content & {
        newId: string;
        resourceLinkId: string;
        title: string | null;
        covers: string[];
        lineItemUrl: string | null;
      })
    | null;
};

// The rows as the batch finds or makes them: two first launches of a course at once must come to one course.
const deploymentOf = ({ platformId, deploymentId }: Opening): SQL =>
  sql`(select id from deployment where platform_id = ${platformId} and deployment_id = ${deploymentId})`;
const contextOf = (opening: Opening): SQL =>
  sql`context where deployment_id = ${deploymentOf(opening)} and context_id = ${opening.context.id}`;
/** In SQL, the course that it opens. */
export const courseOf = (opening: Opening): SQL => sql`(select course_id from ${contextOf(opening)})`;
const personOf = ({ institutionId, issuer }: Opening, subject: string): SQL =>
  sql`(select id from person where institution_id = ${institutionId} and issuer = ${issuer} and subject = ${subject})`;

const openingRefusals = (opening: Opening): Guard[] => [
  [sql`exists (select 1 from launch where state_hash = ${opening.stateHash})`, 'launch-used'],
  [
    sql`not exists (select 1 from platform p join deployment d on d.platform_id = p.id and d.state = 'active'
      and d.deployment_id = ${opening.deploymentId} where p.id = ${opening.platformId} and p.state = 'active')`,
    'launch-overtaken',
  ],
];

/** Refuses a second opening of one launch, and one whose platform or deployment was switched off meanwhile. */
export const opensOnce = (db: Database, opening: Opening) => guard(db, openingRefusals(opening));

/** A course for a context that has none. */
export const insertCourseOf = (db: Database, opening: Opening, ruleSet: string) =>
  db.run(sql`insert into course (id, institution_id, name, time_zone, rule_set, created_at)
    select ${opening.context.newCourse}, ${opening.institutionId}, ${opening.context.name}, 'UTC', ${ruleSet}, ${opening.at}
    where not exists (select 1 from ${contextOf(opening)})`);

/** In SQL, whether this launch made the course. */
export const madeCourse = ({ context }: Opening): SQL =>
  sql`exists (select 1 from course where id = ${context.newCourse})`;

/** The context with its services; what this launch does not name of them stays. */
export const upsertContext = (db: Database, opening: Opening) => {
  const { context } = opening;
  const scopes = context.scopes && JSON.stringify(context.scopes);
  return db.run(sql`insert into context (id, institution_id, deployment_id, context_id, course_id, memberships_url,
      line_items_url, scopes, created_at)
    values (${context.newId}, ${opening.institutionId}, ${deploymentOf(opening)}, ${context.id},
      coalesce(${courseOf(opening)}, ${context.newCourse}), ${context.membershipsUrl}, ${context.lineItemsUrl},
      ${scopes ?? '[]'}, ${opening.at})
    on conflict (deployment_id, context_id) do update set
      memberships_url = coalesce(excluded.memberships_url, memberships_url),
      line_items_url = coalesce(excluded.line_items_url, line_items_url), scopes = coalesce(${scopes}, scopes)`);
};

/** The person by (issuer, subject); a name that is not sent stays. */
export const upsertLaunchedPerson = (db: Database, opening: Opening) =>
  db.run(sql`insert into person (id, institution_id, issuer, subject, name, created_at)
    values (${opening.person.newId}, ${opening.institutionId}, ${opening.issuer}, ${opening.person.subject},
      ${opening.person.name}, ${opening.at})
    on conflict (institution_id, issuer, subject) do update set name = coalesce(excluded.name, name)`);

/** In SQL, who launches. */
export const launchedPerson = (opening: Opening): SQL => personOf(opening, opening.person.subject);

/** In SQL, whether this launch changes what the person is in the course. */
export const changesRole = (opening: Opening): SQL =>
  sql`not exists (select 1 from enrolment where course_id = ${courseOf(opening)} and person_id = ${launchedPerson(opening)}
    and role = ${opening.person.role} and withdrawn_at is null)`;

/** Enrols whoever launches with the role that the LMS gives them; takes back a withdrawal. */
export const upsertLaunchedEnrolment = (db: Database, opening: Opening) => {
  const { role, testUser } = opening.person;
  return db.run(sql`insert into enrolment (course_id, person_id, institution_id, role, test_user, created_at)
    values (${courseOf(opening)}, ${launchedPerson(opening)}, ${opening.institutionId}, ${role}, ${testUser ? 1 : 0},
      ${opening.at})
    on conflict (course_id, person_id) do update
      set role = excluded.role, test_user = excluded.test_user, withdrawn_at = null, revision = revision + 1
      where (role, test_user, withdrawn_at) is not (excluded.role, excluded.test_user, null)`);
};

/** Of a column that was published before anybody opened the activity from the LMS the link is the place. */
export const adoptPublished = (db: Database, opening: Opening, one: NonNullable<Opening['placement']>) =>
  db.run(sql`update placement set resource_link_id = ${one.resourceLinkId}
    where context_id = (select id from ${contextOf(opening)}) and kind = ${one.kind} and activity = ${one.activity}
      and resource_link_id is null and not exists (select 1 from placement o where o.context_id = placement.context_id
        and o.resource_link_id = ${one.resourceLinkId})`);

/**
 * A link that opens something else by now keeps its column, and what is known of each score there: nobody has two, and a
 * mark changed by hand stays known. Nothing is sent for the whole course.
 */
export const moveDeliveries = (
  db: Database,
  opening: Opening,
  { kind, activity, ...one }: NonNullable<Opening['placement']>,
) => {
  const moved = sql`select id from placement where resource_link_id = ${one.resourceLinkId}
    and context_id = (select id from ${contextOf(opening)}) and (kind, activity) is not (${kind}, ${activity})`;
  return db.run(
    kind === 'course'
      ? sql`delete from delivery where target_id in (${moved})`
      : sql`update or replace delivery set kind = ${kind}, activity = ${activity} where target_id in (${moved})`,
  );
};

/** The placement of a resource link; a line item that this launch does not name stays. */
export const upsertPlacement = (db: Database, opening: Opening, one: NonNullable<Opening['placement']>) =>
  db.run(sql`insert into placement (id, institution_id, course_id, context_id, resource_link_id, kind, activity, title, issuer,
      covers, line_item_url, created_at, updated_at)
    values (${one.newId}, ${opening.institutionId}, ${courseOf(opening)}, (select id from ${contextOf(opening)}),
      ${one.resourceLinkId}, ${one.kind}, ${one.activity}, ${one.title}, ${opening.issuer}, ${JSON.stringify(one.covers)},
      ${one.lineItemUrl}, ${opening.at}, ${opening.at})
    on conflict (resource_link_id, context_id) do update set kind = excluded.kind, activity = excluded.activity,
      title = coalesce(excluded.title, title), covers = excluded.covers,
      line_item_url = coalesce(excluded.line_item_url, line_item_url), updated_at = excluded.updated_at
    where (kind, activity, covers, title, line_item_url) is not (excluded.kind, excluded.activity, excluded.covers,
      coalesce(excluded.title, title), coalesce(excluded.line_item_url, line_item_url))`);

/** The log's row of a launch that opened. */
export const insertOpenedLaunch = (db: Database, opening: Opening, outcome: string) =>
  db.run(sql`insert into launch (id, institution_id, platform_id, state_hash, outcome, message_type, deployment_id, course_id,
      person_id, created_at)
    values (${opening.id}, ${opening.institutionId}, ${opening.platformId}, ${opening.stateHash}, ${outcome},
      ${opening.messageType}, ${opening.deploymentId}, ${courseOf(opening)}, ${launchedPerson(opening)}, ${opening.at})`);

/** Where the launch has come to: the course, the person, and whose work is to be reviewed, if they are known. */
export const findOpened = (db: Database, opening: Opening, reviewed: string | null) =>
  db.all<{ courseId: string; personId: string; reviewedId: string | null }>(
    sql`select ${courseOf(opening)} as courseId, ${launchedPerson(opening)} as personId,
      ${personOf(opening, reviewed ?? '')} as reviewedId`,
  );
