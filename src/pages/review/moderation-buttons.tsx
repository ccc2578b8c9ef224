import type { postBody } from '../../discussion/post-body.ts';
import type { ModerationVerb } from './moderate.ts';

type Post = ReturnType<typeof postBody>;

/** What staff can do to a post in its present state, in the order of how often it is wanted. Pure. */
export const moderationsOf = (post: Post, brief: boolean): [ModerationVerb, string][] => {
  const { state, held, locked, pinned, flags = 0, parentId } = post;
  const release: [ModerationVerb, string][] = held ? [['release', 'Release to the class']] : [];
  const clear: [ModerationVerb, string][] = flags > 0 ? [['clear', 'Nothing wrong: clear the flags']] : [];
  const order: [ModerationVerb, string][] = [
    locked ? ['unlock', 'Unlock the thread'] : ['lock', 'Lock the thread'],
    pinned ? ['unpin', 'Unpin'] : ['pin', 'Pin'],
  ];
  return [
    ...release,
    ...clear,
    state === 'hidden' ? ['show', 'Show it again'] : ['hide', 'Hide from students'],
    ...(parentId === null && !brief ? order : []),
  ];
};

/** The staff's buttons at a post, and the field for why; they belong to the page's form of that id. */
export const ModerationButtons = ({
  post,
  form,
  reason,
  brief = false,
}: {
  post: Post;
  form: string;
  reason: string;
  /** Without what keeps a discussion in order: pins and locks. */
  brief?: boolean;
}) => (
  <>
    {post.state !== 'hidden' && (
      <>
        <label for={`reason-${post.id}`}>Why, if you hide it: its author reads this</label>
        <textarea id={`reason-${post.id}`} name={`reason-${post.id}`} form={form} maxlength={2000} rows={2} dir="auto">
          {reason}
        </textarea>
      </>
    )}
    <p class="actions">
      {moderationsOf(post, brief).map(([verb, label]) => (
        <button
          type="submit"
          class={`button${verb === 'hide' ? ' danger' : ''}`}
          form={form}
          name="step"
          value={`${verb}:${post.id}`}
        >
          {label}
        </button>
      ))}
    </p>
  </>
);
