import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLinks } from '../claims.tsx';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { Go } from '../screen.tsx';
import { at, withQuery } from '../visit.ts';
import { counted } from '../words.ts';
import { PostActions, ResultHere } from './post-actions.tsx';
import { plainHeadings } from './post-html.ts';
import type { Post } from './read-prompt.ts';
import { atPost, type Shown } from './shown.ts';
import { EditForm } from './write-form.tsx';

/** As many replies of a post stand open; the rest unfolds. */
const OPEN_REPLIES = 3;

const gone = ({ state, hiddenReason }: Post): string =>
  state === 'deleted' ? 'Deleted by its author.' : `Hidden by the staff${hiddenReason ? `: ${hiddenReason}` : '.'}`;

/** The state of a post in words: `warn` where somebody has to do something. */
const marksOf = ({ held, locked, pinned, state, html, flags = 0 }: Post): { says: string; warn?: true }[] => [
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

const roleLabel = ({ module }: Catalogue, role: string | null): string | undefined =>
  module.roles.find(({ id }) => id === role)?.label;

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
        <Go
          visit={visit}
          to={`${withQuery(at(visit, 'prompts', read.prompt.id), { post: post.parentId })}#post-${post.parentId}`}
        >
          in reply to an earlier post
        </Go>
      )}
    </>
  );
};

const Byline = (shown: Shown & { post: Post }) => {
  const { catalogue, visit, read, post } = shown;
  const role = roleLabel(catalogue, post.role);
  const own = withQuery(at(visit, 'prompts', read.prompt.id), { post: post.id });
  return (
    <p class="by">
      <b dir="auto">{post.author.name}</b>{' '}
      <small>
        <Go visit={visit} to={`${own}#post-${post.id}`}>
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
      {role && <span class="badge">{role}</span>}{' '}
      {marksOf(post).map(({ says, warn }) => (
        <>
          <span class={`badge${warn ? ' warn' : ''}`}>{says}</span>{' '}
        </>
      ))}
    </p>
  );
};

/** What a post said, version by version. */
const History = (shown: Shown & { post: Post }) => (
  <section class="box" aria-label={`What ${shown.post.author.name} wrote, version by version`}>
    <ol>
      {shown.read.versions.map((one) => (
        <li>
          <p class="quiet">{shown.read.times(one.editedAt ?? one.createdAt)}</p>
          {one.html === null ? <p class="quiet">Not shown.</p> : <SafeHtml html={plainHeadings(one.html)} />}
        </li>
      ))}
    </ol>
    <p>
      <Go visit={shown.visit} to={atPost(shown, shown.post.id, {})}>
        Close
      </Go>
    </p>
  </section>
);

const Text = ({ post }: { post: Post }) => (
  <>
    {post.html !== null && <SafeHtml html={plainHeadings(post.html)} />}
    {(post.html === null || post.state === 'hidden') && (
      <p class="quiet" dir="auto">
        {gone(post)}
      </p>
    )}
    {post.claims.length > 0 && (
      <p class="quiet">
        Cites <ClaimLinks ids={post.claims} />
      </p>
    )}
  </>
);

type Tree = { post: Post; replies: Tree[] };

const sizeOf = ({ replies }: Tree): number => replies.reduce((sum, one) => sum + sizeOf(one), 1);

/** Whether something at or under this post is what the visitor is about: it must not be folded away. */
const isWanted = (shown: Shown, { post, replies }: Tree): boolean => {
  const { step, done, query, typed, read } = shown;
  return (
    [step.post, done?.post, query.history, query.edit, query.delete, read.thread].includes(post.id) ||
    post.id in typed.replies ||
    post.id in typed.reasons ||
    replies.some((one) => isWanted(shown, one))
  );
};

/** One more than stands open is not worth folding. */
const isLong = (trees: Tree[]): boolean => trees.length > OPEN_REPLIES + 1;

const Replies = ({ trees, shown }: { trees: Tree[]; shown: Shown }) => {
  const folds = isLong(trees) && shown.read.thread === null;
  const open = folds ? trees.slice(0, OPEN_REPLIES) : trees;
  const rest = folds ? trees.slice(OPEN_REPLIES) : [];
  const list = (some: Tree[]) => (
    <ol class="replies">
      {some.map((tree) => (
        <PostItem tree={tree} shown={shown} />
      ))}
    </ol>
  );
  return (
    <>
      {open.length > 0 && list(open)}
      {rest.length > 0 && (
        <details class="more" open={rest.some((tree) => isWanted(shown, tree))}>
          <summary>
            {counted(
              rest.reduce((sum, tree) => sum + sizeOf(tree), 0),
              'more reply',
              'more replies',
            )}
          </summary>
          {list(rest)}
        </details>
      )}
    </>
  );
};

const PostItem = ({ tree: { post, replies }, shown }: { tree: Tree; shown: Shown }) => (
  <li id={`post-${post.id}`} class="post">
    <Byline {...shown} post={post} />
    {shown.editing === post.id ? <EditForm {...shown} post={post} /> : <Text post={post} />}
    {shown.query.history === post.id && <History {...shown} post={post} />}
    <ResultHere post={post} done={shown.done} />
    <PostActions {...shown} post={post} />
    <Replies trees={replies} shown={shown} />
  </li>
);

const treesOf = (posts: readonly Post[], parentId: string | null): Tree[] =>
  posts.filter((post) => post.parentId === parentId).map((post) => ({ post, replies: treesOf(posts, post.id) }));

/** The posts of a page as threads, oldest first; a reply whose post stands on an earlier page stands by itself. */
export const Posts = (shown: Shown) => {
  const { posts } = shown.read;
  const known = new Set(posts.map(({ id }) => id));
  const heads = posts.filter(({ parentId }) => parentId === null || !known.has(parentId));
  return (
    <ol class="list posts">
      {heads.map((post) => (
        <PostItem tree={{ post, replies: treesOf(posts, post.id) }} shown={shown} />
      ))}
    </ol>
  );
};

/** Every claim that the posts cite, in their list or in their text. */
export const claimsCited = (posts: readonly Pick<Post, 'claims' | 'html'>[]): string[] =>
  posts.flatMap(({ claims, html }) => [...claims, ...claimsInHtml(html ?? '')]);
