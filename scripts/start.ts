import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { compileContent } from '../src/catalogue/compile.ts';
import { readContent } from './content-files.ts';
import { type DemoLine, demoLines } from './demo-lines.ts';
import { migrateDatabase } from './migrate.ts';
import { type Demo, seedDemo } from './seed.ts';
import { type ClassDemo, seedClass } from './seed-class.ts';
import { type Server, startSqld } from './sqld.ts';
import { startDemoLms } from './start-lms.ts';
import { fireCron, startWorker } from './start-worker.ts';

// npm start: the real Worker in workerd on a real libSQL server, with a demo course in it. Everything it keeps is under
// .data/ (or DATA_DIR); Ctrl-C ends it, starting again goes on with the same data.

const folder = process.env.DATA_DIR ?? '.data';

const say = (line: string) => console.error(`• ${line}`);
const secret = () => randomBytes(24).toString('base64url');

const readEnv = async (path: string): Promise<Record<string, string>> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));
};
const writeEnv = (path: string, values: Record<string, string>) =>
  writeFile(
    path,
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    { mode: 0o600 },
  );

const stops: (() => Promise<void>)[] = [];
let ending = false;
const end = async (code: number, line?: string) => {
  if (ending) return;
  ending = true;
  if (line) console.error(`\n✗ ${line}`);
  for (const stop of stops.reverse()) await stop();
  process.exit(code);
};
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(0), 250).unref();
process.once('SIGINT', () => end(0));
process.once('SIGTERM', () => end(0));

const portFrom = (name: string, usual: number): number => {
  const port = Number(process.env[name] ?? usual);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${name} is not a port: use 1 to 65535`);
  return port;
};

/** Two of us on one folder would be two servers on one database. */
const claimFolder = async () => {
  const file = `${folder}/running.pid`;
  const pid = Number(await readFile(file, 'utf8').catch(() => '0'));
  const alive = () => {
    try {
      return pid > 0 && process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  if (alive())
    throw new Error(
      `cmgrclass runs on this folder already (process ${pid}); its addresses are in ${folder}/demo.env; kill ${pid} ends it`,
    );
  await writeFile(file, String(process.pid));
  stops.push(() => rm(file, { force: true }));
};

/** The content's faults here, in lines, and not somewhere in what wrangler prints. */
const checkContent = async () => {
  const compiled = await compileContent(await readContent('content'));
  if (compiled.ok) return compiled.catalogue;
  const lines = compiled.faults.map(({ file, line, detail }) => `  content/${file}:${line}: ${detail}`);
  throw new Error(`the content cannot be used:\n${lines.join('\n')}`);
};

/** The database: TURSO_URL from the environment, else a libSQL server of our own. */
const startDatabase = async (): Promise<{ url: string; token: string | undefined }> => {
  const { TURSO_URL, TURSO_TOKEN } = process.env;
  if (TURSO_URL) {
    say(`database: ${new URL(TURSO_URL).host}, from TURSO_URL`);
    return { url: TURSO_URL, token: TURSO_TOKEN };
  }
  if (process.platform === 'win32')
    throw new Error('there is no sqld for Windows: set TURSO_URL (and TURSO_TOKEN) to a Turso database, or use WSL');
  const sqld: Server = await startSqld(`${folder}/sqld`, portFrom('SQLD_PORT', 8880));
  stops.push(sqld.stop);
  sqld.exited.then((code) => end(1, `sqld stopped by itself (${code})`));
  say(`database: libSQL server at ${sqld.url}, in ${folder}/sqld`);
  return { url: sqld.url, token: undefined };
};

const announce = (demo: Demo & Partial<ClassDemo> & { LMS_URL: string }, lines: readonly DemoLine[]) => {
  const { BASE_URL, LMS_URL, COURSE, STUDENT_1_TOKEN, CLASS_LMS_URL } = demo;
  const auth = `-H 'Authorization: Bearer ${STUDENT_1_TOKEN}' -H 'Content-Type: application/json'`;
  const curls = lines.map(({ title, path, body }) => {
    const sent = body === undefined ? '' : ` ${auth} -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`;
    return `# ${title}\ncurl -s ${BASE_URL}${path}${sent}; echo`;
  });
  const values = Object.entries(demo).map(([name, value]) => `${name}=${value}`);
  console.log(`
cmgrclass is running. Ctrl-C ends it; the data stays in ${folder}/ (delete the folder to start afresh).

  first page    ${BASE_URL}/
  pretend LMS   ${LMS_URL}/   (open activities there as instructor or student)
  administrator ${BASE_URL}/admin   (signs in with API_KEY, below)
  interface     ${BASE_URL}/docs
  demo course   ${COURSE}
  a class       ${CLASS_LMS_URL ?? '(not made)'}   (one that has worked: answers, posts, appeals, grades in its LMS)

${values.join('\n')}

The same lines are in ${folder}/demo.env. As student 1:

${curls.join('\n\n')}
`);
};

try {
  await mkdir(folder, { recursive: true });
  const before = await readEnv(`${folder}/demo.env`);
  const kept = await readEnv(`${folder}/worker.env`);
  const rootKey = process.env.ROOT_KEY || before.ROOT_KEY || secret();
  if (!/^[\w.~+/=:@%,-]{8,}$/.test(rootKey))
    throw new Error('ROOT_KEY wants at least 8 letters, digits or any of . ~ + / = : @ % , - _');
  const port = portFrom('PORT', 8787);
  const ports = [port, portFrom('LMS_PORT', 8890), ...(process.env.TURSO_URL ? [] : [portFrom('SQLD_PORT', 8880)])];
  if (new Set(ports).size < ports.length) throw new Error('PORT, LMS_PORT and SQLD_PORT must differ');
  const catalogue = await checkContent();
  await claimFolder();
  const database = await startDatabase();
  const applied = await migrateDatabase(database.url, database.token);
  say(applied.length > 0 ? `migrations applied: ${applied.join(', ')}` : 'migrations: all in');

  const workerEnv = {
    TURSO_URL: database.url,
    ...(database.token ? { TURSO_TOKEN: database.token } : {}),
    SESSION_SECRET: kept.SESSION_SECRET ?? secret(),
    ROOT_KEY: rootKey,
    ALLOW_LOOPBACK: 'true',
  };
  await writeEnv(`${folder}/worker.env`, workerEnv);
  say('worker: building, then starting in workerd (some seconds) …');
  if (process.env.BUILT !== 'true') await import('./build.ts');
  const worker = await startWorker(port, `${folder}/worker.env`, folder);
  stops.push(worker.stop);
  worker.exited.then((reason) => end(1, reason));
  const { url } = worker;
  // Cloudflare fires the cron; here we do.
  await fireCron(url);
  setInterval(() => fireCron(url), 60_000).unref();
  say(`worker: ready at ${url}`);
  const { demo: course, ruleSet } = await seedDemo(url, rootKey, before, catalogue);
  const lms = await startDemoLms({
    port: portFrom('LMS_PORT', 8890),
    dataFile: `${folder}/lms.json`,
    profile: process.env.LMS_PROFILE ?? 'moodle',
    toolUrl: url,
    key: course.API_KEY,
  });
  stops.push(lms.stop);
  say(`pretend LMS: ready at ${lms.url}`);
  const made = await seedClass(lms, { toolUrl: url, key: course.API_KEY, before, catalogue });
  if ('why' in made) say(`note: the class that has worked could not be made: ${made.why}`);
  const demo = { ...course, LMS_URL: lms.url, ...('why' in made ? {} : made) };
  await writeEnv(`${folder}/demo.env`, demo);
  announce(demo, demoLines(demo, catalogue));
  if (ruleSet !== catalogue.rules.hash)
    say(
      `note: the demo course keeps the rules it was made with; content/ has others now (delete ${folder}/ for a new course)`,
    );
} catch (error) {
  await end(1, error instanceof Error ? error.message : String(error));
}
