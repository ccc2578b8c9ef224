import type { TaskState } from './progress.ts';

const says: Partial<Record<TaskState | 'begun', string>> = {
  done: 'Done',
  begun: 'Begun',
  late: 'Late',
  missed: 'Closed, not done',
  'not-open': 'Not open yet',
};
const marks: Partial<Record<TaskState | 'begun', string>> = { done: 'good', late: 'bad', missed: 'bad', begun: 'warn' };

/** How a task or unit stands, in a word; nothing where it only waits to be done. */
export const StateBadge = ({ state }: { state: TaskState | 'begun' }) =>
  state === 'open' ? null : <span class={`badge ${marks[state] ?? ''}`}>{says[state]}</span>;
