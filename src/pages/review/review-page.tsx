import type { Catalogue } from '../../catalogue/shapes.ts';
import type { Deps } from '../../deps.ts';
import { invalid, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { claimsCited } from '../discussion/posts.tsx';
import { resultWords } from '../discussion/result-words.ts';
import { threadAt } from '../discussion/shown.ts';
import { type Step, stepOf, textAt, typedIn } from '../discussion/steps.ts';
import { discussionStyle } from '../discussion/style.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit, withQuery } from '../visit.ts';
import { isModeration, type ModerationVerb, moderate } from './moderate.ts';
import { type ReviewRead, readReview } from './read-review.ts';
import { ReviewItem } from './review-item.tsx';

type Decided = { verb: ModerationVerb; post: string };

const Result = ({ visit, read, verb }: { visit: Visit; read: ReviewRead; verb: ModerationVerb }) => {
  const { decided } = read;
  const told = decided && resultWords(verb, { ...decided, flagged: null });
  return (
    told && (
      <ResultBox tone="good" label="Decided">
        <p>
          <b>
            <bdi>{decided.author.name}</bdi> in “{read.titleOf(decided.prompt)}”:
          </b>{' '}
          {told.says}
        </p>
        <p class="actions">
          {told.back && (
            <button type="submit" class="button" form="review" name="step" value={`${told.back.verb}:${decided.id}`}>
              {told.back.label}
            </button>
          )}
          <Go visit={visit} to={threadAt(visit, decided.prompt, decided.id)}>
            See it in the discussion
          </Go>
        </p>
      </ResultBox>
    )
  );
};

const Content = ({
  catalogue,
  visit,
  read,
  here,
  reasons,
  refused,
  done,
}: Outcome<Decided> & {
  catalogue: Catalogue;
  visit: Visit;
  read: ReviewRead;
  here: string;
  reasons: Readonly<Record<string, string>>;
}) => {
  const { items, hidden, next, times } = read;
  const item = { visit, read, reasons };
  return (
    <>
      <h1>Posts to look at</h1>
      {refused && <Refusal problem={refused} times={times} />}
      {done && <Result visit={visit} read={read} verb={done.verb} />}
      <Change visit={visit} to={here} id="review" />
      {items.length === 0 ? (
        <p class="box">
          {here === at(visit, 'review-queue')
            ? 'Nothing waits for you: no post is flagged or held.'
            : 'Nothing more waits for you.'}
        </p>
      ) : (
        <>
          <p class="quiet">What was flagged, or waits to be let through; what has waited longest stands first.</p>
          <ol class="list posts">
            {items.map((one) => (
              <ReviewItem {...item} post={one.post} flags={one.flags} />
            ))}
          </ol>
        </>
      )}
      {(next || here !== at(visit, 'review-queue')) && (
        <p class="actions">
          {here !== at(visit, 'review-queue') && (
            <Go visit={visit} to={at(visit, 'review-queue')}>
              From the start
            </Go>
          )}
          {next && (
            <Go visit={visit} to={next}>
              More
            </Go>
          )}
        </p>
      )}
      {hidden.length > 0 && (
        <section aria-labelledby="hidden">
          <h2 id="hidden">Hidden in the last two weeks</h2>
          <ol class="list posts">
            {hidden.map((post) => (
              <ReviewItem {...item} post={post} flags={[]} />
            ))}
          </ol>
        </section>
      )}
      <ClaimNotes catalogue={catalogue} ids={claimsCited([...items.map(({ post }) => post), ...hidden])} />
    </>
  );
};

/** What waits for the staff in all discussions: decided there, it leaves with a line that says so. */
export const reviewPage = (deps: Deps, visit: Visit, { fields, query, url }: Asked): Promise<Reply> => {
  const step: Step = stepOf(fields);
  const here = withQuery(at(visit, 'review-queue'), { cursor: query.cursor });
  const { reasons } = typedIn(fields);
  const told = isModeration(query.done) ? { verb: query.done, post: query.of ?? '' } : undefined;
  return change<Decided>(visit, fields, {
    act: async () => {
      if (!isModeration(step.verb)) throw invalid('/step', 'Use one of the buttons of this page.');
      const decided = { verb: step.verb, post: step.post };
      await moderate(deps, visit.person, { ...decided, reason: textAt(reasons, step.post) });
      return decided;
    },
    show: async ({ refused, done = told }) => {
      const read = await readReview(deps, visit, url, { cursor: query.cursor, of: done?.post });
      const { [done?.post ?? '']: _, ...left } = reasons;
      return screen(
        visit,
        {
          title: 'Posts to look at',
          course: read.course.name,
          here: 'review-queue',
          more: discussionStyle,
          status: refused ? problems[refused.problem][0] : 200,
        },
        <Content
          catalogue={deps.catalogue}
          visit={visit}
          read={read}
          here={here}
          reasons={left}
          {...(refused ? { refused } : done ? { done } : {})}
        />,
      );
    },
    to: Object.keys(reasons).some((post) => post !== step.post)
      ? undefined
      : withQuery(here, { done: step.verb, of: step.post }),
  });
};
