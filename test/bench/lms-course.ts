import { v7 } from 'uuid';
import type { Catalogue } from '../../src/catalogue/shapes.ts';
import { coversUnder } from '../../src/lms/covers.ts';
import { addClient } from '../lms/clients.ts';
import { setMember } from '../lms/courses.ts';
import { addLink, lineItemsUrl, lineItemUrl } from '../lms/line-items.ts';
import { addressesOf, createPlatform, type Lms, newId, type Platform } from '../lms/platforms.ts';
import { fullRole } from '../lms/roles.ts';
import type { Database } from './database.ts';
import type { Member } from './school.ts';

export type LmsLearner = Member & { subject: string };
/** A course of ours in a platform of its own. `columns`: the line items of its scenarios. */
export type LmsCourse = {
  platform: Platform;
  platformId: string;
  contextId: string;
  institutionId: string;
  courseId: string;
  learners: LmsLearner[];
  columns: { scenario: string; lineItem: string; link: string }[];
};

const AGS = 'https://purl.imsglobal.org/spec/lti-ags/scope';
const scopes = ['lineitem', 'lineitem.readonly', 'result.readonly', 'score'].map((one) => `${AGS}/${one}`);

/**
 * Has a platform with a course there and its learners, and with a graded link for each of these scenarios; and puts the
 * same straight into our database, as launches would have left it.
 */
export const connectCourse = async (
  lms: Lms,
  { client }: Database,
  catalogue: Catalogue,
  { institutionId, courseId }: { institutionId: string; courseId: string },
  wish: { profile: 'moodle' | 'canvas'; learners: number; scenarios: readonly string[]; toolUrl: string },
): Promise<LmsCourse> => {
  const platform = await createPlatform(lms, { profile: wish.profile });
  const registered = addClient(platform, { toolUrl: wish.toolUrl });
  const context = {
    id: newId(platform),
    label: 'COMM 101',
    title: 'Communication 101',
    history: [],
    version: 0,
    members: [],
  };
  platform.contexts.push(context);
  const learners: LmsLearner[] = [];
  while (learners.length < wish.learners) {
    const subject = newId(platform);
    platform.users.push({ id: subject, roles: [] });
    setMember(context, { userId: subject, roles: [fullRole('Learner')], status: 'Active' });
    learners.push({ institutionId, courseId, personId: v7(), role: 'learner', subject });
  }
  const links = wish.scenarios.map((title) => addLink(platform, registered, context, { title, lineItem: {} }));
  const columns = wish.scenarios.map((scenario, index) => ({
    scenario,
    lineItem: links[index]!.lineItemId!,
    link: links[index]!.id,
  }));

  const { issuer, authUrl, tokenUrl, jwksUrl } = { ...platform, ...addressesOf(platform) };
  const [platformId, deploymentId, contextId] = [v7(), v7(), v7()];
  const covers = coversUnder(catalogue, catalogue.rules.ruleSet);
  const placements = columns.map(({ scenario, lineItem, link }) => [
    v7(),
    link,
    scenario,
    JSON.stringify(covers[`scenario:${scenario}`]),
    lineItemUrl(platform, { contextId: context.id, id: lineItem }),
  ]);
  await client.batch(
    [
      {
        sql: `insert into platform (id, institution_id, name, product, state, issuer, client_id, auth_url, token_url,
          jwks_url, created_at) values (?, ?, 'A pretend LMS', ?, 'active', ?, ?, ?, ?, ?, 1)`,
        args: [platformId, institutionId, wish.profile, issuer, registered.clientId, authUrl, tokenUrl, jwksUrl],
      },
      {
        sql: `insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at)
          values (?, ?, ?, ?, 'active', 1)`,
        args: [deploymentId, institutionId, platformId, registered.deploymentIds[0]!],
      },
      {
        sql: `insert into context (id, institution_id, deployment_id, context_id, course_id, line_items_url, scopes,
          created_at) values (?, ?, ?, ?, ?, ?, ?, 1)`,
        args: [
          contextId,
          institutionId,
          deploymentId,
          context.id,
          courseId,
          lineItemsUrl(platform, context.id),
          JSON.stringify(scopes),
        ],
      },
      {
        sql: `insert into placement (id, institution_id, course_id, context_id, resource_link_id, kind, activity, issuer,
          covers, line_item_url, created_at, updated_at)
          select value ->> 0, ?, ?, ?, value ->> 1, 'scenario', value ->> 2, ?, value ->> 3, value ->> 4, 1, 1
          from json_each(?) where true`,
        args: [institutionId, courseId, contextId, issuer, JSON.stringify(placements)],
      },
      {
        sql: `insert into person (id, institution_id, issuer, subject, created_at)
          select value ->> 0, ?, ?, value ->> 1, 1 from json_each(?) where true`,
        args: [institutionId, issuer, JSON.stringify(learners.map(({ personId, subject }) => [personId, subject]))],
      },
      {
        sql: `insert into enrolment (course_id, person_id, institution_id, role, created_at)
          select ?, value, ?, 'learner', 1 from json_each(?) where true`,
        args: [courseId, institutionId, JSON.stringify(learners.map(({ personId }) => personId))],
      },
    ],
    'write',
  );
  return { platform, platformId, contextId, institutionId, courseId, learners, columns };
};
