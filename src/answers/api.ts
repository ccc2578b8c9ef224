import * as z from 'zod';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import type { Scenario } from '../catalogue/shapes.ts';
import { type CourseAt, listWindows } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { isRevealedNow } from '../grades/revealed.ts';
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

/** Answers as they stand now: what is revealed goes by the course's present policy, not by the answer's. */
const readAnswers = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
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
  const { max } = ruleSet.policy.attempts;
  return Promise.all(
    rows.map(async (row) => {
      const { policy, scenarios } = await rulesByHash(deps, db, institutionId, row.ruleSet);
      const progress = { used: row.used, fullCredit: row.everFull };
      const revealed = isStaff(actor) || isRevealedNow(deps, row.scenario, windows, ruleSet, progress);
      const rules = { policy: { ...policy, attempts: { ...policy.attempts, max } }, scenarios };
      return answerBody(row, deps.catalogue, rules, row.used, revealed);
    }),
  );
};

const personQuery = lazily(() => z.object({ person: z.string().optional() }));

const theScenario = ({ catalogue }: Deps, id: string): Scenario => {
  if (!Object.hasOwn(catalogue.scenarios, id)) throw new Problem('scenario-not-found');
  return catalogue.scenarios[id]!;
};

export const answersApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/scenarios',
    title: 'The scenarios, with dates and attempts',
    action: 'scenarios:read',
    returns: () => ({ 200: z.object({ items: z.array(scenarioSchema()) }) }),
    handle: async ({ deps, actor, params }) => {
      const { ruleSet, windows, progress } = await readProgress(deps, actor, params.course);
      const items = deps.catalogue.units
        .flatMap(({ scenarios }) => scenarios)
        .map((id) => scenarioBody(deps, theScenario(deps, id), ruleSet, windows, progress));
      return { status: 200, body: { items } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/scenarios/{scenario}',
    title: 'A scenario: which role?',
    action: 'scenarios:read',
    returns: () => ({ 200: scenarioSchema() }),
    handle: async ({ deps, actor, params }) => {
      const scenario = theScenario(deps, params.scenario);
      const { ruleSet, windows, progress } = await readProgress(deps, actor, params.course);
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
      const { id } = theScenario(deps, params.scenario);
      if (isStaff(actor) && query.person === undefined) throw invalid('/person', 'say whose answers: ?person=');
      const personId = isStaff(actor) ? query.person! : asPerson(actor).personId;
      const items = await readAnswers(deps, actor, params.course, (db, at) => listAnswers(db, at, id, personId));
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
      const { id } = theScenario(deps, params.scenario);
      const onlyOf = isStaff(actor) ? null : asPerson(actor).personId;
      const [body] = await readAnswers(deps, actor, params.course, (db, at) =>
        findAnswer(db, at, id, params.answer, onlyOf),
      );
      if (!body) throw new Problem('answer-not-found');
      return { status: 200, body };
    },
  }),
];
