import { v7 } from 'uuid';
import type { Role } from '../../src/auth/actor.ts';
import { signSession } from '../../src/auth/sessions.ts';
import { coversUnder } from '../../src/lms/covers.ts';
import { deliverDue } from '../../src/outbox/deliver.ts';
import { newPlatform, type PlatformWish } from './lms.ts';
import { newWorld, type Somebody, type World } from './world.ts';

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope';
/** Every scope of AGS 2.0. */
export const allScopes = ['lineitem', 'lineitem.readonly', 'result.readonly', 'score'].map((one) => `${AGS}/${one}`);

export type Platform = Awaited<ReturnType<typeof newPlatform>>;
/** Somebody who is known to an LMS: `externalId` is what it calls them. */
export type LtiSomebody = Somebody;

const enrolled = async (world: World, issuer: string, subject: string, role: Role): Promise<LtiSomebody> => {
  const { institution: institutionId, course: courseId, clock } = world;
  const id = v7();
  await world.db.$client.batch([
    {
      sql: 'insert into person (id, institution_id, issuer, subject, created_at) values (?, ?, ?, ?, ?)',
      args: [id, institutionId, issuer, subject, clock.now],
    },
    {
      sql: 'insert into enrolment (course_id, person_id, institution_id, role, created_at) values (?, ?, ?, ?, ?)',
      args: [courseId, id, institutionId, role, clock.now],
    },
  ]);
  const person = { institutionId, courseId, personId: id, role, delivers: true };
  const token = await signSession(world.deps.config.sessionSecret, person, clock.now, clock.now + 365 * 86_400_000);
  return { id, externalId: subject, name: null, role, token };
};

export type Placed = { kind: string; activity: string; lineItem?: { scoreMaximum?: number } | null };

/**
 * A world whose course is in an LMS, as launches would have left it: a student Sam and an instructor Ines there and here,
 * and placements of what `places` names, each with a column that came with its link (`lineItem: null`: with none).
 */
export const newLmsWorld = async ({
  places = [{ kind: 'scenario', activity: 'S29' }],
  offered = allScopes,
  students = ['Sam'],
  ...wish
}: PlatformWish & { places?: Placed[]; offered?: string[]; students?: string[] } = {}) => {
  const world = await newWorld();
  const platform = await newPlatform(world, wish);
  const names = { Ines: 'Instructor', ...Object.fromEntries(students.map((name) => [name, 'Learner'])) };
  const there = await platform.course(names);
  const contextId = v7();
  const query = platform.profile === 'moodle' ? '?type_id=1' : '';
  const covers = coversUnder(world.deps.catalogue, world.deps.catalogue.rules.ruleSet);
  await world.db.$client.execute({
    sql: `insert into context (id, institution_id, deployment_id, context_id, course_id, memberships_url, line_items_url,
      scopes, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      contextId,
      world.institution,
      platform.rows.deployment,
      there.id,
      world.course,
      `${platform.issuer}/nrps/${there.id}`,
      `${platform.issuer}/ags/${there.id}/lineitems${query}`,
      JSON.stringify(offered),
      world.clock.now,
    ],
  });
  const columns: { placement: string; lineItem: string }[] = [];
  for (const { kind, activity, lineItem = {} } of places) {
    const link = await platform.link(there.id, { title: activity, ...(lineItem ? { lineItem } : {}) });
    const placement = v7();
    await world.db.$client.execute({
      sql: `insert into placement (id, institution_id, course_id, context_id, resource_link_id, kind, activity, issuer,
        covers, line_item_url, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        placement,
        world.institution,
        world.course,
        contextId,
        link.id,
        kind,
        activity,
        platform.issuer,
        JSON.stringify(covers[`${kind}:${activity}`] ?? []),
        link.lineItemUrl ?? null,
        world.clock.now,
        world.clock.now,
      ],
    });
    columns.push({ placement, lineItem: link.lineItemId });
  }
  const [ines, ...rest] = await Promise.all(
    Object.keys(names).map((name) =>
      enrolled(world, platform.issuer, there.people[name].id, name === 'Ines' ? 'instructor' : 'learner'),
    ),
  );
  /** Answers S29 (4 points): cited 4, else 3, wrong 0; and waits for what it causes. */
  const answer = async (who: Somebody, role = 'cm', claims: string[] = ['001.13'], scenario = 'S29') => {
    const reply = await world.answer(who, scenario, { role, claims });
    await world.settled();
    return reply;
  };
  /** A minute passes, there and here. */
  const later = async (ms = 60_000) => {
    await world.settled();
    world.clock.now += ms;
    await platform.sync();
  };
  /** What the next tick would deliver of this world; `after` ms have passed by then. */
  const deliver = async (after = 60_000) => {
    await later(after);
    return deliverDue(world.deps, world.db, { rows: 1000, ms: 60_000 }, { courseId: world.course });
  };
  const deliveries = async () =>
    (
      await world.db.$client.execute({
        sql: 'select * from delivery where course_id = ? order by target_id, person_id',
        args: [world.course],
      })
    ).rows;
  return {
    world,
    platform,
    there,
    columns,
    column: columns[0]!,
    deliver,
    ines: ines!,
    sam: rest[0]!,
    students: rest,
    answer,
    later,
    deliveries,
    context: contextId,
  };
};
