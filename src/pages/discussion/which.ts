import { fieldOf } from '../visit.ts';
import type { Post } from './read-prompt.ts';
import { isOwn, type Shown, stands } from './shown.ts';
import { editsIn, onlyShows, typedIn } from './steps.ts';

const mine = (shown: Shown, id: string | undefined): Post | undefined =>
  shown.read.posts.find((post) => post.id === id && isOwn(shown, post) && stands(post));

/**
 * Which of their posts a visitor is changing: the one whose change was not taken or is previewed, the one they asked for,
 * or, while the gate is shut, one that waits to be brought over the floor. `null`: none.
 */
export const editedIn = (shown: Shown): string | null => {
  const { step, refused, done, query, read, typed, visit, mayWrite } = shown;
  if (!mayWrite) return null;
  if (editsIn(step)) return refused || onlyShows(step.verb) ? (mine(shown, step.post)?.id ?? null) : null;
  const asked = done === undefined && refused === undefined ? mine(shown, query.edit) : undefined;
  if (asked) return asked.id;
  const writesAnother = query.new !== undefined || typed.body !== '' || (step.verb === 'post' && refused !== undefined);
  if (read.gate.open || visit.staff || writesAnother) return null;
  return read.posts.findLast((post) => post.state === 'below-floor' && isOwn(shown, post))?.id ?? null;
};

/** Whether what was refused is done already: a second click, whose first one was carried out. */
export const isSettled = ({
  step,
  refused,
  read,
  fields,
}: Pick<Shown, 'step' | 'refused' | 'read' | 'fields'>): boolean => {
  const post = read.posts.find(({ id }) => id === step.post);
  if (!post || !refused || fieldOf(fields, 'once') === '') return false;
  const { body, claims } = typedIn(fields);
  switch (step.verb) {
    case 'edit':
      return (
        refused.problem === 'stale' &&
        post.body === body &&
        (post.parentId !== null || claims.join() === post.claims.join())
      );
    case 'delete':
      return refused.problem === 'post-removed' && post.state === 'deleted';
    case 'unflag':
    case 'clear':
      return refused.problem === 'flag-not-found';
    default:
      return false;
  }
};
