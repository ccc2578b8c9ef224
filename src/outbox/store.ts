import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { type ActivityKind, eventOf } from '../grades/store.ts';

/** Whose deliveries, and where to: all where nothing is said. */
export type Whose = { courseId?: string; personId?: string; target?: DueRow['target'] };

/** Which delivery. */
export type DeliveryKey = { targetId: string; personId: string; kind: ActivityKind; activity: string };

export type DueRow = DeliveryKey & {
  institutionId: string;
  courseId: string;
  target: 'line-item' | 'webhook';
  version: number;
  tries: number;
  firstTriedAt: number | null;
  /** That of whoever had it in hand last. */
  stamp: number | null;
  outcome: string | null;
  /** JSON: points and maximum (1/100) of each score whose fate is not known. */
  tried: string | null;
  sentVersion: number | null;
  sentPoints: number | null;
  sentMax: number | null;
  sentSubmittedAt: number | null;
  issuer: string;
  subject: string;
  isLearner: 0 | 1;
  /** JSON: arrays of kind, activity, auto, override, rubric, max, event, time of change, attempts, last submission. */
  grades: string;
};

/** What goes out waits a second after the last stamp: a platform may cut timestamps to whole seconds (lti.md: Moodle). */
const STAMPS_APART_MS = 1000;

/** What waits for platforms that are paused, found once a query: a long queue is passed over by the index alone. */
const paused = (now: number): SQL => sql`select l.id from platform p cross join deployment f on f.platform_id = p.id
  cross join context c on c.deployment_id = f.id cross join placement l on l.course_id = c.course_id and l.context_id = c.id
  where p.paused_until > ${now}`;

/**
 * The deliveries that are due, a slice of them: a platform that is paused or not approved gets none. Of a course they are
 * read along `delivery_unsent`, which what was sent is not in.
 */
const due = (whose: Whose, now: number, limit: number): SQL => sql`
  select d.target_id, d.person_id, d.kind, d.activity, d.target, d.course_id from delivery d
  where d.state = 'waiting' and d.due_at <= ${now} and coalesce(d.claimed_until, 0) <= ${now}
    and coalesce(d.stamp, 0) <= ${now - STAMPS_APART_MS}
    and d.target_id not in (${paused(now)})
    ${whose.courseId === undefined ? sql`` : sql`and d.course_id = ${whose.courseId} and d.state <> 'sent'`}
    ${whose.personId === undefined ? sql`` : sql`and d.person_id = ${whose.personId}`}
    ${whose.target === undefined ? sql`` : sql`and d.target = ${whose.target}`}
    and iif(d.target = 'webhook', exists (select 1 from webhook w where w.id = d.target_id and w.state = 'active'),
      exists (select 1 from placement l join context c on c.id = l.context_id join deployment f on f.id = c.deployment_id
        join platform p on p.id = f.platform_id where l.id = d.target_id and f.state = 'active' and p.state = 'active'))
  order by d.due_at, d.target_id, d.person_id, d.kind, d.activity limit ${limit}`;

const submittedAt = sql`case g.kind
  when 'scenario' then (select max(a.submitted_at) from answer a where a.course_id = g.course_id and a.person_id = g.person_id and a.scenario = g.activity)
  when 'prompt' then (select max(coalesce(o.committed_at, o.created_at)) from post o where o.course_id = g.course_id and o.author_id = g.person_id and o.prompt = g.activity)
  end`;
const attempts = sql`iif(g.kind = 'scenario', (select count(*) from answer a where a.course_id = g.course_id
  and a.person_id = g.person_id and a.scenario = g.activity), 0)`;

/** The grades that a delivery `d` is made from, as JSON (`gradesOf` reads it). */
export const gradesBehind: SQL = sql`(select json_group_array(json_array(g.kind, g.activity, g.auto_points,
    g.override_points, g.rubric_points, g.max, ${eventOf}, g.updated_at, ${attempts}, ${submittedAt}))
  from grade g where g.course_id = d.course_id and g.person_id = d.person_id
    and iif(d.target = 'webhook', g.kind = d.kind and g.activity = d.activity,
      exists (select 1 from placement l, json_each(l.covers) c where l.id = d.target_id
        and c.value = g.kind || ':' || g.activity)))`;

/** Deliveries that are due, each with the grades it is made from. */
export const listDue = (db: Database, whose: Whose, now: number, limit: number) =>
  db.all<DueRow>(sql`select d.target_id as targetId, d.person_id as personId, d.kind, d.activity,
      d.institution_id as institutionId, d.course_id as courseId, d.target, d.version, d.tries,
      d.first_tried_at as firstTriedAt, d.stamp, d.outcome, d.tried, d.sent_version as sentVersion, d.sent_points as sentPoints,
      d.sent_max as sentMax, d.sent_submitted_at as sentSubmittedAt, p.issuer, p.subject,
      coalesce(e.role = 'learner' and e.test_user = 0, 0) as isLearner,
      ${gradesBehind} as grades
    from (${due(whose, now, limit)}) t join delivery d using (target_id, person_id, kind, activity)
    join person p on p.id = d.person_id
    left join enrolment e on e.course_id = d.course_id and e.person_id = d.person_id`);

export type PlacementRow = {
  id: string;
  institutionId: string;
  courseId: string;
  kind: ActivityKind;
  activity: string;
  title: string | null;
  issuer: string;
  covers: string;
  lineItemUrl: string | null;
  contextId: string;
  lineItemsUrl: string | null;
  scopes: string;
  platformId: string;
  platformName: string;
  product: string;
  clientId: string | null;
  tokenUrl: string | null;
  tokenAudience: string | null;
  tokens: string | null;
};

/** Placements with the services of their context and platform. `which` speaks of placement `l`, context `c`, platform `p`. */
export const listPlacements = (db: Database, which: SQL) =>
  db.all<PlacementRow>(sql`select l.id, l.institution_id as institutionId, l.course_id as courseId, l.kind, l.activity,
      l.title, l.issuer, l.covers, l.line_item_url as lineItemUrl, l.context_id as contextId,
      c.line_items_url as lineItemsUrl, c.scopes, p.id as platformId, p.name as platformName, p.product,
      p.client_id as clientId, p.token_url as tokenUrl, p.token_audience as tokenAudience, p.tokens
    from placement l join context c on c.id = l.context_id join deployment f on f.id = c.deployment_id
    join platform p on p.id = f.platform_id where ${which}`);

export type DueWebhookRow = { id: string; url: string; sealedSecret: string };

/** What the deliveries that are due are for: their placements, their webhooks, and the rules of their courses. */
export const listDueTargets = (db: Database, whose: Whose, now: number, limit: number, knownRules: readonly string[]) =>
  [
    listPlacements(db, sql`l.id in (select target_id from (${due(whose, now, limit)}) where target = 'line-item')`),
    db.all<DueWebhookRow>(sql`select id, url, sealed_secret as sealedSecret from webhook
      where id in (select target_id from (${due(whose, now, limit)}) where target = 'webhook')`),
    db.all<{ courseId: string; hash: string; doc: string | null }>(sql`select c.id as courseId, c.rule_set as hash,
        iif(c.rule_set in (select value from json_each(${JSON.stringify(knownRules)})), null, r.doc) as doc
      from course c join rule_set r on r.institution_id = c.institution_id and r.hash = c.rule_set
      where c.id in (select course_id from (${due(whose, now, limit)}))`),
  ] as const;
