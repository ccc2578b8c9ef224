import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import type { Claim, Stance } from './shapes.ts';
import { countVerdict } from './topics.ts';

const counted = [
  'audience',
  'brand-image',
  'comment-replies',
  'complaints',
  'content-creation',
  'conversing',
  'education',
  'growth',
  'handover',
  'measuring-general',
  'people-skills',
  'placement',
  'strategy',
  'tech-skill',
];
const dismissed = ['education', 'growth', 'handover', 'placement'];
const added = ['account-running', 'brand-voice', 'crisis', 'need-both', 'one-person'];

const topics = Object.values(catalogue.topics);
const idsWhere = (holds: (topic: (typeof topics)[number]) => boolean) =>
  topics
    .filter(holds)
    .map(({ id }) => id)
    .sort();

describe('the topics on which the readings quarrel', () => {
  it('are these fourteen when the claims alone are counted', () => {
    expect(idsWhere(({ computed }) => computed === 'contested')).toEqual(counted);
    const claims = Object.values(catalogue.claims);
    expect(idsWhere(({ id }) => countVerdict(id, claims) === 'contested')).toEqual(counted);
  });

  it('are fifteen after a person dismissed four of them and added five', () => {
    const confirmed = [...counted.filter((id) => !dismissed.includes(id)), ...added].sort();
    expect(idsWhere(({ verdict }) => verdict === 'contested')).toEqual(confirmed);
    expect(confirmed).toHaveLength(15);
  });

  it('each say why, and so does every topic that a person judged otherwise than the count', () => {
    const judged = topics.filter(({ verdict, computed }) => verdict === 'contested' || verdict !== computed);
    expect(judged.filter(({ because }) => !because)).toEqual([]);
    expect(judged.map(({ id }) => id)).toEqual(expect.arrayContaining([...dismissed, ...added]));
  });
});

describe('the module holds', () => {
  const bySource = Object.groupBy(Object.values(catalogue.claims), ({ source }) => source);
  it.each([
    ['000', 33],
    ['001', 19],
    ['002a', 18],
    ['002b', 19],
    ['003', 16],
    ['004', 11],
  ])('of %s %d claims, numbered without a gap', (source, count) => {
    const numbers = Array.from({ length: count }, (_, index) => `${source}.${String(index + 1).padStart(2, '0')}`);
    expect(bySource[source]?.map(({ id }) => id)).toEqual(numbers);
  });

  it.each([
    [116, 'claims', catalogue.claims],
    [6, 'sources', catalogue.sources],
    [40, 'topics', catalogue.topics],
    [44, 'scenarios', catalogue.scenarios],
    [7, 'units', catalogue.units],
    [22, 'prompts', catalogue.prompts],
  ])('%d %s', (count, _kind, items) => {
    expect(Object.keys(items)).toHaveLength(count);
  });
});

describe('counting the claims on a topic', () => {
  const claim = (source: string, role: string | null, stance: Stance = 'asserts', implied = false): Claim => ({
    id: `${source}.1`,
    source,
    topics: ['t'],
    implied: implied ? ['t'] : [],
    role,
    stance,
    speaker: null,
    kind: 'responsibility',
    place: 'L1',
    text: 'Somebody does it.',
  });

  it.each<[string, string, Claim[]]>([
    ['nobody speaks of it', 'thin', []],
    ['one voice', 'thin', [claim('a', 'cm')]],
    ['one voice twice', 'thin', [claim('a', 'cm'), claim('a', 'cm')]],
    ['two voices that agree', 'agreed', [claim('a', 'cm'), claim('b', 'cm')]],
    ['one says it, one implies it', 'agreed', [claim('a', 'cm'), claim('b', 'cm', 'asserts', true)]],
    ['two that disagree', 'contested', [claim('a', 'cm'), claim('b', 'smm')]],
    ['one voice that disagrees with itself', 'contested', [claim('a', 'cm'), claim('a', 'smm')]],
    ['a voice that shares what another gives to one', 'contested', [claim('a', 'both'), claim('b', 'cm')]],
    ['somebody quoted against a writer', 'contested', [claim('a', 'cm'), claim('b', 'smm', 'quotes')]],
    ['a denial of what another asserts', 'contested', [claim('a', 'cm'), claim('b', 'cm', 'denies')]],
    ['a denial of the role that nobody names', 'agreed', [claim('a', 'cm'), claim('b', 'smm', 'denies')]],
    ['a quarrel only implied', 'agreed', [claim('a', 'cm'), claim('b', 'smm', 'asserts', true)]],
    ['a quarrel only by example', 'agreed', [claim('a', 'cm'), claim('b', 'smm', 'example')]],
    ['a quarrel only hedged', 'agreed', [claim('a', 'cm'), claim('b', 'smm', 'hedged')]],
    ['claims that name no role', 'thin', [claim('a', 'cm'), claim('b', null)]],
    ['claims on other topics', 'thin', [claim('a', 'cm'), { ...claim('b', 'smm'), topics: ['u'] }]],
  ])('%s: %s', (_title, verdict, claims) => {
    expect(countVerdict('t', claims)).toBe(verdict);
  });
});
