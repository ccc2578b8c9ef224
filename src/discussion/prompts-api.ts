import * as z from 'zod';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf, windowFor } from '../courses/schedule.ts';
import { listWindows } from '../courses/store.ts';
import type { Deps } from '../deps.ts';
import { participationBody, participationSchema } from '../grades/participation-body.ts';
import { gradeParticipation } from '../grading/participation.ts';
import { pointsOf } from '../grading/policy.ts';
import { rubricMax, rubricSchema } from '../grading/rubric.ts';
import { lazily } from '../lazily.ts';
import { route } from '../route.ts';
import { adoptRules, believedRules, rulesByHash } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { findParticipation } from './participation-store.ts';
import { gateBody, gateSchema } from './post-body.ts';
import { knownPrompt } from './posts.ts';
import { listCommitted } from './store.ts';

const time = z.iso.datetime().nullable();
const promptSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      unit: z.string(),
      title: z.string(),
      text: z.string(),
      html: z.string(),
      source: z.string().nullable(),
      points: z.number(),
      rubric: rubricSchema().nullable(),
      gate: gateSchema(),
      opensAt: time,
      dueAt: time,
      closesAt: time,
    })
    .meta({ id: 'Prompt' }),
);

const readPrompts = async (deps: Deps, actor: Actor, courseId: string, ids: string[]) => {
  const institutionId = institutionOf(actor);
  const personId = actor.kind === 'person' ? actor.personId : '';
  const db = deps.dbFor(institutionId);
  const [, [current], windows, committed] = await db.batch([
    standing(db, actor, 'prompts:read', courseId),
    findCurrentRules(db, institutionId, courseId, believedRules(deps, courseId).hash),
    listWindows(db, { institutionId, courseId }, personId),
    listCommitted(db, { institutionId, courseId }, personId),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  const open = (id: string) => actor.kind === 'key' || isStaff(actor) || committed.some(({ prompt }) => prompt === id);
  return ids.map((id) => {
    const { opensAt, dueAt, closesAt } = windowFor(windows, {
      kind: 'prompt',
      activity: id,
      unit: deps.catalogue.prompts[id]!.unit,
    });
    const rule = ruleSet.prompts[id];
    return {
      ...deps.catalogue.prompts[id]!,
      points: pointsOf(gradeParticipation(rule ?? { criteria: [] }, {}).max + rubricMax(rule)),
      rubric: rule?.rubric ?? null,
      gate: gateBody(rule, open(id)),
      opensAt: timeOf(opensAt),
      dueAt: timeOf(dueAt),
      closesAt: timeOf(closesAt),
    };
  });
};

export const promptsApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts',
    title: 'The discussion prompts',
    action: 'prompts:read',
    returns: () => ({ 200: z.object({ items: z.array(promptSchema()) }) }),
    handle: async ({ deps, actor, params }) => {
      const ids = deps.catalogue.units.flatMap(({ prompts }) => prompts);
      return { status: 200, body: { items: await readPrompts(deps, actor, params.course, ids) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}',
    title: 'A prompt and its gate',
    action: 'prompts:read',
    returns: () => ({ 200: promptSchema() }),
    handle: async ({ deps, actor, params }) => {
      const [body] = await readPrompts(deps, actor, params.course, [knownPrompt(deps, params.prompt)]);
      return { status: 200, body };
    },
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}/participation',
    title: 'What you have done in a prompt, criterion by criterion',
    action: 'posts:read',
    returns: () => ({ 200: participationSchema() }),
    handle: async ({ deps, actor, params }) => {
      const prompt = knownPrompt(deps, params.prompt);
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, [current], [counted]] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        findCurrentRules(db, person.institutionId, params.course, believedRules(deps, params.course).hash),
        findParticipation(db, person, prompt),
      ]);
      const rules = adoptRules(deps, params.course, current);
      const { prompts } = counted ? await rulesByHash(deps, db, person.institutionId, counted.ruleSet) : rules.ruleSet;
      return { status: 200, body: participationBody(prompts[prompt], counted?.counted ?? null) };
    },
  }),
];
