import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort, waitUntil } from '../../scripts/sqld.ts';

/** What `npm start` writes into demo.env. */
export type Demo = {
  BASE_URL: string;
  LMS_URL: string;
  API_KEY: string;
  INSTRUCTOR_TOKEN: string;
  STUDENT_1_TOKEN: string;
  STUDENT_2_TOKEN: string;
  STUDENT_3_TOKEN: string;
  COURSE: string;
};

const readDemo = async (folder: string): Promise<Demo> => {
  const text = await readFile(join(folder, 'demo.env'), 'utf8');
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!])) as Demo;
};

/** Runs `npm start`, the Worker, its database and the pretend LMS, on ports and a folder of its own. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'cmgrclass-browser-'));
  const ports = { PORT: await freePort(), SQLD_PORT: await freePort(), LMS_PORT: await freePort() };
  const env = Object.entries(ports).map(([name, port]) => [name, String(port)]);
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    env: { ...process.env, ...Object.fromEntries(env), DATA_DIR: folder, BUILT: 'true', ROOT_KEY: '', TURSO_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const started = async () => Boolean((await readDemo(folder)).LMS_URL);
  if (!(await waitUntil(started, 90_000, () => child.exitCode !== null)))
    throw new Error(`npm start did not come up:\n${output}`);
  project.provide('demo' as never, (await readDemo(folder)) as never);
  return async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
};
