import { readFileSync } from 'node:fs';

/** Memory that a process has now, in MiB; `NaN` where there is no /proc. proc(5), status: VmRSS. */
export const memoryMiB = (pid: number): number => {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};
