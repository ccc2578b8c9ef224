import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, waitUntil } from '../../scripts/sqld.ts';
import type { Demo } from './pages.ts';

const readDemo = async (folder: string): Promise<Demo> => {
  const text = await readFile(join(folder, 'demo.env'), 'utf8');
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!])) as Demo;
};

/** Runs `npm start`, the Worker, its database and the pretend LMS, on ports and a folder of its own. Gives what it writes into demo.env. */
export const runStart = async ({ built }: { built: boolean }): Promise<{ demo: Demo; stop: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'cmgrclass-browser-'));
  const ports = { PORT: await freePort(), SQLD_PORT: await freePort(), LMS_PORT: await freePort() };
  const env = Object.entries(ports).map(([name, port]) => [name, String(port)]);
  const own = { DATA_DIR: folder, BUILT: String(built), ROOT_KEY: '', TURSO_URL: '' };
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    env: { ...process.env, ...Object.fromEntries(env), ...own },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const started = async () => Boolean((await readDemo(folder)).LMS_URL);
  if (!(await waitUntil(started, 90_000, () => child.exitCode !== null))) {
    await stop();
    throw new Error(`npm start did not come up:\n${output}`);
  }
  const demo = await readDemo(folder);
  if (demo.CLASS_COURSE) return { demo, stop };
  await stop();
  throw new Error(`npm start made no class:\n${output}`);
};
