import { Go } from '../screen.tsx';
import { fieldOf } from '../visit.ts';
import type { Post } from './read-prompt.ts';
import { isAnswerable, type Shown } from './shown.ts';
import { typedIn } from './steps.ts';

const wordsOf = ({ done, read, visit }: Shown): string | null => {
  const { gate, posts } = read;
  switch (done?.verb) {
    case 'post':
      if (!gate.open) return `It is not committed yet. ${gate.needs.join(' ')}`;
      return !visit.staff && posts.some(({ held }) => held)
        ? 'The staff look at a first post before the class sees it. The discussion is open to you below.'
        : posts.some(({ author }) => author.id !== visit.person.personId)
          ? 'The discussion is open to you below.'
          : 'You are the first here. Look again when others have written.';
    case 'draft':
      return 'Your draft stands in its form when you come back.';
    case undefined:
    case 'find':
      return null;
    default:
      return posts.some(({ id }) => id === done?.post) ? null : 'It stands in the discussion, not on this part of it.';
  }
};

/** After a search for claims, or one cited from its note: what is cited by now. */
const Cited = ({ claims }: { claims: string[] }) => (
  <p id="result" role="status" tabindex={-1}>
    {claims.length === 0 ? 'You cite no claim yet.' : `You cite ${claims.join(', ')}. Nothing is sent yet.`}
  </p>
);

/** What came of a step that has no post on this page to be told at. */
export const HeadResult = (shown: Shown) => {
  if (shown.done?.verb === 'find') return <Cited claims={typedIn(shown.fields).claims} />;
  if (shown.done?.html !== undefined) return null;
  const says = wordsOf(shown);
  return (
    says && (
      <section
        id="result"
        class={`box ${shown.done?.verb === 'post' && !shown.read.gate.open ? 'warn' : 'good'}`}
        role="status"
        tabindex={-1}
        aria-label="Sent"
      >
        <p>
          <b>It is kept.</b> {says}
        </p>
      </section>
    )
  );
};

/** Where a draft was kept elsewhere meanwhile: that one, beside what was typed here. */
const OtherDraft = ({ step, refused, read, visit, here }: Shown) =>
  step.verb === 'draft' && refused && read.draft ? (
    <section class="box warn" aria-label="The draft that is kept">
      <p>This is the draft that was kept elsewhere, {read.times(read.draft.updatedAt)}:</p>
      <blockquote dir="auto" class="typed">
        {read.draft.body}
      </blockquote>
      <p>
        What you typed here stands in its form. Keep it once more and it takes that one's place, or{' '}
        <Go visit={visit} to={here}>
          go on with that one
        </Go>
        .
      </p>
    </section>
  ) : null;

const hasNoPlace = (shown: Shown, post: Post | undefined): boolean => !post || !isAnswerable(shown, post);

/** What was typed, or kept as a draft, for a form that is not on this page (any more). */
export const Homeless = (shown: Shown) => {
  const { read, typed, mayWrite, editing, step, refused, fields } = shown;
  const find = (id: string) => read.posts.find((post) => post.id === id);
  const edited = step.verb === 'edit' && refused && editing === null ? typedIn(fields).body : '';
  const texts = [
    edited,
    mayWrite && editing === null ? '' : typed.body,
    ...Object.entries(typed.replies).map(([id, text]) => (hasNoPlace(shown, find(id)) ? text : '')),
    ...Object.entries(typed.reasons).map(([id, text]) => (find(id) ? '' : text)),
  ].filter((text) => text.trim() !== '');
  return (
    <>
      <OtherDraft {...shown} />
      {texts.length > 0 && (
        <div class="box">
          <p>{fieldOf(fields, 'once') === '' ? 'Your draft, for a post that is not here:' : 'What you typed:'}</p>
          {texts.map((text) => (
            <blockquote dir="auto" class="typed">
              {text}
            </blockquote>
          ))}
        </div>
      )}
    </>
  );
};
