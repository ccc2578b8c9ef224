import { cpuMs } from './cpu.ts';
import { type Answer, openConnection } from './http.ts';

/** A request, and what is wrong with its answer (`undefined`: nothing). */
export type Shot = { request: Buffer; fault: (answer: Answer) => string | undefined };

export type Target = {
  port: number;
  connections: number;
  next: () => Shot;
  /** Processes whose CPU time is of interest, by name. */
  pids?: Record<string, number>;
  /** Wrong answers are counted and left out instead of failing the case: for a comparator that is known to break. */
  tolerant?: true;
};

export type Rate = { perSecond: number; answered: number; wrong: number; cpuMicros: Record<string, number> };

const NO_ANSWER_MS = 20_000;

/** The result of `work`; throws when there is none after so long. */
export const inTime = <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const cpuOf = (pids: Record<string, number>) =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuMs(pid)]));

/**
 * Keeps `connections` requests in flight for so long; every answer is checked. Counts those answered in that time, and
 * waits for the rest. Throws at the first wrong answer.
 */
export const load = async (
  { port, connections, next, pids = {}, tolerant }: Target,
  seconds: number,
): Promise<Rate> => {
  const before = cpuOf(pids);
  const started = performance.now();
  const end = started + seconds * 1000;
  let answered = 0;
  let inFlightAtEnd = 0;
  let wrong = 0;
  const keepAsking = async () => {
    const connection = openConnection(port);
    try {
      while (performance.now() < end) {
        const { request, fault } = next();
        const answer = await inTime(connection.send(request), NO_ANSWER_MS);
        const reason = fault(answer);
        if (reason !== undefined && !tolerant) throw new Error(reason);
        if (reason !== undefined) wrong += 1;
        else if (performance.now() <= end) answered += 1;
        else inFlightAtEnd += 1;
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  const after = cpuOf(pids);
  const micros = (name: string) => ((after[name]! - before[name]!) * 1000) / (answered + inFlightAtEnd + wrong);
  const cpuMicros = Object.fromEntries(Object.keys(pids).map((name) => [name, micros(name)]));
  return { perSecond: answered / seconds, answered, wrong, cpuMicros };
};

const preview = ({ status, body }: Answer) => `${status} ${body.toString('utf8', 0, 300)}`;

/** A shot whose answer has this status and, where given, exactly this body. */
export const expecting = (request: Buffer, status: number, body?: Buffer): Shot => ({
  request,
  fault: (answer) =>
    answer.status === status && (body === undefined || answer.body.equals(body))
      ? undefined
      : `expected ${status}${body ? ' and the known body' : ''}, got ${preview(answer)}`,
});

/** A shot whose answer has this status and a JSON body that `holds`. */
export const expectingJson = <Body>(request: Buffer, status: number, holds: (body: Body) => boolean): Shot => ({
  request,
  fault: (answer) =>
    answer.status === status && holds(JSON.parse(answer.body.toString()) as Body)
      ? undefined
      : `expected ${status} and a body that fits, got ${preview(answer)}`,
});

/** As `expectingJson` for the first answer; every later one must be the same to the byte, which costs less to check. */
export const expectingTheSame = <Body>(request: Buffer, status: number, holds: (body: Body) => boolean): Shot => {
  const first = expectingJson(request, status, holds);
  let known: Buffer | undefined;
  const learn = (answer: Answer) => {
    const reason = first.fault(answer);
    if (reason === undefined) known = Buffer.from(answer.body);
    return reason;
  };
  return { request, fault: (answer) => (known ? expecting(request, status, known).fault(answer) : learn(answer)) };
};
