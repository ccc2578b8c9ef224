import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerKey } from '../../src/grading/grade-answer.ts';
import { openConnection } from './http.ts';
import { inTime } from './load.ts';

/** An answer to be given once; its request carries a key. */
export type Pour = { answer: AnswerKey; request: Buffer };

/** What an acknowledgement said. `after`, `before`: publications acknowledged when it was sent, and begun when it came. */
export type Receipt = {
  answer: AnswerKey;
  id: string;
  ruleSet: string;
  credit: number;
  points: number | null;
  max: number;
  after: number;
  before: number;
};

export type PourLog = { receipts: Receipt[]; busy: number; faults: string[] };

const NO_ANSWER_MS = 15_000;
const BUSY_WAIT_MS = 100;

type Body = {
  id: string;
  ruleSet: string;
  points: number | null;
  verdict: { credit: number };
  grade: { max: number };
};

/** Gives answer after answer, each until it is acknowledged or refused; 503 is no refusal. */
export const pour = async (
  port: number,
  next: () => Pour | undefined,
  publications: { begun: number; done: number },
  log: PourLog,
): Promise<void> => {
  const connection = openConnection(port);
  for (let one = next(); one; one = next()) {
    const after = publications.done;
    let reply = await inTime(connection.send(one.request), NO_ANSWER_MS);
    while (reply.status === 503) {
      log.busy += 1;
      await sleep(BUSY_WAIT_MS);
      reply = await inTime(connection.send(one.request), NO_ANSWER_MS);
    }
    if (reply.status !== 201) {
      log.faults.push(`${reply.status} ${reply.body.toString('utf8', 0, 300)}`);
      continue;
    }
    const { id, ruleSet, points, verdict, grade } = JSON.parse(reply.body.toString()) as Body;
    const said = { id, ruleSet, points, credit: verdict.credit, max: grade.max };
    log.receipts.push({ answer: one.answer, ...said, after, before: publications.begun });
  }
  connection.close();
};
