import { actorName, may } from '../../auth/actor.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { writePost, writePostSchema } from '../../discussion/posts.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { LooksOnly, Refusal } from '../refusal.tsx';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, onceOf, type Visit, withQuery } from '../visit.ts';
import { counted, datesWords, isShut, pointsWords } from '../words.ts';
import { claimsCited, Posts } from './posts.tsx';
import { type PromptRead, readPrompt } from './read-prompt.ts';
import { nothing, typedIn, WriteForm } from './write-form.tsx';

type Came = { refused: Problem | undefined; done: boolean; fields: Fields };

const Participation = ({ read, own }: { read: PromptRead; own: boolean }) => (
  <section class="box" aria-label="Taking part">
    <p>
      {own ? 'Your part in this discussion' : `The part of ${displayName(read.about.id, read.about.name)}`}:{' '}
      <b>{pointsWords(read.participation.points, read.participation.max)}</b>
    </p>
    <ul class="list">
      {read.participation.criteria.map(({ title, points, max, done, needs }) => (
        <li>
          {done ? '✓' : '○'} {title}: {points} of {max}
          {!done && needs && <span class="quiet"> ({needs})</span>}
        </li>
      ))}
    </ul>
  </section>
);

const Posted = ({ read }: { read: PromptRead }) => (
  <section id="result" class="box good" role="status" tabindex={-1} aria-label="Sent">
    <p>
      <b>It is kept.</b>{' '}
      {read.gate.open
        ? 'The discussion is open to you below.'
        : `It is not committed yet. ${read.gate.needs.join(' ')}`}
    </p>
  </section>
);

const show = (deps: Deps, visit: Visit, read: PromptRead, { refused, done, fields }: Came): Reply => {
  const { catalogue } = deps;
  const { prompt, posts, course, dates, times } = read;
  const own = visit.personId === visit.person.personId;
  const unit = catalogue.units.find(({ id }) => id === prompt.unit);
  const typed = refused ? typedIn(fields) : nothing;
  const mayWrite = own && !visit.person.readOnly && (visit.staff || !isShut(dates, visit.now));
  const trail = [...(unit ? [{ to: at(visit, 'units', unit.id), title: `${unit.id}. ${unit.title}` }] : [])];
  const lost = refused && (!mayWrite || (typed.parentId !== '' && !posts.some(({ id }) => id === typed.parentId)));
  const form = <WriteForm catalogue={catalogue} visit={visit} read={read} typed={typed} />;
  return screen(
    visit,
    { title: prompt.title, course: course.name, here: '', trail, status: refused ? problems[refused.problem][0] : 200 },
    <>
      <h1 dir="auto">{prompt.title}</h1>
      <p class="quiet">{datesWords(dates, visit.now, times).join(' · ')}</p>
      <div class="box">
        <SafeHtml html={prompt.html} />
      </div>
      {refused && <Refusal problem={refused} times={times} />}
      {done && <Posted read={read} />}
      {lost && (
        <div class="box">
          <p>What you typed:</p>
          <blockquote dir="auto">{typed.body}</blockquote>
        </div>
      )}
      {(!visit.staff || !own) && read.participation.criteria.length > 0 && <Participation read={read} own={own} />}
      {visit.person.readOnly && <LooksOnly />}
      {mayWrite && !read.gate.open && form}
      {(read.gate.open || posts.length > 0) && (
        <section aria-labelledby="posts">
          <h2 id="posts">{read.gate.open ? counted(posts.length, 'post') : 'What you wrote'}</h2>
          <Posts
            catalogue={catalogue}
            read={read}
            typed={typed}
            mayWrite={mayWrite && read.gate.open}
            me={visit.person.personId}
          />
          {read.next && (
            <p>
              <Go visit={visit} to={read.next}>
                Later posts
              </Go>
            </p>
          )}
        </section>
      )}
      {mayWrite && read.gate.open && (
        <details open={refused !== undefined && typed.parentId === ''}>
          <summary>Write a post</summary>
          {form}
        </details>
      )}
      {mayWrite && (
        <Change visit={visit} to={`${at(visit, 'prompts', prompt.id)}#result`} id="reply">
          {null}
        </Change>
      )}
      <ClaimNotes catalogue={catalogue} ids={[...claimsInHtml(prompt.html), ...claimsCited(posts)]} />
    </>,
  );
};

const write = async (deps: Deps, visit: Visit, id: string, fields: Fields): Promise<void> => {
  const { person } = visit;
  if (!may(person, 'posts:write')) throw new Problem('not-permitted', { action: 'posts:write' });
  const { body, claims, role, parentId } = typedIn(fields);
  if (body.trim() === '')
    throw new Problem('invalid-input', { errors: [{ pointer: '/body', detail: 'Write something first.' }] });
  const reply = parentId !== '';
  const input = validate(writePostSchema(), {
    body,
    ...(reply ? { parentId } : { claims, role: role === '' ? null : role }),
  });
  const once = await onceOf({ actorKey: actorName(person), path: at(visit, 'prompts', id) }, fields);
  await writePost(deps, person, id, once, input);
};

/** A prompt: post first, then the posts of the others and replies to them. */
export const promptPage = (deps: Deps, visit: Visit, { params, fields, query, url }: Asked): Promise<Reply> => {
  const id = params.prompt!;
  return change(visit, fields, {
    act: () => write(deps, visit, id, fields).then(() => true),
    show: async ({ refused, done = query.done === 'post' }) =>
      show(deps, visit, await readPrompt(deps, visit, id, url, query.cursor), { refused, done, fields }),
    to: `${withQuery(at(visit, 'prompts', id), { done: 'post' })}#result`,
  });
};
