import { readdirSync, readFileSync } from 'node:fs';

/** CPU time that a process has used, in ms, in steps of 10; `NaN` where there is no /proc. proc(5), fields 14 and 15. */
export const cpuMs = (pid: number): number => {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return (user! + system!) * 10;
  } catch {
    return Number.NaN;
  }
};

/** The same by the scheduler's counters of the threads that live: exact to the microsecond. */
export const cpuMsOfThreads = (pid: number): number => {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const ns = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]));
    return ns.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return Number.NaN;
  }
};
