import { beforeAll, describe, expect, it } from 'vitest';
import { compileContent } from '../../src/catalogue/compile.ts';
import type { Catalogue } from '../../src/catalogue/shapes.ts';
import { secondModule } from '../second-module/files.ts';
import { newWorld, words } from '../world/world.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  const compiled = await compileContent(secondModule);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  catalogue = compiled.catalogue;
});

describe('a course that teaches another module', () => {
  it('serves the question, units, sources and topics of that module, and none of the first', async () => {
    const { request } = await newWorld({ catalogue });
    const read = async (path: string) => (await request(null, 'GET', path)).body;
    expect(await read('/v1/module')).toMatchObject({
      id: 'kitchen',
      question: 'Which cook: pastry chef or line cook?',
      roles: [{ id: 'pastry' }, { id: 'line' }, { id: 'either', means: ['pastry', 'line'] }],
    });
    expect((await read('/v1/units')).items).toEqual([
      {
        id: '1',
        title: 'The pass',
        summary: 'Who finishes the plate, and who says so.',
        order: 1,
        scenarios: ['B1', 'P1'],
        prompts: ['T.1'],
      },
    ]);
    const unit = await read('/v1/units/1');
    expect(unit.html).toContain('data-claim="k2.2"');
    expect(unit.readings).toEqual(['k1', 'k2']);
    expect((await read('/v1/sources/k2')).claims).toHaveLength(4);
    expect((await read('/v1/topics')).items.map(({ id }: { id: string }) => id)).toEqual([
      'desserts',
      'sauces',
      'plating',
    ]);
    for (const path of ['/v1/units/2', '/v1/sources/000'])
      expect((await request(null, 'GET', path)).status, path).toBe(404);
  });

  it('is graded by the rules of that module, under their own name', async () => {
    const world = await newWorld({ catalogue });
    expect(world.ruleSet).toBe(catalogue.rules.hash);
    const student = await world.learner('Ines');
    const { body: scenario } = await world.request(student.token, 'GET', world.at('/scenarios/P1'));
    expect(scenario).toMatchObject({
      id: 'P1',
      unit: '1',
      points: 4,
      attempts: { max: 2, used: 0 },
      roles: [
        { id: 'pastry', label: 'Pastry chef' },
        { id: 'line', label: 'Line cook' },
        { id: 'either', label: 'Either of them' },
      ],
    });

    const first = await world.answer(student, 'P1', { role: 'either', claims: ['k1.2', 'k2.2'] });
    expect(first).toMatchObject({
      status: 201,
      body: { verdict: { credit: 0.5, points: 2, max: 4 }, grade: { points: 2, max: 4 }, reveal: null },
    });
    const second = await world.answer(student, 'P1', { role: 'line', claims: ['k2.2'] });
    expect(second.body).toMatchObject({
      verdict: { credit: 1, points: 4 },
      points: 2,
      deductions: [{ kind: 'attempt', points: 2 }],
      grade: { points: 2, max: 4 },
      attempts: { max: 2, used: 2 },
      ruleSet: catalogue.rules.hash,
      reveal: { verdict: 'contested', because: catalogue.topics.plating?.because },
    });
    expect(second.body.reveal.voices).toEqual([
      { source: 'k1', role: 'pastry', stance: 'asserts', claims: ['k1.2'] },
      { source: 'k2', role: 'line', stance: 'asserts', claims: ['k2.2'] },
      { source: 'k2', role: 'pastry', stance: 'quotes', claims: ['k2.3'] },
    ]);
    expect((await world.answer(student, 'P1', { role: 'line', claims: ['k2.2'] })).body.type).toMatch(
      /attempts-used-up$/,
    );
  });

  it('knows neither the roles nor the claims nor the scenarios of the first module', async () => {
    const world = await newWorld({ catalogue });
    const student = await world.learner();
    const refused = async (scenario: string, body: unknown) => {
      const reply = await world.answer(student, scenario, body);
      return [reply.status, /[a-z-]+$/.exec(reply.body.type)?.[0]];
    };
    expect(await refused('P1', { role: 'cm', claims: [] })).toEqual([422, 'invalid-input']);
    expect(await refused('P1', { role: 'line', claims: ['000.22'] })).toEqual([422, 'unknown-claim']);
    expect(await refused('S29', { role: 'line', claims: [] })).toEqual([404, 'scenario-not-found']);
  });

  it('has its own discussion, with claims and roles of that module', async () => {
    const world = await newWorld({ catalogue });
    const [one, other] = [await world.learner('Ines'), await world.learner('Jon')];
    const posted = await world.post(one, 'T.1', { body: `${words(8)} [k1.2]`, claims: ['k1.2'], role: 'pastry' });
    expect(posted).toMatchObject({ status: 201, body: { prompt: 'T.1', claims: ['k1.2'], role: 'pastry' } });
    expect(posted.body.html).toContain('href="/v1/sources/k1#claim-k1.2"');
    expect(posted.body.participation).toMatchObject({ points: 2, max: 3 });
    await world.post(other, 'T.1', { body: words(8, 'other'), claims: ['k2.2'], role: 'line' });
    const reply = await world.post(other, 'T.1', { body: words(4, 'reply'), parentId: posted.body.id });
    expect(reply.body.participation).toMatchObject({ points: 3, max: 3 });
  });
});
