import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The ids of the processes that this one started and that still run. Empty where there is no /proc. */
export const childrenNow = (): number[] => {
  try {
    const list = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
    return list.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

const folders = new Set<string>();

export type Folder = AsyncDisposable & { path: string };

/** A folder for temporary files, removed when disposed of or, at the latest, when the process ends. */
export const temporaryFolder = async (name: string): Promise<Folder> => {
  const path = await mkdtemp(join(tmpdir(), `cmgrclass-bench-${name}-`));
  folders.add(path);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      folders.delete(path);
    },
  };
};

const kill = (pid: number) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

/** Whatever way the benchmark ends (done, failed, Ctrl-C), nothing of it stays behind. */
export const leaveNothingBehind = () => {
  process.once('exit', () => {
    for (const pid of childrenNow()) kill(pid);
    for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
};
