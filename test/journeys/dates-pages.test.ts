import { describe, expect, it } from 'vitest';
import { fieldValue, newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, publish } from '../world/world.ts';

/** What stands in a field, as a browser would send it. */
const shownIn = ({ html }: Page, name: string): string | undefined =>
  new RegExp(`name="${name.replaceAll('.', '\\.')}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&quot;', '"');

/** The page's form of dates as a browser would send it, with what is typed. */
const datesIn = (page: Page, typed: Record<string, string>): [string, string][] => {
  const names = [...page.html.matchAll(/name="((?:opensAt|dueAt|closesAt):[^"]+)"/g)].map(([, name]) => name!);
  const kept = ['revision', 'timeZone', 'was', ...names].map((name): [string, string] => [name, shownIn(page, name)!]);
  return [...kept.map(([name, value]): [string, string] => [name, typed[name] ?? value]), ['save', 'dates']];
};

const settingsIn = (page: Page, typed: Record<string, string>): [string, string][] => [
  ['revision', shownIn(page, 'revision')!],
  ...Object.entries({ name: fieldValue(page.html, 'name')!, timeZone: 'America/New_York', ...typed }),
  ['save', 'settings'],
];

const newCourse = async (cookies = true) => {
  const world = await newWorld();
  const boss = await world.instructor();
  const schedule = async () => {
    const { body } = await world.request(boss.token, 'GET', world.at(''));
    return Object.fromEntries(
      body.schedule.map((one: Record<string, string | null>) => [
        `${one.kind}:${one.activity}`,
        [one.opensAt, one.dueAt, one.closesAt].map((time) => time?.replace(':00.000Z', 'Z') ?? null),
      ]),
    );
  };
  const put = (path: string, window: unknown) =>
    world.request(boss.token, 'PUT', world.at(`/schedule/${path}`), window);
  return { world, boss, schedule, put, ...newVisitor(world, boss, { cookies }) };
};

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('the dates of a course, for an instructor %s', (_title, cookies) => {
  it('sets, changes and takes away in one go, and touches nothing else', async () => {
    const { schedule, put, open, submit } = await newCourse(cookies);
    await put('unit/1', { dueAt: '2026-10-01T03:59:59.250Z' });
    await put('unit/2', { dueAt: '2026-11-01T05:30:00Z' });
    await put('unit/3', { opensAt: '2026-10-05T04:00:00Z', dueAt: '2026-10-10T04:00:00Z' });
    const before = await schedule();
    const page = await open('/dates');
    expect(page.text).toContain('By the clock of America/New York.');
    expect(shownIn(page, 'dueAt:unit:1')).toBe('2026-09-30T23:59:59');
    expect(page.text).toContain('4. Where the sources disagree no dates');

    const typed = {
      'opensAt:unit:4': '2026-10-26T08:00',
      'dueAt:unit:4': '2026-11-08T23:59',
      'dueAt:prompt:Q003.1': '2026-11-01T12:00',
      'dueAt:criterion:Q003.1:replies': '2026-11-04T12:00',
      'dueAt:unit:3': '',
      'opensAt:unit:3': '',
    };
    const saved = await submit(page, '/dates', datesIn(page, typed));
    expect([saved.status, saved.text]).toEqual([200, expect.stringContaining('The dates are saved.')]);
    expect(saved.text).toContain('Due Sun, Nov 8, 2026, 11:59 PM EST');
    const { 'unit:3': _gone, ...kept } = before;
    expect(await schedule()).toEqual({
      ...kept,
      'unit:4': ['2026-10-26T12:00Z', '2026-11-09T04:59Z', null],
      'prompt:Q003.1': [null, '2026-11-01T17:00Z', null],
      'criterion:Q003.1:replies': [null, '2026-11-04T17:00Z', null],
    });
    expect(shownIn(saved, 'dueAt:unit:4')).toBe('2026-11-08T23:59');
  });

  it('keeps what was typed where a date cannot be, says which and why, and saves none', async () => {
    const { schedule, open, submit } = await newCourse(cookies);
    const page = await open('/dates');
    const typed = {
      'dueAt:unit:4': '2027-03-14T02:30',
      'opensAt:prompt:Q003.1': '2026-11-02T12:00',
      'closesAt:prompt:Q003.1': '2026-11-01T12:00',
      'dueAt:unit:5': '2026-11-01T12:00',
    };
    const refused = await submit(page, '/dates', datesIn(page, typed));
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Unit 4. Where the sources disagree: clocks go forward over 2027-03-14 02:30');
    expect(refused.text).toContain('One job or two?: it closes before it opens.');
    for (const [name, value] of Object.entries(typed)) expect([name, shownIn(refused, name)]).toEqual([name, value]);
    expect(refused.html.match(/aria-invalid="true"/g)).toHaveLength(2);
    expect(await schedule()).toEqual({});
    const mended = { 'dueAt:unit:4': '2027-03-14T03:30', 'closesAt:prompt:Q003.1': '2026-11-03T12:00' };
    expect((await submit(refused, '/dates', datesIn(refused, mended))).text).toContain('The dates are saved.');
    expect(await schedule()).toMatchObject({
      'unit:4': [null, '2027-03-14T07:30Z', null],
      'unit:5': [null, '2026-11-01T17:00Z', null],
    });
  });

  it('keeps what was typed where somebody else was faster, and shows what they changed', async () => {
    const { schedule, put, open, submit } = await newCourse(cookies);
    await put('unit/4', { dueAt: '2026-10-10T04:00:00Z' });
    const page = await open('/dates');
    await put('unit/4', { dueAt: '2026-10-20T04:00:00Z' });
    await put('unit/5', { dueAt: '2026-10-21T04:00:00Z' });
    const typed = { 'dueAt:unit:4': '2026-10-15T00:00', 'dueAt:unit:6': '2026-10-30T00:00' };
    const stale = await submit(page, '/dates', datesIn(page, typed));
    expect([stale.status, stale.text]).toEqual([412, expect.stringContaining('What you typed is still here')]);
    expect(stale.text).not.toContain('If-Match');
    expect(shownIn(stale, 'dueAt:unit:4')).toBe('2026-10-15T00:00');
    expect(shownIn(stale, 'dueAt:unit:5'), 'which nobody here touched').toBe('2026-10-21T00:00');
    expect(shownIn(stale, 'dueAt:unit:6')).toBe('2026-10-30T00:00');
    expect(stale.text).toContain('Changed meanwhile by somebody else: Tue, Oct 20, 2026, 12:00 AM EDT');
    expect((await schedule())['unit:6']).toBeUndefined();
    await submit(stale, '/dates', datesIn(stale, {}));
    expect(await schedule()).toEqual({
      'unit:4': [null, '2026-10-15T04:00Z', null],
      'unit:5': [null, '2026-10-21T04:00Z', null],
      'unit:6': [null, '2026-10-30T04:00Z', null],
    });
  });

  it('renames the course and moves its clock, but no date', async () => {
    const { schedule, put, open, submit } = await newCourse(cookies);
    await put('unit/4', { dueAt: '2026-10-10T04:00:00Z' });
    const page = await open('/dates');
    const typed = { name: 'Communities & <b>media</b>', timeZone: 'Europe/Berlin', hold: '1' };
    const saved = await submit(page, '/dates', settingsIn(page, typed));
    expect(saved.text).toContain('The settings are saved.');
    expect(saved.text).toContain('Communities & <b>media</b>');
    expect(saved.html).not.toContain('<b>media');
    expect(saved.html).toMatch(/name="hold" value="1" checked/);
    expect(shownIn(saved, 'dueAt:unit:4')).toBe('2026-10-10T06:00');
    expect(await schedule()).toEqual({ 'unit:4': [null, '2026-10-10T04:00Z', null] });

    const stale = await submit(page, '/dates', settingsIn(page, { name: 'Mine' }));
    expect(stale.status).toBe(412);
    expect(fieldValue(stale.html, 'name')).toBe('Mine');
    expect(stale.text).toContain('Now: Communities & <b>media</b>');
    expect(stale.text).toContain('Now: Europe/Berlin');
    const nameless = await submit(saved, '/dates', settingsIn(saved, { name: ' ' }));
    expect(nameless.status).toBe(422);
  });
});

describe('the page of dates', () => {
  it('asks the database once, and once more to save', async () => {
    const { world, open, submit } = await newCourse(false);
    const { result: page, trips } = await world.tripsOf(() => open('/dates'));
    expect(trips).toBe(1);
    const saving = await world.tripsOf(() =>
      submit(page, '/dates', datesIn(page, { 'dueAt:unit:4': '2026-10-15T00:00' })),
    );
    expect([saving.result.status, saving.trips]).toEqual([200, 2]);
    const nothing = await world.tripsOf(() => submit(saving.result, '/dates', datesIn(saving.result, {})));
    expect([nothing.result.status, nothing.trips], 'where nothing was changed').toEqual([200, 1]);
  });

  it('has the dates of the prompts that the course brought itself, and of no prompt that it dropped', async () => {
    const { world, open, submit, schedule } = await newCourse();
    const page = await open('/dates');
    await publish(world, (rules) => {
      const rule = { unit: '4', title: 'Our <i>own</i>', text: 'Say so.' };
      rules.custom = { scenarios: {}, prompts: { 'own-1': rule } } as never;
      rules.prompts['own-1'] = structuredClone(rules.prompts['Q003.1']!);
    });
    const later = await open('/dates');
    expect(later.text).toContain('Our <i>own</i>');
    expect(later.html).not.toContain('<i>own');
    await submit(later, '/dates', datesIn(later, { 'dueAt:prompt:own-1': '2026-10-15T00:00' }));
    expect(await schedule()).toEqual({ 'prompt:own-1': [null, '2026-10-15T04:00Z', null] });
    const other = await newCourse();
    const unknown = await other.open('/dates');
    const fields = datesIn(unknown, {});
    const refused = await other.submit(unknown, '/dates', [...fields, ['dueAt:prompt:own-1', '2026-10-15T00:00']]);
    expect([refused.status, refused.text]).toEqual([404, expect.stringContaining('one of these discussions is gone')]);
    expect(page.text).not.toContain('Our ');
  });

  it.each(['{"unit:4":1}', '{"unit:4":{"opensAt":1e300,"dueAt":null,"closesAt":null}}', 'null', ''])(
    'says that a damaged form is damaged: %s',
    async (was) => {
      const { open, submit } = await newCourse();
      const page = await open('/dates');
      const broken = datesIn(page, { was, 'dueAt:unit:4': '2026-10-15T00:00' });
      const refused = await submit(page, '/dates', broken);
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('The form is damaged.')]);
    },
  );
});
