import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLinks } from '../claims.tsx';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import type { Post, PromptRead } from './read-prompt.ts';
import type { TypedPost } from './write-form.tsx';

const gone = ({ state, hiddenReason }: Post): string =>
  state === 'deleted' ? 'Deleted by its author.' : `Hidden by the staff${hiddenReason ? `: ${hiddenReason}` : '.'}`;

const marks = ({ held, locked, pinned, state }: Post): string[] => [
  ...(pinned ? ['pinned'] : []),
  ...(locked ? ['locked: it takes no more replies'] : []),
  ...(held ? ['waits until the staff release it; only you and they see it'] : []),
  ...(state === 'below-floor' ? ['not committed yet: it does not meet what the prompt asks'] : []),
];

type Shown = { catalogue: Catalogue; read: PromptRead; typed: TypedPost; mayWrite: boolean; me: string };

/** A reply's field belongs to the page's one form for replies; its button names the post that it answers. */
const Reply = ({ post, typed }: { post: Post; typed: TypedPost }) => (
  <details open={typed.parentId === post.id}>
    <summary>Reply to {post.author.name}</summary>
    <label>
      Your reply
      <textarea name={`reply-${post.id}`} form="reply" maxlength={20000} dir="auto">
        {typed.parentId === post.id ? typed.body : ''}
      </textarea>
    </label>
    <button type="submit" class="button" form="reply" name="parentId" value={post.id}>
      Send the reply
    </button>
  </details>
);

const PostItem = ({ post, ...shown }: Shown & { post: Post }) => {
  const { catalogue, read, typed, mayWrite, me } = shown;
  const answerable = post.state === 'visible' && !post.locked && post.author.id !== me;
  const role = catalogue.module.roles.find(({ id }) => id === post.role);
  const replies = read.posts.filter(({ parentId }) => parentId === post.id);
  const earlier = post.parentId !== null && !read.posts.some(({ id }) => id === post.parentId);
  return (
    <li id={`post-${post.id}`}>
      <p>
        <b dir="auto">{post.author.name}</b>{' '}
        <small>
          {[
            read.times(post.createdAt),
            ...(post.editedAt ? ['edited'] : []),
            ...(role ? [role.label] : []),
            ...marks(post),
          ].join(' · ')}
          {earlier && ' · answers a post on an earlier page'}
        </small>
      </p>
      {post.html === null ? <p class="quiet">{gone(post)}</p> : <SafeHtml html={post.html} />}
      {post.claims.length > 0 && (
        <p class="quiet">
          Cites <ClaimLinks ids={post.claims} />
        </p>
      )}
      {mayWrite && (typed.parentId === post.id || answerable) && <Reply post={post} typed={typed} />}
      {replies.length > 0 && (
        <ol class="replies">
          {replies.map((reply) => (
            <PostItem post={reply} {...shown} />
          ))}
        </ol>
      )}
    </li>
  );
};

/** The posts of a page as threads, oldest first; a reply whose post stands on an earlier page stands by itself. */
export const Posts = (shown: Shown) => {
  const known = new Set(shown.read.posts.map(({ id }) => id));
  const heads = shown.read.posts.filter(({ parentId }) => parentId === null || !known.has(parentId));
  return (
    <ol class="list">
      {heads.map((post) => (
        <PostItem post={post} {...shown} />
      ))}
    </ol>
  );
};

/** Every claim that the posts cite, in their list or in their text. */
export const claimsCited = (posts: readonly Post[]): string[] =>
  posts.flatMap(({ claims, html }) => [...claims, ...claimsInHtml(html ?? '')]);
