import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Connection, openConnection } from './http.ts';
import { inTime } from './load.ts';
import type { Member } from './school.ts';

/** One attempt that is to be stored exactly once, however often it is sent: its key is in the request. */
export type Task = { member: Member; scenario: string; request: Buffer };

/** What became of the tasks. `ids`: the answer that each acknowledgement named. */
export type Log = { ids: Map<Task, string>; aborted: number; busy: number; faults: string[] };

const IMPATIENT = 0.3;
const PATIENCE_MS = 40;
const NO_ANSWER_MS = 15_000;
const BUSY_WAIT_MS = 200;

/** Sends and, being impatient, hangs up after a few ms. Gives the answer if it came before that. */
const sendAndGiveUp = async (connection: Connection, request: Buffer): Promise<Answer | undefined> => {
  const timer = setTimeout(connection.close, Math.random() * PATIENCE_MS);
  try {
    return await connection.send(request);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};

const mayRetry = ({ status, head }: Answer) => status === 503 && /\r\nretry-after: *\d+/i.test(head);

/** Writes task after task until `end`; each is sent until it is acknowledged, also after the client gave up on it. */
export const write = async (port: number, next: () => Task, end: number, log: Log): Promise<void> => {
  let connection = openConnection(port);
  while (performance.now() < end) {
    const task = next();
    let answer: Answer | undefined;
    if (Math.random() < IMPATIENT) {
      answer = await sendAndGiveUp(connection, task.request);
      if (!answer) {
        log.aborted += 1;
        connection = openConnection(port);
      }
    }
    try {
      answer ??= await inTime(connection.send(task.request), NO_ANSWER_MS);
      while (mayRetry(answer)) {
        log.busy += 1;
        await sleep(BUSY_WAIT_MS);
        answer = await inTime(connection.send(task.request), NO_ANSWER_MS);
      }
      if (answer.status === 201) log.ids.set(task, (JSON.parse(answer.body.toString()) as { id: string }).id);
      else log.faults.push(`${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
    } catch (error) {
      log.faults.push(String(error));
      connection.close();
      connection = openConnection(port);
    }
  }
  connection.close();
};
