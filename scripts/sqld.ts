import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A port that nothing listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Whether something listens on the port already. */
export const portIsBusy = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });

/** Waits until `probe` holds, at most `ms`; gives up early when `stopped` says so. Returns whether it held. */
export const waitUntil = async (probe: () => Promise<boolean>, ms: number, stopped = () => false): Promise<boolean> => {
  for (const end = Date.now() + ms; Date.now() < end && !stopped(); await new Promise((done) => setTimeout(done, 50)))
    if (await probe().catch(() => false)) return true;
  return false;
};

export type Server = { url: string; stop: () => Promise<void>; exited: Promise<number | null> };

/**
 * Starts a real libSQL server on a folder. Auto-checkpoints are off (one an hour), because with the default sqld 0.24
 * stops taking writes under concurrent writers until it is restarted. Throws one clear line.
 */
export const startSqld = async (folder: string, port: number): Promise<Server> => {
  if (await portIsBusy(port)) throw new Error(`port ${port} is busy: choose another with SQLD_PORT`);
  await mkdir(folder, { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  const args = [
    '--db-path',
    folder,
    '--http-listen-addr',
    `127.0.0.1:${port}`,
    '--checkpoint-interval-s',
    '3600',
    '--no-welcome',
  ];
  const child = spawn('sqld', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, RUST_LOG: 'error' },
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  let failure: string | undefined;
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      failure ??= `sqld stopped (${code}): ${complaint.trim().split('\n').at(-1) ?? ''}`;
      resolve(code);
    });
    child.once('error', (error) => {
      failure = `sqld cannot be started (${error.message}): run npm ci on Linux or macOS, or set TURSO_URL`;
      resolve(null);
    });
  });
  const answers = async () => (await fetch(`${url}/health`)).ok;
  if (!(await waitUntil(answers, 15_000, () => failure !== undefined)))
    throw new Error(failure ?? 'sqld does not answer within 15 s');
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([exited, new Promise((done) => setTimeout(done, 3000).unref())]);
    child.kill('SIGKILL');
  };
  return { url, stop, exited };
};
