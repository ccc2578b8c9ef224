import { ClaimLinks } from '../claims.tsx';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { Go } from '../screen.tsx';
import { counted } from '../words.ts';
import { Byline } from './byline.tsx';
import { PostActions, ResultHere } from './post-actions.tsx';
import { plainHeadings } from './post-html.ts';
import type { Post } from './read-prompt.ts';
import { atPost, type Shown } from './shown.ts';
import { EditForm } from './write-form.tsx';

/** As many replies of a post stand open; the rest unfolds. */
const OPEN_REPLIES = 3;

const gone = ({ state, hiddenReason }: Post): string =>
  state === 'deleted' ? 'Deleted by its author.' : `Hidden by the staff${hiddenReason ? `: ${hiddenReason}` : '.'}`;

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
