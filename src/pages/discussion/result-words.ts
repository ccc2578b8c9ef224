import type { ModerationVerb } from '../review/moderate.ts';
import type { Post } from './read-prompt.ts';
import type { Verb } from './steps.ts';

/** What is said after a step, and the way back from it. */
export type Told = { says: string; back?: { verb: Verb; label: string } };

type State = Pick<Post, 'state' | 'held' | 'locked' | 'pinned' | 'flagged'>;

const moderated = (verb: ModerationVerb, post: State): Told | null => {
  switch (verb) {
    case 'hide':
      return post.state === 'hidden'
        ? {
            says: 'Hidden from students. Its author reads your reason in its place.',
            back: { verb: 'show', label: 'Show it again' },
          }
        : null;
    case 'show':
      return post.state === 'hidden' ? null : { says: 'The class sees it again.' };
    case 'lock':
      return post.locked
        ? { says: 'Locked: the thread takes no more replies.', back: { verb: 'unlock', label: 'Unlock it' } }
        : null;
    case 'unlock':
      return post.locked ? null : { says: 'The thread takes replies again.', back: { verb: 'lock', label: 'Lock it' } };
    case 'pin':
      return post.pinned
        ? { says: 'Pinned: it stands before the others.', back: { verb: 'unpin', label: 'Unpin it' } }
        : null;
    case 'unpin':
      return post.pinned ? null : { says: 'It stands in its place again.', back: { verb: 'pin', label: 'Pin it' } };
    case 'release':
      return post.held
        ? null
        : { says: 'The class sees it now, and what else its author writes is not held any more.' };
    case 'clear':
      return { says: 'Its flags are cleared, and it stays as it is.' };
  }
};

/** What to tell of a step at the post that it was about; nothing where the post is not so (any more). Pure. */
export const resultWords = (verb: Verb, post: State): Told | null => {
  switch (verb) {
    case 'reply':
      return { says: 'Your reply is sent.' };
    case 'edit':
      return {
        says:
          post.state === 'below-floor'
            ? 'Your change is kept. It is not committed yet.'
            : 'Your change is kept. What it said before can be read under “edited”.',
      };
    case 'delete':
      return post.state === 'deleted' ? { says: 'Deleted. The replies to it keep their place.' } : null;
    case 'flag':
      return post.flagged === null
        ? null
        : { says: 'The staff will look at it; nobody else knows.', back: { verb: 'unflag', label: 'Take it back' } };
    case 'unflag':
      return post.flagged === null ? { says: 'Taken back: the staff are not asked any more.' } : null;
    case 'post':
    case 'draft':
    case 'preview':
    case 'preview-edit':
    case 'find':
      return null;
    default:
      return moderated(verb, post);
  }
};
