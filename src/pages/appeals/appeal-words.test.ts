import { expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import { doneWords, ifUpheld } from './appeal-words.ts';

it('says what an answer would earn if its claim licensed it', () => {
  const { ruleSet } = catalogue.rules;
  const answer = { scenario: 'S29', role: 'smm', claims: ['003.09'] };
  expect(ifUpheld(ruleSet, answer, '003.09', 1)).toEqual({ now: 1, upheld: 4, max: 4 });
  expect(ifUpheld(ruleSet, answer, '003.09', 0.5)).toEqual({ now: 1, upheld: 2, max: 4 });
  expect(ifUpheld(ruleSet, { ...answer, claims: ['000.22'] }, '000.22', 1)).toEqual({ now: 4, upheld: 4, max: 4 });
});

it.each<[string | undefined, string | null, RegExp | null]>([
  [undefined, null, null],
  ['something', null, null],
  ['deny', null, /is denied/],
  ['override', null, /grade is set/],
  ['alone', null, /left as they are/],
  ['rules', 'run', /Nobody’s grade has moved/],
  ['rules', null, /has faults/],
])('what was done is told (%s, dry run %s)', (done, regradeId, says) => {
  const words = doneWords(done, regradeId);
  if (says) expect(words).toMatch(says);
  else expect(words).toBeNull();
});
