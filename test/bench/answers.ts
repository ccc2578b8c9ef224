import type { Catalogue } from '../../src/catalogue/shapes.ts';
import { requestBytes } from './http.ts';
import { expectingJson, type Shot } from './load.ts';
import { bearer, type Member } from './school.ts';

export type AnswerReply = {
  id: string;
  scenario: string;
  attempt: number;
  verdict: { credit: number };
  grade: { points: number; max: number };
};

/** Every scenario with an answer to it that the rules' own samples know the credit of. */
export const sampleAnswers = ({ rules }: Catalogue) =>
  Object.keys(rules.ruleSet.scenarios).map((scenario) => {
    const { role, claims, credit } = rules.ruleSet.bench.find((sample) => sample.scenario === scenario)!;
    return { scenario, role, claims, credit };
  });

export type Sample = ReturnType<typeof sampleAnswers>[number];

export const answerPath = ({ courseId }: Member, scenario: string) =>
  `/v1/courses/${courseId}/scenarios/${scenario}/answers`;

/** The request of an answer; with a key it is safe to repeat. */
export const answerRequest = async (
  member: Member,
  { scenario, role, claims }: Sample,
  key?: string,
): Promise<Buffer> => {
  const headers = { ...(await bearer(member)), ...(key ? { 'idempotency-key': key } : {}) };
  return requestBytes('POST', answerPath(member, scenario), headers, { role, claims });
};

/** How many learners are needed for so many first attempts. */
export const learnersFor = (attempts: number, { rules }: Catalogue): number =>
  Math.ceil(attempts / Object.keys(rules.ruleSet.scenarios).length);

/**
 * First attempts, each by another learner or at another scenario: `next` gives them one after another and throws when
 * all are used. Each expects 201 and the credit of the sample.
 */
export const firstAttempts = async (
  catalogue: Catalogue,
  members: readonly Member[],
  options: { keyed?: true } = {},
): Promise<() => Shot> => {
  const samples = sampleAnswers(catalogue);
  for (const member of members) await bearer(member);
  const ready: Shot[] = [];
  for (const sample of samples)
    for (const [index, member] of members.entries()) {
      const request = await answerRequest(member, sample, options.keyed && `${sample.scenario}-${index}`);
      const holds = (reply: AnswerReply) =>
        reply.attempt === 1 &&
        reply.scenario === sample.scenario &&
        reply.verdict.credit === sample.credit &&
        reply.grade.points === Math.round(reply.grade.max * sample.credit * 100) / 100;
      ready.push(expectingJson(request, 201, holds));
    }
  let used = 0;
  return () => {
    const shot = ready[used++];
    if (!shot) throw new Error(`all ${ready.length} first attempts are used: make more learners`);
    return shot;
  };
};
