type Dates = { opensAt: string | null; dueAt: string | null; closesAt: string | null };
/** A scenario or prompt as somebody stands in it: `done` where they have answered or committed a post. */
export type Task = Dates & { kind: 'scenario' | 'prompt'; id: string; title: string; unit: string; done: boolean };

export type TaskState = 'done' | 'open' | 'late' | 'missed' | 'not-open';

const past = (time: string | null, now: number): boolean => time !== null && Date.parse(time) <= now;

/** How a task stands at `now` (ms). Late: it was due, and is still taken; missed: it is taken no more. */
export const taskState = ({ done, opensAt, dueAt, closesAt }: Task, now: number): TaskState => {
  if (done) return 'done';
  if (past(closesAt, now)) return 'missed';
  if (opensAt !== null && !past(opensAt, now)) return 'not-open';
  return past(dueAt, now) ? 'late' : 'open';
};

/** How a unit stands by its tasks: what asks for something first. */
export const unitState = (tasks: readonly Task[], now: number): TaskState | 'begun' => {
  const states = tasks.map((task) => taskState(task, now));
  if (states.every((state) => state === 'done')) return 'done';
  for (const state of ['late', 'open'] as const)
    if (states.includes(state)) return state === 'open' && states.includes('done') ? 'begun' : state;
  return states.includes('not-open') ? 'not-open' : 'missed';
};

/**
 * What to do next: of what is taken now, what is due first (late things were); what has no date comes after that, in the
 * order of the course.
 */
export const nextTask = (tasks: readonly Task[], now: number): Task | undefined => {
  const due = ({ dueAt }: Task) => (dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt));
  const open = tasks.filter((task) => ['open', 'late'].includes(taskState(task, now)));
  return open.reduce<Task | undefined>((first, task) => (first && due(first) <= due(task) ? first : task), undefined);
};
