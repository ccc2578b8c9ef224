import type { postBody } from '../../discussion/post-body.ts';
import type { queuedBody } from '../../discussion/review-queue.ts';
import { ClaimLinks } from '../claims.tsx';
import { plainHeadings } from '../discussion/post-html.ts';
import { threadAt } from '../discussion/shown.ts';
import { SafeHtml } from '../safe-html.tsx';
import { Go } from '../screen.tsx';
import type { Visit } from '../visit.ts';
import { ModerationButtons } from './moderation-buttons.tsx';
import type { ReviewRead } from './read-review.ts';

type Post = ReturnType<typeof postBody>;
type Queued = ReturnType<typeof queuedBody>;

type Props = {
  visit: Visit;
  read: ReviewRead;
  reasons: Readonly<Record<string, string>>;
  post: Post;
  flags: Queued['flags'];
};

/** A post to decide on: who wrote it and where, why it waits, what it says, and the buttons. */
export const ReviewItem = ({ visit, read, reasons, post, flags }: Props) => (
  <li id={`post-${post.id}`} class="post">
    <p class="by">
      <b dir="auto">{post.author.name}</b>{' '}
      <small>
        {post.parentId === null ? 'in' : 'replying in'}{' '}
        <Go visit={visit} to={threadAt(visit, post.prompt, post.id)}>
          {read.titleOf(post.prompt)}
        </Go>
        {' · '}
        {read.times(post.createdAt)}
      </small>{' '}
      {post.held && <span class="badge warn">Held: the class does not see it</span>}
      {post.state === 'hidden' && <span class="badge warn">Hidden from students</span>}
    </p>
    {flags.length > 0 && (
      <ul class="flags" aria-label="Why it was flagged">
        {flags.map(({ by, reason, createdAt }) => (
          <li>
            Flagged by <b dir="auto">{by.name}</b>: <q dir="auto">{reason}</q>{' '}
            <small class="quiet">{read.times(createdAt)}</small>
          </li>
        ))}
      </ul>
    )}
    {post.hiddenReason && (
      <p class="quiet">
        Hidden because: <q dir="auto">{post.hiddenReason}</q>
      </p>
    )}
    {post.html !== null && (
      <blockquote>
        <SafeHtml html={plainHeadings(post.html)} />
      </blockquote>
    )}
    {post.claims.length > 0 && (
      <p class="quiet">
        Cites <ClaimLinks ids={post.claims} />
      </p>
    )}
    <ModerationButtons post={post} form="review" reason={reasons[post.id] ?? ''} brief />
  </li>
);
