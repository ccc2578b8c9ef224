import { describe, expect, it } from 'vitest';
import { secondModule } from '../../test/second-module/files.ts';
import { gradeAnswer } from '../grading/grade-answer.ts';
import { compileContent } from './compile.ts';
import type { ContentFiles } from './documents.ts';

const compiled = async (files: ContentFiles) => {
  const result = await compileContent(files);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.catalogue;
};
const faultsIn = async (files: ContentFiles) => {
  const result = await compileContent(files);
  return result.ok ? [] : result.faults;
};
const unit1 = 'units/1.md';
const scenarios = 'scenarios/unit-1.yaml';
const prompts = 'prompts/unit-1.yaml';

/** The files with one text put in another's place (`from → to`), which must stand there exactly once. */
const changed = (file: string, change: string): ContentFiles => {
  const [from = '', to = ''] = change.split(' → ');
  const text = secondModule[file] ?? '';
  expect(text.split(from), `${from} stands once in ${file}`).toHaveLength(2);
  return { ...secondModule, [file]: text.replace(from, () => to) };
};
/** The line, from 1, on which the first of a text stands. */
const lineOf = (files: ContentFiles, file: string, text: string): number => {
  expect(files[file]).toContain(text);
  return files[file]!.slice(0, files[file]!.indexOf(text)).split('\n').length;
};

describe('a module with other roles', () => {
  it('compiles whole, with no change to the engine', async () => {
    const { module, sources, claims, topics, units, scenarios, prompts } = await compiled(secondModule);
    expect(module).toMatchObject({ id: 'kitchen', question: 'Which cook: pastry chef or line cook?', hinges: ['P1'] });
    expect(module.roles).toEqual([
      { id: 'pastry', label: 'Pastry chef' },
      { id: 'line', label: 'Line cook' },
      { id: 'either', label: 'Either of them', means: ['pastry', 'line'] },
    ]);
    expect(sources.map(({ id, author, date }) => [id, author, date])).toEqual([
      ['k1', 'Ada Brann', null],
      ['k2', null, '2015-04-02'],
    ]);
    expect(Object.keys(claims)).toHaveLength(8);
    expect(claims['k2.3']).toEqual({
      id: 'k2.3',
      source: 'k2',
      topics: ['desserts', 'plating'],
      implied: ['plating'],
      role: 'pastry',
      kind: 'responsibility',
      stance: 'quotes',
      speaker: 'Tomas Reuel',
      place: 'L8',
      text: 'A pastry chef thinks of the last course from the first hour.',
    });
    expect(Object.values(topics).map(({ id, verdict, computed }) => [id, verdict, computed])).toEqual([
      ['desserts', 'agreed', 'agreed'],
      ['sauces', 'agreed', 'agreed'],
      ['plating', 'contested', 'contested'],
    ]);
    expect(units).toMatchObject([{ id: '1', order: 1, scenarios: ['B1', 'P1'], prompts: ['T.1'] }]);
    expect(scenarios.P1).toMatchObject({ topic: 'plating', unit: '1', title: 'Six tarts at the pass' });
    expect(prompts['T.1']).toMatchObject({ unit: '1', source: 'k1', title: 'Your kitchen' });
    expect(prompts['T.1']?.html).toBe(
      '<p>Who would finish the plate in <strong>your</strong> kitchen? Cite one claim.</p>\n',
    );
  });

  it('serves its lesson with the claims it cites beneath it', async () => {
    const { bodies } = await compiled(secondModule);
    expect(Object.keys(bodies)).toEqual(
      expect.arrayContaining(['/v1/module', '/v1/units', '/v1/units/1', '/v1/sources/k2', '/v1/topics']),
    );
    const unit = JSON.parse(bodies['/v1/units/1']!.body);
    expect(unit).toMatchObject({ id: '1', title: 'The pass', order: 1, readings: ['k1', 'k2'] });
    expect(unit.markdown.split(/\s+/).length).toBeGreaterThan(60);
    expect(unit.html).toContain('<h2>One plate, two cooks</h2>');
    const beneath = [...unit.html.matchAll(/<li id="claim-([^"]+)"/g)].map(([, id]) => id);
    expect(beneath).toEqual(['k1.1', 'k1.2', 'k1.3', 'k2.1', 'k2.2']);
    for (const id of beneath) expect(unit.html).toContain(`<a class="claim" href="#claim-${id}" data-claim="${id}"`);
    expect(unit.html).toContain('Nobody but the pastry chef finishes a plate of sweets.');
    expect(unit.html).toContain('Ada Brann, “Notes from a pastry bench”, L4');
    const source = JSON.parse(bodies['/v1/sources/k2']!.body);
    expect(source.claims.map(({ id }: { id: string }) => id)).toEqual(['k2.1', 'k2.2', 'k2.3', 'k2.4']);
  });

  it.each([
    ['P1', 'pastry', ['k1.2'], 1, 400],
    ['P1', 'pastry', [], 0, 0],
    ['P1', 'line', ['k2.2'], 1, 400],
    ['P1', 'line', ['k1.2'], 0.25, 100],
    ['P1', 'either', [], 0.5, 200],
    ['B1', 'line', ['k2.1'], 1, 200],
    ['B1', 'cm', ['k2.1'], 0, 0],
  ])('grades %s answered %s with %j by its own rules', async (scenario, role, claims, credit, points) => {
    const { rules } = await compiled(secondModule);
    const verdict = gradeAnswer(rules.ruleSet, { scenario, role, claims, counterClaims: [] });
    expect(verdict).toMatchObject({ credit, points });
  });

  it('says in its own words that a cited claim denies the duty', async () => {
    const { rules } = await compiled(secondModule);
    expect(rules.ruleSet.denials).toEqual({ 'k1.3': ['pastry'] });
    const given = { scenario: 'B1', role: 'pastry', claims: ['k1.3'], counterClaims: [] };
    expect(gradeAnswer(rules.ruleSet, given).trace.map(({ says }) => says)).toContain(
      'k1.3 speaks against this choice: it denies this duty to “Pastry chef”.',
    );
  });

  it('has rules whose name changes when a point does, and not when a lesson does', async () => {
    const { rules } = await compiled(secondModule);
    const lesson = await compiled(changed(unit1, 'Then a plate → At last a plate'));
    const points = await compiled(changed('rules.yaml', 'points: 4 → points: 5'));
    expect(lesson.rules.hash).toBe(rules.hash);
    expect(points.rules.hash).not.toBe(rules.hash);
  });

  it('compiles the same with the line ends of Windows', async () => {
    const windows = Object.entries(secondModule).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]);
    const { rules, claims } = await compiled(Object.fromEntries(windows));
    const { rules: same, claims: sameClaims } = await compiled(secondModule);
    expect([rules.hash, claims]).toEqual([same.hash, sameClaims]);
  });

  it('has its units in the order of their numbers, also beyond nine', async () => {
    const text = secondModule[unit1]!.replace('[B1, P1]', '[]').replace('[T.1]', '[]');
    const more = Array.from({ length: 10 }, (_, index) => String(index + 2));
    const files = more.map((id) => [`units/${id}.md`, text.replace('id: 1', `id: ${id}`)] as const);
    const { units } = await compiled({ ...secondModule, ...Object.fromEntries(files) });
    expect(units.map(({ id }) => id)).toEqual(['1', ...more]);
  });
});

/** By file: what is wrong, what is changed, what the fault says, and where not the change itself, a text on the line it names. */
const bad: Record<string, [title: string, change: string, detail: string, on?: string][]> = {
  [unit1]: [
    ['a claim that does not exist', '[k2.2] → [k2.9]', 'unknown claim k2.9'],
    ['such a claim below empty lines', '---\n## One → ---\n\n\n## One [k2.9]', 'unknown claim k2.9', '[k2.9]'],
    ['a reading that does not exist', '{ source: k2, → { source: k9,', 'unknown source k9'],
    ['a scenario that does not exist', '[B1, P1] → [B1, P1, P9]', 'unknown scenario P9'],
    ['a scenario called constructor', '[B1, P1] → [B1, P1, constructor]', 'unknown scenario constructor'],
    ['a prompt that does not exist', '[T.1] → [T.1, T.9]', 'unknown prompt T.9'],
    ['a scenario listed twice', '[B1, P1] → [B1, P1, P1]', 'P1 belongs to unit 1 already'],
    ['a key that is misspelt', 'summary: → sumary:', 'sumary', 'id: 1'],
    ['front matter that is not YAML', 'title: The pass → title: The: pass', 'Nested mappings'],
  ],
  'sources/k1.md': [
    ['a claim that does not exist', '[k1.2] → [k1.9]', 'unknown claim k1.9'],
    ['a topic that does not exist', '[titles] → [title]', 'unknown topic, title', 'id: k1.4'],
    ['a claim id given twice', 'id: k1.4 → id: k1.3 # twice', 'the id k1.3 stands already in sources/k1.md:22'],
    ['a claim named after another source', 'id: k1.4 → id: k2.9', 'claim k2.9 is not named after its source'],
    ['front matter that never ends', 'work.\n---\n → work.\n', 'front matter is missing', '---'],
  ],
  'sources/k2.md': [
    ['a source id given twice', 'id: k2\n → id: k1\n', 'the id k1 stands already in sources/k1.md:2'],
    ['a role that does not exist', 'role: either → role: both', 'claim k2.4 names an unknown role, both', 'id: k2.4'],
    ['a day that does not exist', '2015-04-02 → 2015-02-30', 'date'],
    ['a stance that does not exist', 'stance: hedged → stance: doubts', 'stance'],
  ],
  'module.yaml': [
    ['a role that means one that does not exist', '[pastry, line] → [pastry, cook]', 'unknown role, cook'],
    ['a role id given twice', 'Line cook } → Line cook }\n  - { id: line, label: Two }', 'line', 'label: Two'],
    ['a hinge that does not exist', 'hinges: [P1] → hinges: [P9]', 'unknown scenario P9'],
    ['a pair that does not exist', '[B1, P1] → [B1, P9]', 'unknown scenario P9'],
    ['a repeated prompt that does not exist', 'prompt: T.1 → prompt: T.9', 'T.9'],
    ['a repeat in a unit that does not exist', 'unit: 1 → unit: 9', '9'],
  ],
  'topics.yaml': [
    ['a topic id given twice', 'id: sauces → id: desserts # twice', 'the id desserts stands already in topics.yaml:1'],
    ['a role that does not exist', '[line] → [cook]', 'sauces: unknown role cook', 'id: sauces'],
    [
      'a verdict that differs from the count',
      'agreed\n  roles: [line] → thin\n  roles: [line]',
      'its claims count as agreed',
      'id: sauces',
    ],
    ['YAML that is not YAML', 'title: Sauces → title: @Sauces', 'reserved character @'],
    ['a text that starts with an asterisk', 'title: Sauces → title: *Sauces*', 'Sauces*'],
  ],
  [scenarios]: [
    ['a scenario id given twice', 'id: P1 → id: B1 # twice', `the id B1 stands already in ${scenarios}:1`],
    ['a topic that does not exist', 'topic: sauces → topic: titles', 'B1: unknown topic titles'],
    ['a scenario in no unit', 'id: P1 → id: P2', "P2 stands in no unit's list of scenarios"],
  ],
  [prompts]: [
    ['a prompt id given twice', '- id: T.1 → - { id: T.1, title: A, text: B }\n- id: T.1', 'T.1 stands', '- id: T.1'],
    ['a claim in its text that does not exist', 'text: → text: Mind [k9.9]. #', 'unknown claim k9.9', 'Mind'],
    ['a prompt in no unit', 'id: T.1 → id: T.2', "T.2 stands in no unit's list of prompts"],
    ['a source that does not exist', 'source: k1 → source: k9', 'T.1: unknown source k9'],
  ],
  'rules.yaml': [
    ['a claim that does not exist', '{ any: [k2.1] } → { any: [k2.9] }', 'scenarios.B1: there is no claim k2.9'],
    [
      'a claim of a sample that does not exist',
      'voice, role: line, claims: [k1.2] → v, role: line, claims: [k1.9]',
      'k1.9',
    ],
    ['a role that does not exist', '{ role: either, → { role: both,', 'scenarios.P1: there is no role both'],
    [
      "another topic than the scenario's",
      'topic: sauces → topic: plating',
      'B1 is about sauces, the rule about plating',
    ],
    ['a rule given twice', '  P1:\n →   B1: # twice\n', 'unique'],
    [
      'a sample of the first rule with another credit',
      '[k1.3], credit: 0 → [k1.3], credit: 1',
      'should earn 1 and earns 0',
    ],
    ['a sample of a later rule with another credit', '[], credit: 0 } → [], credit: 1 }', 'should earn 1 and earns 0'],
    ['fewer than three samples', '      - { title: right without → #', 'scenarios.B1.bench', '- { title: right with'],
    [
      'full credit without evidence',
      '1, needs: { any: [k1.2] } } → 1 }',
      'pastry can earn full credit',
      '- { role: pastry',
    ],
    [
      'one role alone on a quarrel, not signed off',
      '1, needs: { all → 0.5, needs: { all',
      'one role',
      '- { role: pastry',
    ],
    ['a credit above one', 'line, credit: 0.25 → line, credit: 1.25', 'scenarios.P1.accepts.2.credit'],
    ['points that are no number', 'points: 4 → points: four', 'scenarios.P1.points'],
  ],
};

describe('a fault stops the compile and is named by file, line and reason', () => {
  const rows = Object.entries(bad).flatMap(([file, faults]) =>
    faults.map(([title, change, detail, on = change.split(' → ')[1]!]) => [file, title, change, detail, on] as const),
  );
  it.each(rows)('%s: %s', async (file, _title, change, detail, on) => {
    const files = changed(file, change);
    const fault = { file, line: lineOf(files, file, on), detail: expect.stringContaining(detail) };
    expect(await faultsIn(files)).toContainEqual(fault);
  });

  it.each(['module.yaml', 'topics.yaml', 'rules.yaml'])('%s is missing', async (file) => {
    const { [file]: _gone, ...files } = secondModule;
    expect(await faultsIn(files)).toEqual([{ file, line: 1, detail: 'the file is missing' }]);
  });

  it.each([
    [scenarios, 'unknown scenario B1', '[B1, P1]'],
    [prompts, 'unknown prompt T.1', '[T.1]'],
    ['sources/k2.md', 'unknown source k2', 'source: k2'],
  ])('%s is missing, which the unit notices', async (file, detail, on) => {
    const { [file]: _gone, ...files } = secondModule;
    expect(await faultsIn(files)).toContainEqual({ file: unit1, line: lineOf(files, unit1, on), detail });
  });

  it('a file that nothing reads is named, lest a misspelt folder go unseen', async () => {
    expect(await faultsIn({ ...secondModule, 'source/k3.md': '---' })).toEqual([
      { file: 'source/k3.md', line: 1, detail: expect.stringContaining('nothing reads this file') },
    ]);
  });

  it('a byte order mark and a missing last line end are no fault', async () => {
    const text = secondModule[unit1]!.split('---')[1]!;
    const { units } = await compiled({ ...secondModule, [unit1]: `\uFEFF---${text}---` });
    expect(units[0]?.title).toBe('The pass');
  });

  it('all faults are named at once', async () => {
    const faults = await faultsIn({
      ...changed(unit1, '[k2.2] → [k2.9]'),
      [scenarios]: changed(scenarios, 'topic: sauces → topic: soups')[scenarios]!,
    });
    expect(faults.map(({ file, line }) => `${file}:${line}`).sort()).toEqual([
      'rules.yaml:7',
      `${scenarios}:2`,
      `${unit1}:18`,
    ]);
  });
});
