import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Role, roles } from '../auth/actor.ts';
import type { Listed } from './roster-file.ts';
import { type Import, type Present, planRoster } from './roster-plan.ts';

const present = (externalId: string, role: Role | null, more: Partial<Present> = {}): Present => ({
  id: `id-${externalId}`,
  externalId,
  name: null,
  role,
  withdrawn: false,
  ours: true,
  ...more,
});
const listed = (...people: [externalId: string, role?: Role | null, name?: string][]): Listed[] =>
  people.map(([externalId, role = null, name = null as never], index) => ({ line: index + 2, externalId, role, name }));

const key: Import = { asker: null, mayRename: true, withdrawMissing: false };
const instructor: Import = { ...key, asker: 'id-boss', mayRename: false };
const all: Partial<Import> = { withdrawMissing: true };

const boss = present('boss', 'instructor');
const ana = present('ana', 'learner', { name: 'Ana' });

describe('the plan of a roster', () => {
  it.each<[title: string, Listed[], Present[], Partial<Import>, changes: string[], same: number, kept: string[]]>([
    ['somebody new is enrolled as a learner', listed(['ben']), [ana], {}, ['enrol ben learner'], 0, []],
    [
      'somebody the institution knows is enrolled with their name',
      listed(['ana']),
      [{ ...ana, role: null }],
      {},
      ['enrol ana learner Ana'],
      0,
      [],
    ],
    ['what is so already stays', listed(['ana', 'learner', 'Ana'], ['boss']), [ana, boss], {}, [], 2, []],
    ['another role changes', listed(['ana', 'assistant']), [ana], {}, ['change ana learner→assistant'], 0, []],
    ['a role left out stays', listed(['boss']), [boss], {}, [], 1, []],
    ['another name changes', listed(['ana', null, 'Anna']), [ana], {}, ['change ana learner Ana→Anna'], 0, []],
    [
      'who was withdrawn is restored',
      listed(['ana']),
      [{ ...ana, withdrawn: true }],
      {},
      ['restore ana learner'],
      0,
      [],
    ],
    [
      'and may come back in another role',
      listed(['ana', 'assistant']),
      [{ ...ana, withdrawn: true }],
      {},
      ['restore ana learner→assistant'],
      0,
      [],
    ],
    ['who is missing stays', listed(['ben']), [ana, boss], {}, ['enrol ben learner'], 0, []],
    [
      'who is missing is withdrawn where that is asked for',
      listed(['boss']),
      [ana, boss],
      all,
      ['withdraw ana learner'],
      1,
      [],
    ],
    ['but not once more', listed(['boss']), [{ ...ana, withdrawn: true }, boss], all, [], 1, []],
    ['nor who is in no course of ours', listed(['boss']), [{ ...ana, role: null }, boss], all, [], 1, []],
    ['nor who came from an LTI platform', listed(['boss']), [{ ...ana, ours: false }, boss], all, [], 1, []],
    ['the last instructor is never withdrawn', listed(['ana']), [ana, boss], all, [], 1, ['boss last-instructor']],
    [
      'nor the last two together',
      listed(['ana']),
      [ana, boss, present('chief', 'instructor')],
      all,
      [],
      1,
      ['boss last-instructor', 'chief last-instructor'],
    ],
    [
      'one of two is',
      listed(['chief']),
      [boss, present('chief', 'instructor')],
      all,
      ['withdraw boss instructor'],
      1,
      [],
    ],
    [
      'or the last, where another comes',
      listed(['chief', 'instructor']),
      [boss],
      all,
      ['enrol chief instructor', 'withdraw boss instructor'],
      0,
      [],
    ],
    [
      'who asks is never withdrawn',
      listed(['chief']),
      [boss, present('chief', 'instructor')],
      { ...all, asker: 'id-boss' },
      [],
      1,
      ['boss yourself'],
    ],
    [
      'while another instructor is',
      listed(['ana']),
      [ana, boss, present('chief', 'instructor')],
      { ...all, asker: 'id-boss' },
      ['withdraw chief instructor'],
      1,
      ['boss yourself'],
    ],
  ])('%s', (_title, lines, people, how, changes, same, kept) => {
    const decided = planRoster(lines, people, { ...key, ...how });
    if (!('plan' in decided)) throw new Error(JSON.stringify(decided));
    const arrow = (from: string | null | undefined, to: string | null) =>
      from === undefined || from === to ? to : `${from}→${to}`;
    const said = decided.plan.changes.map(({ action, externalId, from, to }) =>
      [
        action,
        externalId,
        arrow(from?.role, to.role),
        action === 'enrol' || from!.name !== to.name ? arrow(from?.name, to.name) : null,
      ]
        .filter((part) => part !== null)
        .join(' '),
    );
    expect(said).toEqual(changes);
    expect(decided.plan.same).toBe(same);
    expect(decided.plan.kept.map(({ externalId, because }) => `${externalId} ${because}`)).toEqual(kept);
  });

  it.each<[title: string, Listed[], Present[], Import, lines: number[]]>([
    ['the last instructor to be something else', listed(['ana'], ['boss', 'assistant']), [ana, boss], key, [3]],
    [
      'who asks to be something else',
      listed(['boss', 'learner']),
      [boss, present('chief', 'instructor')],
      instructor,
      [2],
    ],
    ['an instructor to rename', listed(['ana', null, 'Anna'], ['ben', null, 'Ben']), [ana, boss], instructor, [2]],
    [
      'an instructor to name who has no name',
      listed(['cem', null, 'Cem']),
      [present('cem', null), boss],
      instructor,
      [2],
    ],
  ])('refuses %s, and names the line', (_title, lines, people, how, at) => {
    const decided = planRoster(lines, people, how);
    expect('faults' in decided && decided.faults.map(({ line }) => line)).toEqual(at);
  });

  it('lets a course be that never had an instructor', () => {
    expect(planRoster(listed(['ana', 'assistant']), [ana], key)).toHaveProperty('plan');
  });

  it('carried out leaves nothing to do, and never a course without its instructors or who asked', () => {
    const name = fc.option(fc.constantFrom('Ana', 'Ben'));
    const people = fc.uniqueArray(
      fc.record({
        externalId: fc.constantFrom('a', 'b', 'c', 'd', 'boss'),
        name,
        role: fc.option(fc.constantFrom(...roles)),
        withdrawn: fc.boolean(),
        ours: fc.boolean(),
      }),
      { selector: ({ externalId }) => externalId },
    );
    const roster = fc.uniqueArray(
      fc.record({
        line: fc.nat(),
        externalId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'boss'),
        name,
        role: fc.option(fc.constantFrom(...roles)),
      }),
      { selector: ({ externalId }) => externalId },
    );
    const how = fc.record({
      asker: fc.constantFrom(null, 'id-boss'),
      mayRename: fc.boolean(),
      withdrawMissing: fc.boolean(),
    });
    const teaching = (all: readonly Present[]) => all.filter((one) => one.role === 'instructor' && !one.withdrawn);
    fc.assert(
      fc.property(people, roster, how, (known, lines, by) => {
        const before = known.map(
          (one): Present => ({
            ...one,
            id: `id-${one.externalId}`,
            withdrawn: one.withdrawn && one.role !== null,
          }),
        );
        const decided = planRoster(lines, before, by);
        if (!('plan' in decided)) return;
        const { changes } = decided.plan;
        const others = before.filter(
          (one) => !one.ours || !changes.some(({ externalId }) => externalId === one.externalId),
        );
        const changed = changes.map(
          ({ externalId, to }): Present => ({ id: `id-${externalId}`, externalId, ours: true, ...to }),
        );
        const after = [...others, ...changed];
        expect(planRoster(lines, after, by)).toMatchObject({ plan: { changes: [] } });
        if (teaching(before).length > 0) expect(teaching(after).length).toBeGreaterThan(0);
        if (teaching(before).some(({ id, ours }) => id === by.asker && ours))
          expect(teaching(after).some(({ id }) => id === by.asker)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
