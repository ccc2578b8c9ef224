import { expect, it } from 'vitest';
import { moderationsOf } from './moderation-buttons.tsx';

type Post = Parameters<typeof moderationsOf>[0];

const post = (some: Partial<Post>) =>
  ({ state: 'visible', held: false, locked: false, pinned: false, flags: 0, parentId: null, ...some }) as Post;

it.each<[string, Partial<Post>, boolean, string[]]>([
  ['a post', {}, false, ['hide', 'lock', 'pin']],
  ['a reply', { parentId: 'p' }, false, ['hide']],
  ['a post in the queue', { flags: 2 }, true, ['clear', 'hide']],
  ['one that waits', { held: true, flags: 1 }, false, ['release', 'clear', 'hide', 'lock', 'pin']],
  [
    'one that is hidden, locked and pinned',
    { state: 'hidden', locked: true, pinned: true },
    false,
    ['show', 'unlock', 'unpin'],
  ],
])('the staff can do to %s what changes its state', (_, some, brief, verbs) => {
  expect(moderationsOf(post(some), brief).map(([verb]) => verb)).toEqual(verbs);
});
