import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/grading/rule-set.ts';
import { newWorld, publish, type World } from '../world/world.ts';

const open = async () => {
  const world = await newWorld();
  const { token } = await world.instructor();
  const get = (path: string) => world.request(token, 'GET', world.at(path));
  const preview = (gift: string, more = '') =>
    world.request(token, 'POST', world.at(`/imports/gift${more}`), gift, { 'content-type': 'text/plain' });
  return { world, token, get, preview };
};

/** Rules with a scenario of the instructor's own, as a draft would be published. */
const withOwn = (world: World) =>
  publish(world, (ruleSet) => {
    const rules = ruleSet as RuleSet;
    rules.custom = {
      scenarios: { 'own-1': { unit: '4', topic: 'complaints', title: 'A refund', text: 'Who answers?' } },
      prompts: {},
    };
    rules.scenarios['own-1'] = {
      ...rules.scenarios.S29!,
      accepts: [{ role: 'cm', credit: 0.75, needs: { any: ['001.13'] } }],
      says: { cm: 'So do four of five.' },
    };
  });

describe('the export as GIFT', () => {
  it("has the course's rules as they are now, with what got lost at its head", async () => {
    const { world, get } = await open();
    const hash = await withOwn(world);
    const reply = await get('/exports/gift');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="questions.gift"');
    expect(reply.text).toContain(`// Made from ${hash}.`);
    expect(reply.text).toMatch(/^\/\/ {3}\/scenarios\/own-1\/accepts\/0\/needs$/m);
    expect(reply.text).toContain(
      '// [id:own-1] [tag:unit 4] [tag:topic complaints]\n::A refund::[plain]Who answers?{\n\t~Social media manager\n\t~%75%Community manager#So do four of five.\n',
    );
    expect(reply.text).toContain('\t=Social media manager#Barclay gives complaints to this role;');

    const losses = await get('/exports/gift/losses');
    expect(losses.body.items).toContainEqual({
      code: 'needs',
      pointer: '/scenarios/S29/accepts/0/needs',
      detail: 'Which claims a credit asks for: the choice alone earns it where you import.',
    });
    expect(losses.body.items).toContainEqual(
      expect.objectContaining({ code: 'moodle-no-full', pointer: '/scenarios/own-1/accepts' }),
    );
  });

  it('costs one round trip, and so does its way back', async () => {
    const { world, get, preview } = await open();
    const { result, trips } = await world.tripsOf(() => get('/exports/gift'));
    expect(trips).toBe(1);
    expect((await world.tripsOf(() => preview(result.text))).trips).toBe(1);
  });
});

describe('the export as QTI', () => {
  it('is a package of an item a scenario, with what got lost beside them', async () => {
    const { world, token, get } = await open();
    await withOwn(world);
    const response = await world.app.request(world.at('/exports/qti'), {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const scenarios = Object.keys(world.deps.catalogue.rules.ruleSet.scenarios);
    expect(Object.keys(files).sort()).toEqual(
      ['LOST.txt', 'imsmanifest.xml', ...[...scenarios, 'own-1'].map((id) => `items/${id}.xml`)].sort(),
    );
    expect(strFromU8(files['items/own-1.xml']!)).toContain('<qti-map-entry map-key="cm" mapped-value="3"/>');
    const losses = await get('/exports/qti/losses');
    for (const { pointer } of losses.body.items) expect(strFromU8(files['LOST.txt']!)).toContain(`\n  ${pointer}\n`);
  });
});

describe('what the gradebook as CSV loses', () => {
  it('is listed: every other value of a row is in its line', async () => {
    const { world, token, get } = await open();
    const student = await world.learner('Ana, “A”');
    await world.answer(student, 'S29', { role: 'smm' });
    const override = { points: 3.5, reason: 'argued it well' };
    await world.request(token, 'PUT', world.at(`/people/${student.id}/grades/scenario/S01/override`), override);
    const row = (await get('/gradebook')).body.items[0];
    const csv = await world.request(token, 'GET', world.at('/gradebook'), undefined, { accept: 'text/csv' });
    const { items } = (await get('/exports/gradebook/losses')).body;
    const lost = items.map(({ pointer }: { pointer: string }) => pointer);

    const leaves = (value: unknown, pointer: string): [string, unknown][] =>
      value !== null && typeof value === 'object'
        ? Object.entries(value).flatMap(([key, member]) =>
            leaves(member, `${pointer}/${Array.isArray(value) ? '*' : key}`),
          )
        : [[pointer, value]];
    const isLost = (pointer: string) => lost.some((one: string) => pointer === one || pointer.startsWith(`${one}/`));
    for (const [pointer, value] of leaves(row, '/items/*'))
      if (!isLost(pointer)) expect(csv.text, pointer).toContain(value === null ? ',,' : String(value));
    expect(lost).toContain('/items/*/grades/*/source');
  });
});

describe('an import of GIFT', () => {
  it('of an export would change nothing', async () => {
    const { world, get, preview } = await open();
    await withOwn(world);
    const { status, body } = await preview((await get('/exports/gift')).text, '?preview=true');
    expect(status).toBe(200);
    expect(body.items).toHaveLength(45);
    expect(new Set(body.items.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['same']));
    expect(body.losses).toEqual([]);
  });

  it('shows what it would change, with what the check finds, and changes nothing', async () => {
    const { get, preview } = await open();
    const before = await get('/exports/gift');
    const { status, body } = await preview(
      [
        '// [id:S29]',
        '::The broken chair::A text of another course{=Community manager ~Social media manager ~Both, shared ~neither}',
        '',
        '// [tag:unit 4] [tag:topic complaints]',
        '::A refund::Who answers?{',
        '  =Community manager#So do four of five.',
        '  ~%25%Social media manager',
        '  ~both',
        '  ####To all.',
        '}',
      ].join('\n'),
    );
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { line: 2, id: 'S29', kind: 'changed', scenario: { id: 'S29', title: 'The broken chair' } },
      {
        line: 5,
        id: null,
        kind: 'new',
        scenario: {
          id: 'own-1',
          unit: '4',
          topic: 'complaints',
          text: 'Who answers?',
          rule: {
            points: 4,
            accepts: [
              { role: 'smm', credit: 0.25 },
              { role: 'cm', credit: 1 },
            ],
          },
        },
      },
    ]);
    const codes = body.items.map(({ findings }: { findings: { code: string }[] }) => findings.map(({ code }) => code));
    expect(codes[0]).toEqual(expect.arrayContaining(['one-role', 'sample-differs']));
    expect(codes[1]).toEqual(expect.arrayContaining(['no-evidence', 'one-role']));
    expect(body.losses.map(({ code, line }: { code: string; line: number }) => [code, line])).toEqual([
      ['module-text', 2],
      ['role-not-offered', 5],
      ['general-feedback', 5],
      ['points', 5],
    ]);
    expect((await get('/exports/gift')).text).toBe(before.text);
  });

  it('with faults is refused with all of them, by line', async () => {
    const { preview } = await open();
    const { status, body } = await preview('Why?{}\n\nWho?{=cm\n~the owner}\n\n// [id:S29]\nx{=cm ~smm');
    expect(status).toBe(422);
    expect(body.type).toBe('urn:cmgrclass:problem:import-faulty');
    expect(body.errors.map(({ line }: { line: number }) => line)).toEqual([1, 3, 3, 4, 7]);
    expect(body.errors.every(({ detail }: { detail: string }) => detail.length > 10)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['comments alone', '// [id:S29]\n\n// nothing more'],
  ])('of %s is refused', async (_title, gift) => {
    const { preview } = await open();
    expect((await preview(gift)).body).toMatchObject({ errors: [{ line: 1, detail: 'there is no question in it' }] });
  });

  it('takes JSON too, up to a mebibyte, from an instructor', async () => {
    const { world, token, preview } = await open();
    const send = (who: string) => world.request(who, 'POST', world.at('/imports/gift'), { gift: 'Why?{}' });
    expect((await send(token)).body.type).toBe('urn:cmgrclass:problem:import-faulty');
    expect((await send((await world.assistant()).token)).status).toBe(403);
    expect((await preview('x'.repeat(1_048_577))).status).toBe(413);
    expect((await preview('Why?{}', '?preview=maybe')).body.errors[0].pointer).toBe('/preview');
  });

  it('changes the draft when it is applied, and nothing that is published', async () => {
    const { world, token, get, preview } = await open();
    const gift = '// [id:own-1] [tag:unit 4] [tag:topic complaints]\n::A late parcel::Who writes back? {=cm ~%25%smm}';
    const seen = await preview(gift);
    expect(seen.body).toMatchObject({ applied: false, items: [{ kind: 'new' }] });
    const applied = await preview(gift, '?preview=false');
    expect(applied.body).toMatchObject({ applied: true, items: seen.body.items });
    const draft = await world.request(token, 'GET', world.at('/rule-draft'));
    expect(draft.body.doc.custom.scenarios['own-1']).toMatchObject({ unit: '4', topic: 'complaints' });
    expect((await get('/rule-sets/current')).body.ruleSet).toBe(world.ruleSet);
  });
});
