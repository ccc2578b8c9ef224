import { openConnection } from './http.ts';
import { inTime, type Target } from './load.ts';

const NO_ANSWER_MS = 20_000;

/** Keeps `connections` requests in flight while some work is done. Gives the ms that each answer took, and the work's result. */
export const latenciesDuring = async <T>(
  { port, connections, next }: Pick<Target, 'port' | 'connections' | 'next'>,
  work: () => Promise<T>,
): Promise<{ ms: number[]; result: T }> => {
  const ms: number[] = [];
  let done = false;
  const keepAsking = async () => {
    const connection = openConnection(port);
    while (!done) {
      const { request, fault } = next();
      const sent = performance.now();
      const answer = await inTime(connection.send(request), NO_ANSWER_MS);
      ms.push(performance.now() - sent);
      const reason = fault(answer);
      if (reason !== undefined) throw new Error(reason);
    }
    connection.close();
  };
  const asking = Promise.all(Array.from({ length: connections }, keepAsking));
  const working = work().finally(() => {
    done = true;
  });
  const [result] = await Promise.all([working, asking]);
  return { ms, result };
};

/** The value that this share of all is not above. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
