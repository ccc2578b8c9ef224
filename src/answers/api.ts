import * as z from 'zod';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { scenariosOf } from '../catalogue/course-content.ts';
import { listWindows } from '../courses/store.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { invalid, Problem } from '../problem.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { answerSchema } from './answer-body.ts';
import { readAnswers, theScenario } from './read.ts';
import { scenarioBody, scenarioSchema } from './scenario-body.ts';
import { findAnswer, listAnswers, listProgress } from './store.ts';
import { submitAnswer, submitAnswerSchema } from './submit.ts';

const personOf = (actor: Actor) => (actor.kind === 'person' ? actor.personId : '');

const readProgress = async (deps: Deps, actor: Actor, courseId: string) => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const [, [current], windows, progress] = await db.batch([
    standing(db, actor, 'scenarios:read', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    listWindows(db, { institutionId, courseId }, personOf(actor)),
    listProgress(db, { institutionId, courseId }, personOf(actor)),
  ]);
  return { ruleSet: adoptRules(deps, courseId, current).ruleSet, windows, progress };
};

const personQuery = lazily(() => z.object({ person: z.string().optional() }));

export const answersApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/scenarios',
    title: 'The scenarios, with dates and attempts',
    action: 'scenarios:read',
    returns: () => ({ 200: z.object({ items: z.array(scenarioSchema()) }) }),
    handle: async ({ deps, actor, params }) => {
      const { ruleSet, windows, progress } = await readProgress(deps, actor, params.course);
      const items = scenariosOf(deps.catalogue, ruleSet);
      const body = { items: items.map((one) => scenarioBody(deps, one, ruleSet, windows, progress)) };
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/scenarios/{scenario}',
    title: 'A scenario: which role?',
    action: 'scenarios:read',
    returns: () => ({ 200: scenarioSchema() }),
    handle: async ({ deps, actor, params }) => {
      const { ruleSet, windows, progress } = await readProgress(deps, actor, params.course);
      const scenario = theScenario(deps, ruleSet, params.scenario);
      return { status: 200, body: scenarioBody(deps, scenario, ruleSet, windows, progress) };
    },
  }),
  route({
    method: 'post',
    path: '/v1/courses/{course}/scenarios/{scenario}/answers',
    title: 'Answer a scenario: a role, the claims that license it, and why',
    action: 'answers:submit',
    body: submitAnswerSchema,
    returns: () => ({ 201: answerSchema() }),
    handle: async ({ deps, actor, params, once, body }) => ({
      status: 201,
      ...(await submitAnswer(deps, actor, params.scenario, once, body)),
    }),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/scenarios/{scenario}/answers',
    title: 'Your answers to a scenario; staff name a person',
    action: 'answers:read',
    query: personQuery,
    returns: () => ({ 200: z.object({ items: z.array(answerSchema()) }) }),
    handle: async ({ deps, actor, params, query }) => {
      const id = params.scenario;
      if (isStaff(actor) && query.person === undefined) throw invalid('/person', 'say whose answers: ?person=');
      const personId = isStaff(actor) ? query.person! : asPerson(actor).personId;
      const items = await readAnswers(deps, actor, params.course, id, (db, at) => listAnswers(db, at, id, personId));
      return { status: 200, body: { items } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/scenarios/{scenario}/answers/{answer}',
    title: 'An answer with its verdict',
    action: 'answers:read',
    returns: () => ({ 200: answerSchema() }),
    handle: async ({ deps, actor, params }) => {
      const id = params.scenario;
      const onlyOf = isStaff(actor) ? null : asPerson(actor).personId;
      const [body] = await readAnswers(deps, actor, params.course, id, (db, at) =>
        findAnswer(db, at, id, params.answer, onlyOf),
      );
      if (!body) throw new Problem('answer-not-found');
      return { status: 200, body };
    },
  }),
];
