import * as z from 'zod';
import { asPerson, institutionOf, roles } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { lazily } from '../lazily.ts';
import { limitUpTo, pageOf, readCursor } from '../paging.ts';
import { invalid } from '../problem.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { gradebookCsv, gradebookFile } from './csv.ts';
import { bookOf, gradeSchema, gradesBody, withGrades } from './grade-body.ts';
import { activitiesOf } from './gradebook.ts';
import { lmsStatesOf } from './lms-state.ts';
import { listLmsStates, listLmsStatesOfPage } from './lms-store.ts';
import { listGradebook, listGrades } from './store.ts';

const gradesSchema = lazily(() =>
  z.object({ items: z.array(gradeSchema()), points: z.number(), max: z.number() }).meta({ id: 'Grades' }),
);
const gradebookSchema = lazily(() =>
  z
    .object({
      items: z.array(
        z.object({
          person: z.object({
            id: z.string(),
            externalId: z.string(),
            name: z.string().nullable(),
            role: z.enum(roles),
          }),
          grades: z.array(gradeSchema()),
          points: z.number(),
          max: z.number(),
        }),
      ),
    })
    .meta({ id: 'Gradebook' }),
);
/** Up to 200 people a page as JSON; a spreadsheet wants the class in one, so up to 1 000 as CSV. */
const gradebookQuery = lazily(() =>
  z.object({ cursor: z.string().max(400).optional(), limit: limitUpTo(1000).optional() }),
);
const PAGE = { json: { most: 200, usual: 50 }, csv: { most: 1000, usual: 1000 } };

export const gradesApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/grades/me',
    title: 'Your grades',
    action: 'grades:read-own',
    returns: () => ({ 200: gradesSchema() }),
    handle: async ({ deps, actor, params }) => {
      const { institutionId, personId } = asPerson(actor);
      const db = deps.dbFor(institutionId);
      const at = { institutionId, courseId: params.course };
      const [, [current], rows, places, deliveries] = await db.batch([
        standing(db, actor, 'grades:read-own', params.course),
        findCurrentRules(db, institutionId, params.course, believedRules(deps, params.course).hash),
        listGrades(db, at, personId),
        ...listLmsStates(db, at, personId),
      ]);
      const { ruleSet } = adoptRules(deps, params.course, current);
      const lms = lmsStatesOf(places, deliveries);
      return { status: 200, body: gradesBody(activitiesOf(deps.catalogue, ruleSet), rows, lms) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/gradebook',
    title: "Everybody's grades, as JSON or (Accept: text/csv) CSV",
    action: 'gradebook:read',
    query: gradebookQuery,
    returns: () => ({ 200: gradebookSchema() }),
    alsoReturns: 'text/csv',
    handle: async ({ deps, actor, params, query, url, accept }) => {
      const institutionId = institutionOf(actor);
      const secret = deps.config.sessionSecret;
      const list = `gradebook ${params.course}`;
      const after = await readCursor(secret, list, query.cursor);
      const csv = /\btext\/csv\b/.test(accept);
      const { most, usual } = csv ? PAGE.csv : PAGE.json;
      const limit = query.limit ?? usual;
      if (limit > most) throw invalid('/limit', `at most ${most} a page`);
      const db = deps.dbFor(institutionId);
      const asOf = deps.now();
      const at = { institutionId, courseId: params.course };
      const [, [current], rows, places, deliveries] = await db.batch([
        standing(db, actor, 'gradebook:read', params.course),
        findCurrentRules(db, institutionId, params.course, believedRules(deps, params.course).hash),
        listGradebook(db, at, { after, limit }),
        // A spreadsheet says nothing of the LMS.
        ...listLmsStatesOfPage(db, at, { after, limit: csv ? -1 : limit }),
      ]);
      const activities = activitiesOf(deps.catalogue, adoptRules(deps, params.course, current).ruleSet);
      const { items, link } = await pageOf(secret, list, url, rows, limit, (row) => ({
        at: row.createdAt,
        id: row.id,
      }));
      if (csv) {
        return {
          status: 200,
          body: gradebookCsv(activities, withGrades(items), asOf, after === null),
          ...gradebookFile,
          headers: { ...gradebookFile.headers, link },
        };
      }
      const body = bookOf(activities, items, places, deliveries).map(
        ({ person, grades: { items: grades, ...sums } }) => {
          const { id, externalId, name, role } = person;
          return { person: { id, externalId, name, role }, grades, ...sums };
        },
      );
      return { status: 200, body: { items: body }, headers: { link } };
    },
  }),
];
