import { spawn } from 'node:child_process';
import { portIsBusy, waitUntil } from './sqld.ts';

/** The Worker, run by Wrangler in workerd. `exited` says why it ended. */
export type RunningWorker = { url: string; stop: () => Promise<void>; exited: Promise<string> };

/** What Cloudflare's cron does, asked for by hand: the work of a minute. */
export const fireCron = (url: string): Promise<unknown> =>
  fetch(`${url}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`).catch(() => undefined);

/** Starts the Worker and waits until it is ready. Throws what kept it from that. */
export const startWorker = async (port: number, envFile: string, folder: string): Promise<RunningWorker> => {
  if (await portIsBusy(port)) throw new Error(`port ${port} is busy: choose another with PORT`);
  const args = ['dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0', '--env-file', envFile];
  const child = spawn(
    'wrangler',
    [...args, '--persist-to', `${folder}/wrangler`, '--show-interactive-dev-session=false'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true', WRANGLER_LOG_PATH: `${folder}/wrangler-logs` },
    },
  );
  let output = '';
  const keep = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-4000);
    if (process.env.VERBOSE) process.stderr.write(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let failure: string | undefined;
  const exited = new Promise<string>((resolve) => {
    const ended = (reason: string) => {
      failure ??= reason;
      resolve(failure);
    };
    child.once('error', (error) => ended(`wrangler cannot be started (${error.message}): run npm ci`));
    child.once('exit', (code) => ended(`the Worker stopped (${code}):\n${output.trim()}`));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([exited, new Promise((done) => setTimeout(done, 3000).unref())]);
    child.kill('SIGKILL');
  };
  const url = `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(`${url}/readyz`)).ok;
  if (!(await waitUntil(ready, 120_000, () => failure !== undefined))) {
    await stop();
    throw new Error(failure ?? `${url}/readyz is not green after two minutes:\n${output.trim()}`);
  }
  return { url, stop, exited };
};
