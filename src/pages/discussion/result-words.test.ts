import { describe, expect, it } from 'vitest';
import { resultWords } from './result-words.ts';

const post = { state: 'visible' as const, held: false, locked: false, pinned: false, flagged: null };

describe('what is told after a step', () => {
  it.each([
    ['hide', { ...post, state: 'hidden' as const }, 'show'],
    ['lock', { ...post, locked: true }, 'unlock'],
    ['unlock', post, 'lock'],
    ['pin', { ...post, pinned: true }, 'unpin'],
    ['unpin', post, 'pin'],
    ['flag', { ...post, flagged: 'Look.' }, 'unflag'],
  ] as const)('%s has a way back', (verb, state, back) => {
    expect(resultWords(verb, state)?.back?.verb).toBe(back);
  });

  it.each([
    ['hide', post],
    ['show', { ...post, state: 'hidden' as const }],
    ['lock', post],
    ['unlock', { ...post, locked: true }],
    ['pin', post],
    ['unpin', { ...post, pinned: true }],
    ['release', { ...post, held: true }],
    ['flag', post],
    ['unflag', { ...post, flagged: 'Look.' }],
    ['delete', post],
    ['preview', post],
  ] as const)('%s says nothing of a post that is not so', (verb, state) => {
    expect(resultWords(verb, state)).toBeNull();
  });

  it('says of a change whether it is committed', () => {
    expect(resultWords('edit', { ...post, state: 'below-floor' })?.says).toContain('not committed yet');
    expect(resultWords('edit', post)?.says).not.toContain('not committed');
  });
});
