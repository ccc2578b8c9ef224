import { describe, expect, it } from 'vitest';
import { nextTask, type Task, taskState, unitState } from './progress.ts';

const now = Date.parse('2026-10-10T12:00:00Z');
const before = '2026-10-09T12:00:00Z';
const after = '2026-10-11T12:00:00Z';
const task = (more: Partial<Task> = {}): Task => ({
  kind: 'scenario',
  id: 'S1',
  title: 'A case',
  unit: '1',
  done: false,
  opensAt: null,
  dueAt: null,
  closesAt: null,
  ...more,
});

describe('a task', () => {
  it.each([
    ['done', { done: true, closesAt: before }],
    ['open', {}],
    ['open', { opensAt: before, dueAt: after }],
    ['not-open', { opensAt: after, dueAt: after }],
    ['late', { dueAt: before }],
    ['late', { dueAt: before, closesAt: after }],
    ['missed', { dueAt: before, closesAt: before }],
    ['open', { opensAt: new Date(now).toISOString() }],
  ] as const)('is %s with %j', (state, more) => {
    expect(taskState(task(more), now)).toBe(state);
  });
});

describe('a unit', () => {
  const [done, open, late, missed, shut] = [
    { done: true },
    {},
    { dueAt: before },
    { closesAt: before },
    { opensAt: after },
  ];
  it.each([
    ['done', [done, done]],
    ['open', [open, open]],
    ['begun', [done, open]],
    ['late', [done, open, late]],
    ['open', [missed, open]],
    ['not-open', [done, shut]],
    ['missed', [done, missed]],
  ] as const)('is %s with %j', (state, all) => {
    expect(unitState(all.map(task), now)).toBe(state);
  });
});

describe('what comes next', () => {
  it.each([
    ['the first, where nothing has a date', [task({ id: 'a' }), task({ id: 'b' })], 'a'],
    ['what is due first', [task({ id: 'a' }), task({ id: 'b', dueAt: after })], 'b'],
    ['what is late before what is due', [task({ id: 'a', dueAt: after }), task({ id: 'b', dueAt: before })], 'b'],
    ['the first of those due together', [task({ id: 'a', dueAt: after }), task({ id: 'b', dueAt: after })], 'a'],
    [
      'not what is done, shut or missed',
      [task({ done: true }), task({ opensAt: after }), task({ closesAt: before })],
      undefined,
    ],
  ])('is %s', (_what, tasks, id) => {
    expect(nextTask(tasks, now)?.id).toBe(id);
  });
});
