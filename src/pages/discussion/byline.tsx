import { roleName } from '../claims.tsx';
import { Go } from '../screen.tsx';
import { counted } from '../words.ts';
import type { Post } from './read-prompt.ts';
import { atPost, type Shown, threadAt } from './shown.ts';

/** The state of a post in words: `warn` where somebody has to do something. */
export const marksOf = ({ held, locked, pinned, state, html, flags = 0 }: Post): { says: string; warn?: true }[] => [
  ...(pinned ? [{ says: 'Pinned' }] : []),
  ...(locked ? [{ says: 'Locked: no more replies' }] : []),
  ...(held
    ? [
        {
          says: 'Waits until the staff let it through, as everybody’s first post does; it counts already',
          warn: true as const,
        },
      ]
    : []),
  ...(state === 'below-floor' ? [{ says: 'Not committed yet', warn: true as const }] : []),
  ...(state === 'hidden' && html !== null ? [{ says: 'Hidden from students', warn: true as const }] : []),
  ...(flags > 0 ? [{ says: counted(flags, 'flag'), warn: true as const }] : []),
];

/** Which post it answers: on this page, or elsewhere in the discussion. */
const InReplyTo = ({ post, visit, read }: Shown & { post: Post }) => {
  if (post.parentId === null) return null;
  const parent = read.posts.find(({ id }) => id === post.parentId);
  return (
    <>
      {' · '}
      {parent ? (
        <a href={`#post-${parent.id}`}>
          in reply to <bdi>{parent.author.name}</bdi>
        </a>
      ) : (
        <Go visit={visit} to={threadAt(visit, read.prompt.id, post.parentId)}>
          in reply to an earlier post
        </Go>
      )}
    </>
  );
};

export const Byline = (shown: Shown & { post: Post }) => {
  const { catalogue, visit, read, post } = shown;
  return (
    <p class="by">
      <b dir="auto">{post.author.name}</b>{' '}
      <small>
        <Go visit={visit} to={threadAt(visit, read.prompt.id, post.id)}>
          {read.times(post.createdAt)}
        </Go>
        {post.editedAt && (
          <>
            {' · '}
            <Go visit={visit} to={atPost(shown, post.id, { history: post.id })}>
              edited
            </Go>
          </>
        )}
        <InReplyTo {...shown} />
      </small>{' '}
      {post.role && <span class="badge">{roleName(catalogue, post.role)}</span>}{' '}
      {marksOf(post).map(({ says, warn }) => (
        <>
          <span class={`badge${warn ? ' warn' : ''}`}>{says}</span>{' '}
        </>
      ))}
    </p>
  );
};
