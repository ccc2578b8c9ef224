import { expect, it } from 'vitest';
import { shortHash, whoWords } from './who.ts';

it.each([
  ['person:0199-abcd', 'Ines', 'Ines'],
  ['person:0199-abcd', null, 'Participant abcd'],
  ['key:0199', null, "the institution's system"],
  ['root', null, 'the operator of this tool'],
  [null, null, ''],
])('names who did it: %s', (actor, name, says) => expect(whoWords(actor, name)).toBe(says));

it('tells rule sets apart by the beginning of their hash', () => {
  expect(shortHash('sha256:0123456789abcdef')).toBe('01234567');
});
