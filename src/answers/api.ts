import * as z from 'zod';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { scenarioIn, scenariosOf } from '../catalogue/course-content.ts';
import type { Scenario } from '../catalogue/shapes.ts';
import { type CourseAt, listWindows } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { isRevealedNow } from '../grades/revealed.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { invalid, Problem } from '../problem.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules, rulesByHash } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { answerBody, answerSchema } from './answer-body.ts';
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

const theScenario = ({ catalogue }: Deps, rules: RuleSet, id: string): Scenario => {
  const scenario = scenarioIn(catalogue, rules, id);
  if (!scenario) throw new Problem('scenario-not-found');
  return scenario;
};

/** Answers as they stand now: what is revealed goes by the course's present policy, not by the answer's. */
const readAnswers = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  scenario: string,
  select: (db: Database, at: CourseAt) => ReturnType<typeof listAnswers>,
) => {
  const { institutionId, personId } = asPerson(actor);
  const at = { institutionId, courseId };
  const db = deps.dbFor(institutionId);
  const [, [current], rows, windows] = await db.batch([
    standing(db, actor, 'answers:read', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    select(db, at),
    listWindows(db, at, personId),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  theScenario(deps, ruleSet, scenario);
  const { max } = ruleSet.policy.attempts;
  return Promise.all(
    rows.map(async (row) => {
      const rules = await rulesByHash(deps, db, institutionId, row.ruleSet);
      const policy = { ...rules.policy, attempts: { ...rules.policy.attempts, max } };
      const progress = { used: row.used, fullCredit: row.everFull };
      const revealed = isStaff(actor) || isRevealedNow(deps, row.scenario, windows, ruleSet, progress);
      return answerBody(row, deps.catalogue, { ...rules, policy }, row.used, revealed);
    }),
  );
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
