import * as z from 'zod';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { promptsOf } from '../catalogue/course-content.ts';
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
import { renderPost } from './markdown.ts';
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

/** All prompts of the course, or the one of that id. */
const readPrompts = async (deps: Deps, actor: Actor, courseId: string, id: string | null) => {
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
  const prompts = id === null ? promptsOf(deps.catalogue, ruleSet) : [knownPrompt(deps, ruleSet, id)];
  const bodies = prompts.map(async (prompt) => {
    const { opensAt, dueAt, closesAt } = windowFor(windows, {
      kind: 'prompt',
      activity: prompt.id,
      unit: prompt.unit,
    });
    const rule = ruleSet.prompts[prompt.id];
    return {
      ...prompt,
      html: prompt.html ?? (await renderPost(deps.catalogue, prompt.text)),
      points: pointsOf(gradeParticipation(rule ?? { criteria: [] }, {}).max + rubricMax(rule)),
      rubric: rule?.rubric ?? null,
      gate: gateBody(rule, open(prompt.id)),
      opensAt: timeOf(opensAt),
      dueAt: timeOf(dueAt),
      closesAt: timeOf(closesAt),
    };
  });
  return Promise.all(bodies);
};

export const promptsApi = [
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts',
    title: 'The discussion prompts',
    action: 'prompts:read',
    returns: () => ({ 200: z.object({ items: z.array(promptSchema()) }) }),
    handle: async ({ deps, actor, params }) => ({
      status: 200,
      body: { items: await readPrompts(deps, actor, params.course, null) },
    }),
  }),
  route({
    method: 'get',
    path: '/v1/courses/{course}/prompts/{prompt}',
    title: 'A prompt and its gate',
    action: 'prompts:read',
    returns: () => ({ 200: promptSchema() }),
    handle: async ({ deps, actor, params }) => {
      const [body] = await readPrompts(deps, actor, params.course, params.prompt);
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
      const { prompt } = params;
      const person = asPerson(actor);
      const db = deps.dbFor(person.institutionId);
      const [, [current], [counted]] = await db.batch([
        standing(db, actor, 'posts:read', params.course),
        findCurrentRules(db, person.institutionId, params.course, believedRules(deps, params.course).hash),
        findParticipation(db, person, prompt),
      ]);
      const { ruleSet } = adoptRules(deps, params.course, current);
      knownPrompt(deps, ruleSet, prompt);
      const { prompts } = counted ? await rulesByHash(deps, db, person.institutionId, counted.ruleSet) : ruleSet;
      return { status: 200, body: participationBody(prompts[prompt], counted?.counted ?? null) };
    },
  }),
];
