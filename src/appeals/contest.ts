import * as z from 'zod';
import { readAnswers } from '../answers/read.ts';
import { findAnswer } from '../answers/store.ts';
import { type Actor, asPerson, institutionOf, isStaff } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { knownClaims } from '../catalogue/known.ts';
import { type Once, writeOnce } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { type AppealRow, appealIsRefused, findAppeal, insertAppeal } from './store.ts';

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
export const getAppeal = async (deps: Deps, actor: Actor, courseId: string, id: string): Promise<AppealRow> => {
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

/** The answer that an appeal contests, as its reader may see it. */
export const readContested = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  { scenario, answerId, personId }: AppealRow,
) => {
  const [answer] = await readAnswers(deps, actor, courseId, scenario, (db, at) =>
    findAnswer(db, at, scenario, answerId, personId),
  );
  return answer!;
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
