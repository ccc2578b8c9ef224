import * as z from 'zod';
import { type Actor, asPerson } from '../auth/actor.ts';
import { standingGuards } from '../auth/store.ts';
import { knownClaims, knownRole } from '../catalogue/known.ts';
import { type Once, remember } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { gradeAnswer, MAX_CLAIMS } from '../grading/grade-answer.ts';
import { isRevealed } from '../grading/reveal.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { keepVerdict, knownVerdict, rulesByHash, withCurrentRules } from '../rule-sets/current.ts';
import { answerBody } from './answer-body.ts';
import { type AnswerRow, findSubmitted } from './store.ts';
import { answerRow, insertAnswer, insertVerdict, type Stored, type Submission } from './submission-store.ts';

const claims = z.array(z.string().max(40)).max(MAX_CLAIMS, `cite at most ${MAX_CLAIMS} claims`);

export const submitAnswerSchema = lazily(() =>
  z
    .strictObject({
      role: z.string().max(40),
      claims: claims.default([]),
      counterClaims: claims.default([]),
      reason: z.string().max(20_000).nullish(),
    })
    .meta({ id: 'NewAnswer' }),
);

/**
 * Stores an answer, grades it by the course's rules, writes the ledger and the effective grade: one transaction, one
 * round trip. Throws what can be wrong with the input, `not-yet-open`, `closed`, `attempts-used-up`.
 */
export const submitAnswer = async (
  deps: Deps,
  actor: Actor,
  scenarioId: string,
  once: Once | null,
  input: z.output<ReturnType<typeof submitAnswerSchema>>,
) => {
  const { catalogue } = deps;
  const person = asPerson(actor);
  const scenario = Object.hasOwn(catalogue.scenarios, scenarioId) ? catalogue.scenarios[scenarioId] : undefined;
  if (!scenario) throw new Problem('scenario-not-found');
  const answer = {
    scenario: scenarioId,
    role: knownRole(catalogue, input.role),
    claims: knownClaims(catalogue, input.claims, '/claims'),
    counterClaims: knownClaims(catalogue, input.counterClaims, '/counterClaims'),
  };
  const db = deps.dbFor(person.institutionId);
  const [id, now] = [deps.newId(), deps.now()];

  const row = await withCurrentRules(deps, db, person, async ({ hash, ruleSet }) => {
    const verdict = gradeAnswer(ruleSet, answer);
    const submission: Submission = {
      id,
      person,
      unit: scenario.unit,
      answer,
      reason: input.reason ?? null,
      ruleSet: hash,
      policy: ruleSet.policy,
      verdict,
      now,
    };
    const verdictId = knownVerdict(deps, person.institutionId, hash, answer);
    const insert = insertAnswer(
      db,
      submission,
      once,
      standingGuards(actor, 'answers:submit', person.courseId),
      verdictId,
    );
    const made = { institutionId: person.institutionId, id, at: now };
    const onRetry = once ? [findSubmitted(db, once), remember(db, once, made)] : [];
    const results =
      verdictId === undefined
        ? (await db.batch([insertVerdict(db, submission), insert, ...onRetry])).slice(1)
        : await db.batch([insert, ...onRetry]);
    const [[stored], [earlier] = []] = results as unknown as [Stored[], AnswerRow[]?];
    if (!stored) return earlier!;
    keepVerdict(deps, person.institutionId, hash, answer, stored.verdictId);
    return answerRow(submission, stored);
  });

  const rules = await rulesByHash(deps, db, person.institutionId, row.ruleSet);
  const revealed = isRevealed({
    used: row.attempt,
    max: rules.policy.attempts.max,
    fullCredit: row.fullCredit === 1,
    duePassed: row.lateMs > 0,
  });
  return { body: answerBody(row, catalogue, rules, row.attempt, revealed), replayed: row.id !== id };
};
