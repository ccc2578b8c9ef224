import { may } from '../../auth/actor.ts';
import { ResultBox } from '../result-box.tsx';
import { ModerationButtons } from '../review/moderation-buttons.tsx';
import { Go } from '../screen.tsx';
import { at } from '../visit.ts';
import type { Post } from './read-prompt.ts';
import { resultWords } from './result-words.ts';
import { atPost, isAnswerable, isOwn, type Shown, stands } from './shown.ts';
import { ReplyForm } from './write-form.tsx';

type Of = Shown & { post: Post };

/** Asks the staff to look at a peer's post, or takes that back. */
const Flag = ({ post, typed }: Of) =>
  post.flagged === null ? (
    <details open={post.id in typed.reasons}>
      <summary>
        Flag
        <span class="unseen">
          {' '}
          what <bdi>{post.author.name}</bdi> wrote
        </span>
      </summary>
      <label for={`reason-${post.id}`}>Why should the staff look at it? They alone read this.</label>
      <textarea
        id={`reason-${post.id}`}
        name={`reason-${post.id}`}
        form="discussion"
        maxlength={2000}
        rows={3}
        dir="auto"
      >
        {typed.reasons[post.id] ?? ''}
      </textarea>
      <p class="actions">
        <button type="submit" class="button" form="discussion" name="step" value={`flag:${post.id}`}>
          Ask the staff to look
        </button>
      </p>
    </details>
  ) : (
    <p class="quiet">
      You asked the staff to look at this: <q dir="auto">{post.flagged}</q>{' '}
      <button type="submit" class="link" form="discussion" name="step" value={`unflag:${post.id}`}>
        Take it back
      </button>
    </p>
  );

/** The second step of deleting. */
const SureToDelete = (shown: Of) => (
  <section class="box warn" aria-label="Delete it?">
    <p>
      <b>Delete what you wrote here?</b> Nobody in the class reads it any more, and it cannot be brought back. Replies
      to it stay; what you earned with it, you keep.
    </p>
    <p class="actions">
      <button type="submit" class="button danger" form="discussion" name="step" value={`delete:${shown.post.id}`}>
        Delete it
      </button>
      <Go visit={shown.visit} to={atPost(shown, shown.post.id, {})}>
        Keep it
      </Go>
    </p>
  </section>
);

/** What came of a step at this post, and the way back. */
export const ResultHere = ({ post, done }: Pick<Of, 'post' | 'done'>) => {
  const told = done?.post === post.id ? resultWords(done.verb, post) : null;
  return (
    told && (
      <ResultBox tone="good" label="Done">
        <p>
          {told.says}{' '}
          {told.back && (
            <button type="submit" class="link" form="discussion" name="step" value={`${told.back.verb}:${post.id}`}>
              {told.back.label}
            </button>
          )}
        </p>
      </ResultBox>
    )
  );
};

/** What a visitor can do at a post. */
export const PostActions = (shown: Of) => {
  const { post, visit, query, mayAct, mayWrite, editing } = shown;
  const own = mayAct && isOwn(shown, post) && stands(post);
  const moderates = may(visit.person, 'posts:moderate') && post.state !== 'deleted' && editing === null;
  const flags = mayAct && !visit.staff && !isOwn(shown, post) && stands(post) && editing === null;
  if (own && query.delete === post.id && shown.done === undefined) return <SureToDelete {...shown} />;
  return (
    <div class="acts">
      {isAnswerable(shown, post) && <ReplyForm {...shown} />}
      {own && mayWrite && editing !== post.id && (
        <Go visit={visit} to={atPost(shown, post.id, { edit: post.id })}>
          Edit
        </Go>
      )}
      {own && (
        <Go visit={visit} to={atPost(shown, post.id, { delete: post.id })}>
          Delete
        </Go>
      )}
      {flags && <Flag {...shown} />}
      {moderates && (
        <details open={post.id in shown.typed.reasons}>
          <summary>
            Moderate
            <span class="unseen">
              {' '}
              what <bdi>{post.author.name}</bdi> wrote
            </span>
          </summary>
          {(post.flags ?? 0) > 0 && (
            <p>
              <Go visit={visit} to={`${at(visit, 'review-queue')}#post-${post.id}`}>
                Why it was flagged
              </Go>
            </p>
          )}
          <ModerationButtons post={post} form="discussion" reason={shown.typed.reasons[post.id] ?? ''} />
        </details>
      )}
    </div>
  );
};
