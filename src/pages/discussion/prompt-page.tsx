import type { Deps } from '../../deps.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit, withQuery } from '../visit.ts';
import { counted, datesWords, isShut } from '../words.ts';
import { act, type Done } from './act.ts';
import { ParticipationBox } from './participation-box.tsx';
import { claimsCited, Posts } from './posts.tsx';
import { readPrompt } from './read-prompt.ts';
import type { Shown } from './shown.ts';
import {
  editsIn,
  isEmpty,
  isVerb,
  leftAfter,
  nothing,
  onlyShows,
  stepOf,
  type Typed,
  typedIn,
  withDraft,
} from './steps.ts';
import { discussionStyle } from './style.ts';
import { HeadResult, Homeless } from './told.tsx';
import { editedIn, isSettled } from './which.ts';
import { FormOfPage, WriteForm } from './write-form.tsx';

/** What stands in the page's form: what was typed, but for what was sent; where nothing was, the draft. */
const typedFor = ({ read, fields, step, refused, done }: Omit<Shown, 'typed' | 'editing'>): Typed => {
  const all = typedIn(fields);
  // The text of an edit is the edit form's.
  const typed = editsIn(step) ? leftAfter(all, { verb: 'edit', post: step.post }) : all;
  if (refused || (done && onlyShows(done.verb))) return typed;
  return withDraft(done ? leftAfter(typed, done) : nothing, read.draft);
};

const PostsSection = (shown: Shown) => {
  const { visit, read, query } = shown;
  const { posts, next, thread, gate } = read;
  const all = at(visit, 'prompts', read.prompt.id);
  return (
    <section aria-labelledby="posts">
      <h2 id="posts">
        {thread
          ? 'One thread'
          : !gate.open
            ? 'What you wrote'
            : next || query.cursor
              ? 'Posts'
              : counted(posts.length, 'post')}
      </h2>
      {(thread || query.cursor) && (
        <p>
          <Go visit={visit} to={all}>
            {thread ? 'The whole discussion' : 'From the start'}
          </Go>
        </p>
      )}
      <Posts {...shown} />
      {next && (
        <p>
          <Go visit={visit} to={next}>
            Later posts
          </Go>
        </p>
      )}
    </section>
  );
};

const Content = (shown: Shown) => {
  const { visit, read, typed, refused, mayWrite, editing, step } = shown;
  const { prompt, posts, dates, times, gate, missing } = read;
  const writes = mayWrite && editing === null;
  const open = typed.body !== '' || step.verb === 'find' || (refused !== undefined && step.verb === 'post');
  return (
    <>
      {/* What Enter in a field of the form presses: the first button. */}
      <button type="submit" form="discussion" name="step" value="find" hidden />
      <h1 dir="auto">{prompt.title}</h1>
      <p class="quiet">{datesWords(dates, visit.now, times).join(' · ')}</p>
      <div class="box">
        <SafeHtml html={prompt.html} />
      </div>
      {refused && <Refusal problem={refused} times={times} />}
      <HeadResult {...shown} />
      {missing && <p class="box warn">The post that you followed a link to is not there, or not open to you yet.</p>}
      <Homeless {...shown} />
      {(!visit.staff || visit.personId !== visit.person.personId) && read.participation.criteria.length > 0 && (
        <ParticipationBox visit={visit} read={read} />
      )}
      {visit.person.readOnly && <LooksOnly />}
      {writes && !gate.open && <WriteForm {...shown} />}
      {(gate.open || posts.length > 0) && <PostsSection {...shown} />}
      {writes && gate.open && (
        <details open={open}>
          <summary>Write a post</summary>
          <WriteForm {...shown} />
        </details>
      )}
      {!writes && <FormOfPage {...shown} />}
      <ClaimNotes
        catalogue={shown.catalogue}
        ids={[
          ...claimsInHtml(prompt.html),
          ...claimsCited(posts),
          ...claimsCited(shown.query.history ? read.versions : []),
          ...claimsInHtml(shown.done?.html ?? ''),
          ...typed.claims,
        ]}
        citeIn={editing !== null ? 'edit' : writes ? 'discussion' : undefined}
      />
    </>
  );
};

/** A prompt: post first, then the posts of the others and replies to them; for staff, what they do to posts. */
export const promptPage = (deps: Deps, visit: Visit, { params, fields, query, url }: Asked): Promise<Reply> => {
  const id = params.prompt!;
  const { catalogue } = deps;
  const here = withQuery(at(visit, 'prompts', id), { cursor: query.cursor, post: query.post });
  const step = stepOf(fields);
  const told: Done | undefined =
    isVerb(query.done) && !onlyShows(query.done) ? { verb: query.done, post: query.of ?? '' } : undefined;
  const show = async (came: Outcome<Done>): Promise<Reply> => {
    const read = await readPrompt(deps, visit, id, url, query);
    const settled = isSettled({ step, refused: came.refused, read, fields });
    const { refused, done = told } = settled ? { refused: undefined, done: step } : came;
    const mayAct = visit.personId === visit.person.personId && !visit.person.readOnly;
    const mayWrite = mayAct && (visit.staff || !isShut(read.dates, visit.now));
    const about = { catalogue, visit, read, here, fields, step, refused, done, query, mayWrite, mayAct };
    const shown = { ...about, typed: typedFor(about), editing: null };
    const unit = catalogue.units.find((one) => one.id === read.prompt.unit);
    return screen(
      visit,
      {
        title: read.prompt.title,
        course: read.course.name,
        here: '',
        more: discussionStyle,
        trail: unit ? [{ to: at(visit, 'units', unit.id), title: `${unit.id}. ${unit.title}` }] : [],
        status: refused ? problems[refused.problem][0] : read.missing ? 404 : 200,
      },
      <Content {...shown} editing={editedIn(shown)} />,
    );
  };
  // A preview stands nowhere else, nor what was typed for another step.
  const stays = onlyShows(step.verb) || !isEmpty(leftAfter(typedIn(fields), step));
  return change(visit, fields, {
    act: () => act(deps, visit, id, step, fields),
    show,
    to: stays ? undefined : withQuery(here, { done: step.verb, of: step.post }),
  });
};
