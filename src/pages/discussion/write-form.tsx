import type { Child } from 'hono/jsx';
import { postTag } from '../../discussion/post-body.ts';
import { SafeHtml } from '../safe-html.tsx';
import { Change, Go } from '../screen.tsx';
import { fieldOf } from '../visit.ts';
import type { Times } from '../words.ts';
import { Checks, PostFields, Preview } from './post-fields.tsx';
import { plainHeadings } from './post-html.ts';
import type { Post } from './read-prompt.ts';
import { atPost, previewOf, type Shown } from './shown.ts';
import { onlyShows, typedIn } from './steps.ts';

type Draft = { updatedAt: string | null; parentId: string | null; body: string } | null;

/** Where it says that a text is kept as a draft, and whose; script says it there as one types (script/draft.ts). */
const DraftNote = ({ of, parent, draft, times }: { of: string; parent: string; draft: Draft; times: Times }) => (
  <p id={`note-${of}`} class="quiet">
    {draft && draft.body !== '' && (draft.parentId ?? '') === parent && `Draft kept ${times(draft.updatedAt)}`}
  </p>
);

/** The page's one form for everything but changing a post: its fields and buttons name it, wherever they stand. */
export const FormOfPage = ({ visit, read, here, children }: Shown & { children?: Child }) => (
  <Change visit={visit} to={here} id="discussion">
    <input
      type="hidden"
      name="draft"
      value={read.draft?.revision ?? ''}
      data-at={`/v1/courses/${visit.courseId}/prompts/${encodeURIComponent(read.prompt.id)}/draft`}
    />
    {children}
  </Change>
);

/** The form of a post of one's own; every part of it works without script. */
export const WriteForm = (shown: Shown) => {
  const { catalogue, visit, read, typed } = shown;
  const preview = previewOf(shown, 'preview', '');
  return (
    <FormOfPage {...shown}>
      <h2 id="write">Your post</h2>
      {read.gate.needs.map((need) => (
        <p>{need} Then you see what the others wrote.</p>
      ))}
      {preview !== null && <Preview html={preview} claims={typed.claims} />}
      <PostFields
        id="body"
        catalogue={catalogue}
        floor={visit.staff ? null : read.floor}
        text={typed}
        note={<DraftNote of="body" parent="" draft={read.draft} times={read.times} />}
      />
      <p class="actions">
        <button type="submit" class="button main">
          Post
        </button>
        <button type="submit" class="button" name="step" value="preview">
          Preview
        </button>
        <button type="submit" class="button" name="step" value="draft" data-plain>
          Keep as draft
        </button>
      </p>
    </FormOfPage>
  );
};

/** A reply's field belongs to the page's one form; its buttons name the post that it answers. */
export const ReplyForm = (shown: Shown & { post: Post }) => {
  const { post, typed, read, visit } = shown;
  const id = `reply-${post.id}`;
  const body = typed.replies[post.id] ?? '';
  const preview = previewOf(shown, 'preview', post.id);
  const floor = visit.staff ? null : read.replyFloor;
  return (
    <details open={body !== '' || (shown.refused !== undefined && shown.step.post === post.id)}>
      <summary>
        Reply to <bdi>{post.author.name}</bdi>
      </summary>
      {preview !== null && <Preview html={preview} />}
      <label for={id}>Your reply</label>
      <textarea id={id} name={id} form="discussion" maxlength={20000} dir="auto" data-draft={post.id}>
        {body}
      </textarea>
      <DraftNote of={id} parent={post.id} draft={read.draft} times={read.times} />
      {floor && <Checks of={id} floor={floor} text={{ body, claims: [] }} />}
      <p class="actions">
        <button type="submit" class="button main" form="discussion" name="step" value={`reply:${post.id}`}>
          Send the reply
        </button>
        <button type="submit" class="button" form="discussion" name="step" value={`preview:${post.id}`}>
          Preview
        </button>
        <button type="submit" class="button" form="discussion" name="step" value={`draft:${post.id}`} data-plain>
          Keep as draft
        </button>
      </p>
    </details>
  );
};

/** Changes a post of one's own in its place; a form of its own, for there is one at a time. */
export const EditForm = (shown: Shown & { post: Post }) => {
  const { catalogue, visit, read, post, fields, step, refused } = shown;
  const sent = step.post === post.id && (step.verb === 'edit' || onlyShows(step.verb));
  const stale = sent && refused?.problem === 'stale';
  const text = sent ? typedIn(fields) : { body: post.body ?? '', claims: post.claims, role: post.role ?? '', find: '' };
  const preview = previewOf(shown, 'preview-edit', post.id);
  return (
    <Change visit={visit} to={shown.here} id="edit">
      <input type="hidden" name="tag" value={sent && !stale ? fieldOf(fields, 'tag') : postTag(post)} />
      <input type="hidden" name="editing" value={post.id} />
      {stale && post.html !== null && (
        <section class="box warn" aria-label="What it says now">
          <p>
            It was changed elsewhere, and says now what stands here. Below is what you typed; saved, it takes its place.
          </p>
          <SafeHtml html={plainHeadings(post.html)} />
        </section>
      )}
      {post.state === 'below-floor' && (
        <p>
          <b>This is kept, and not committed yet.</b> {read.gate.needs.join(' ')} Add to it here
          {read.gate.open ? '.' : '; then you see what the others wrote.'}
        </p>
      )}
      {preview !== null && <Preview html={preview} claims={post.parentId === null ? text.claims : []} />}
      {post.parentId === null ? (
        <PostFields
          id="edited"
          catalogue={catalogue}
          floor={visit.staff || post.state !== 'below-floor' ? null : read.floor}
          text={text}
        />
      ) : (
        <>
          <label for="edited">Your reply</label>
          <textarea id="edited" name="body" maxlength={20000} dir="auto">
            {text.body}
          </textarea>
          {!visit.staff && read.replyFloor && <Checks of="edited" floor={read.replyFloor} text={text} />}
        </>
      )}
      <p class="actions">
        <button type="submit" class="button main" name="step" value={`edit:${post.id}`}>
          {post.state === 'below-floor' ? 'Post it' : 'Save the change'}
        </button>
        <button type="submit" class="button" name="step" value={`preview-edit:${post.id}`}>
          Preview
        </button>
        <Go visit={visit} to={atPost(shown, post.id, post.state === 'below-floor' ? { new: '1' } : {})}>
          {post.state === 'below-floor' ? 'Write another post instead' : 'Leave it as it is'}
        </Go>
      </p>
    </Change>
  );
};
