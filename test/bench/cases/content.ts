import { writeFile } from 'node:fs/promises';
import { atLeast, type Case } from '../case.ts';
import { openConnection, requestBytes } from '../http.ts';
import { expecting } from '../load.ts';
import { answeredIn, cpuPerRequest, interleave, perSecond, ratioOf } from '../rounds.ts';
import { SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

export const UNIT = requestBytes('GET', '/v1/units/1');
const CONNECTIONS = 16;
export const NO_DATABASE = { ...SECRETS, TURSO_URL: 'http://127.0.0.1:9' };
/** Headers that the runtime itself adds. */
const OF_THE_RUNTIME = new Set(['content-length', 'date', 'transfer-encoding', 'connection']);

/** Asks the app for the unit once: the bytes and headers that every later answer must have. */
const askOnce = async (port: number) => {
  const connection = openConnection(port);
  const { status, head, body } = await connection.send(UNIT);
  connection.close();
  if (status !== 200) throw new Error(`GET /v1/units/1: ${status}`);
  const headers = head
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(/: */, 2) as [string, string])
    .filter(([name]) => !OF_THE_RUNTIME.has(name.toLowerCase()));
  return { headers: Object.fromEntries(headers), body };
};

/** The least that a Worker can do: the same bytes and headers from a constant. Gives its path. */
const writeBare = async ({ headers, body }: { headers: Record<string, string>; body: Buffer }): Promise<string> => {
  const path = '.bench/bare.js';
  const constants = `const body = ${JSON.stringify(body.toString())};\nconst headers = ${JSON.stringify(headers)};`;
  await writeFile(path, `${constants}\nexport default { fetch: () => new Response(body, { headers }) };\n`);
  return path;
};

/** The app and the bare Worker beside each other, neither with a database, and the unit that both give. */
export const startBoth = async (script: string) => {
  await using stack = new AsyncDisposableStack();
  const app = stack.use(await startWorker(script, NO_DATABASE));
  const unit = await askOnce(app.port);
  const bareScript = await writeBare(unit);
  const bare = stack.use(await startWorker(bareScript));
  const all = stack.move();
  return { app, bare, bareScript, unit, [Symbol.asyncDispose]: () => all.disposeAsync() };
};

export const content: Case = {
  name: 'content',
  run: async (setting) => {
    await using both = await startBoth(setting.app);
    const { app, bare, unit } = both;
    const etag = Object.entries(unit.headers).find(([name]) => name.toLowerCase() === 'etag')?.[1] ?? '';
    const full = expecting(UNIT, 200, unit.body);
    const unchanged = expecting(requestBytes('GET', '/v1/units/1', { 'if-none-match': etag }), 304, Buffer.alloc(0));
    const target = ({ port, pid }: typeof app, shot: typeof full) => ({
      port,
      connections: CONNECTIONS,
      next: () => shot,
      pids: { worker: pid },
    });
    const rates = await interleave(setting, {
      app: target(app, full),
      bare: target(bare, full),
      unchanged: target(app, unchanged),
    });
    const note =
      `${Math.round(perSecond(rates.app).median)}, bare ${Math.round(perSecond(rates.bare).median)}, 304 ` +
      `${Math.round(perSecond(rates.unchanged).median)} requests/s; Worker CPU µs ${cpuPerRequest(rates.app, 'worker')}, ` +
      `bare ${cpuPerRequest(rates.bare, 'worker')}, 304 ${cpuPerRequest(rates.unchanged, 'worker')}`;
    const { app: ours, bare: base, unchanged: tagged } = rates;
    return [
      atLeast(0.9, 'GET /v1/units/1 / bare Worker', ratioOf(ours, base), answeredIn(ours, base), note),
      atLeast(1.1, 'the same, 304 / bare 200', ratioOf(tagged, base), answeredIn(tagged, base)),
    ];
  },
};
