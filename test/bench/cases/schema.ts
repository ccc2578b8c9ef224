import { atMost, type Case } from '../case.ts';
import { type Database, openDatabase } from '../database.ts';
import { type Answer, requestBytes } from '../http.ts';
import { answeredIn, cpuPerRequest, interleave, ratioOf } from '../rounds.ts';

const CONNECTIONS = 4;

/** Hrana over HTTP, version 2: open a stream, one statement, close. */
const SELECT_1 = requestBytes(
  'POST',
  '/v2/pipeline',
  {},
  { requests: [{ type: 'execute', stmt: { sql: 'select 1' } }, { type: 'close' }] },
);

const fault = ({ status, body }: Answer) =>
  status === 200 && body.includes('"value":"1"') ? undefined : `the database answered ${status} ${body}`;

/** What opening a stream costs with our tables, for the server reads the whole schema each time. */
export const schema: Case = {
  name: 'schema',
  run: async (setting) => {
    await using full = await openDatabase();
    await using empty = await openDatabase({ empty: true });
    const target = ({ port, pid }: Database) => ({
      port,
      connections: CONNECTIONS,
      next: () => ({ request: SELECT_1, fault }),
      pids: { sqld: pid },
    });
    const rates = await interleave(setting, { empty: target(empty), full: target(full) });
    const note = `sqld CPU µs: ${cpuPerRequest(rates.full, 'sqld')} with our tables, ${cpuPerRequest(rates.empty, 'sqld')} without`;
    const n = answeredIn(rates.empty, rates.full);
    return [atMost(1.35, 'time of SELECT 1: our tables / none', ratioOf(rates.empty, rates.full), n, note)];
  },
};
