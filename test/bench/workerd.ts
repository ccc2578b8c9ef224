import { spawn } from 'node:child_process';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { temporaryFolder } from './processes.ts';

export type Worker = AsyncDisposable & { port: number; pid: number };

/** The binary itself: what stands in node_modules/.bin may be a script that starts it. */
const { default: workerd } = createRequire(import.meta.url)('workerd') as { default: string };

const compatibilityDate = async () =>
  /^compatibility_date = "(.+)"$/m.exec(await readFile('wrangler.toml', 'utf8'))?.[1] ?? '2026-08-01';

/** Fires the cron when it is asked to by HTTP, which plain workerd has no other way for. */
const CRON_PATH = '/bench/cron';
const cronEntry = `import worker from './worker.js';
const { scheduled } = worker;
const fire = async (env, context) => {
  await scheduled({ cron: '* * * * *' }, env, context);
  return new Response('done');
};
export default {
  fetch: (request, env, context) =>
    request.url.endsWith('${CRON_PATH}') ? fire(env, context) : worker.fetch(request, env, context),
};
`;

const configText = (date: string, bindings: Record<string, string>, texts: readonly string[], cron: boolean) => {
  const entry = cron ? '(name = "entry.js", esModule = embed "entry.js"), ' : '';
  const modules = texts.map((name) => `, (name = "./${name}", text = embed "${name}")`);
  const bound = Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "local", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${entry}(name = "worker.js", esModule = embed "worker.js")${modules.join('')}],
  compatibilityDate = "${date}",
  bindings = [${bound.join(', ')}],
  globalOutbound = "local",
);
`;
};

/** The text modules that Wrangler wrote beside a script. */
export const textsBeside = async (script: string): Promise<string[]> =>
  (await readdir(dirname(script))).filter((name) => name.endsWith('.txt'));

/** The port in the line that workerd writes to its control pipe when it listens. */
const listening = (pipe: Readable): Promise<number> =>
  new Promise((resolve, reject) => {
    let text = '';
    pipe.on('data', (chunk) => {
      text += chunk;
      const [, port] = /"event":"listen".*"port":(\d+)/.exec(text) ?? [];
      if (port) resolve(Number(port));
    });
    pipe.on('end', () => reject(new Error('workerd ended before it listened')));
  });

/**
 * Serves a script (the path of one ES module) by the open-source runtime, without wrangler's development server around
 * it, which takes 25 times as long for a request. With `cron` its scheduled work can be asked for (`fireCron`).
 */
export const startWorker = async (
  script: string,
  bindings: Record<string, string> = {},
  { cron = false, port = 0 } = {},
): Promise<Worker> => {
  const folder = await temporaryFolder('worker');
  await copyFile(script, `${folder.path}/worker.js`);
  const texts = await textsBeside(script);
  for (const name of texts) await copyFile(`${dirname(script)}/${name}`, `${folder.path}/${name}`);
  await writeFile(`${folder.path}/entry.js`, cronEntry);
  const config = configText(await compatibilityDate(), bindings, texts, cron);
  await writeFile(`${folder.path}/config.capnp`, config.replace('127.0.0.1:0', `127.0.0.1:${port}`));
  const child = spawn(workerd, ['serve', `${folder.path}/config.capnp`, '--control-fd=3'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr!.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
    await folder[Symbol.asyncDispose]();
  };
  const listensOn = await listening(child.stdio[3] as Readable).catch(async (error: Error) => {
    await stop();
    throw new Error(`${error.message}: ${complaint.trim()}`);
  });
  return { port: listensOn, pid: child.pid!, [Symbol.asyncDispose]: stop };
};

/** Has a Worker that was started with `cron` do the work of a minute. */
export const fireCron = ({ port }: Worker): Promise<Response> => fetch(`http://127.0.0.1:${port}${CRON_PATH}`);
