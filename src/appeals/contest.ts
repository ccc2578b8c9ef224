import * as z from 'zod';
import { answersNow } from '../answers/read.ts';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { knownClaims } from '../catalogue/known.ts';
import { listWindows } from '../courses/store.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { type AppealRow, appealIsRefused, findAppeal, findContested, insertAppeal } from './store.ts';

export const contestSchema = lazily(() =>
  z
    .strictObject({
      answer: z.string().max(80),
      claim: z.string().max(40),
      body: z.string().trim().min(1).max(4000),
    })
    .meta({ id: 'NewAppeal' }),
);

/** An appeal that the actor may see. Throws `appeal-not-found`. */
const getAppeal = async (deps: Deps, actor: Actor, courseId: string, id: string): Promise<AppealRow> => {
  const institutionId = institutionOf(actor);
  const db = deps.dbFor(institutionId);
  const onlyOf = isStaff(actor) ? null : asPerson(actor).personId;
  const [, [row]] = await db.batch([
    standing(db, actor, 'appeals:read', courseId),
    findAppeal(db, { institutionId, courseId }, id, onlyOf),
  ]);
  if (!row) throw new Problem('appeal-not-found');
  return row;
};

/** An appeal that the actor may see, and the answer that it contests as they may see that. Throws `appeal-not-found`. */
export const readAppeal = async (deps: Deps, actor: Actor, courseId: string, id: string) => {
  const person = asPerson(actor);
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [appeal], answers, windows, [current]] = await db.batch([
    standing(db, actor, 'appeals:read', courseId),
    findAppeal(db, at, id, isStaff(actor) ? null : person.personId),
    findContested(db, at, id),
    listWindows(db, at, person.personId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
  ]);
  if (!appeal) throw new Problem('appeal-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const [contested] = await answersNow(deps, person, ruleSet, windows, answers);
  return { appeal, contested: contested! };
};

/**
 * Contests the verdict on one's own answer, citing a claim that licenses it. Throws `answer-not-found`, `claim-not-cited`, `appeal-exists`,
 * `unknown-claim`.
 */
export const contest = async (
  deps: Deps,
  actor: Actor,
  once: Once | null,
  input: z.output<ReturnType<typeof contestSchema>>,
) => {
  const person = asPerson(actor);
  const { institutionId, courseId } = person;
  knownClaims(deps.catalogue, [input.claim], '/claim');
  const [id, now] = [deps.newId(), deps.now()];
  const db = deps.dbFor(institutionId);
  const { facts, replayed } = await writeOnce(
    db,
    once,
    { institutionId, id, facts: { id }, at: now, refusals: appealIsRefused(person, input) },
    (also) => standing(db, actor, 'appeals:make', courseId, also),
    [insertAppeal(db, person, { id, answerId: input.answer, claim: input.claim, body: input.body, now })],
  );
  return { row: await getAppeal(deps, actor, courseId, facts.id), replayed };
};
