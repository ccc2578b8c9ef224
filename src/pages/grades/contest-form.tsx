import type { Catalogue } from '../../catalogue/shapes.ts';
import { invalid } from '../../problem.ts';
import { roleName, WithClaims } from '../claims.tsx';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { nothingToContest } from './grade-words.ts';
import type { EventRead, GradeExplained } from './read-grade.ts';

/** What was typed, from a form that was refused; else nothing. */
export const contestTyped = (fields: Fields) => ({ cite: fieldOf(fields, 'cite'), body: fieldOf(fields, 'body') });
export type ContestTyped = ReturnType<typeof contestTyped>;

/** An appeal as the verb takes it. Throws `invalid-input` for what is missing. */
export const contestIn = ({ cite, body }: ContestTyped) => {
  const [answer = '', claim = ''] = cite.split('~');
  if (claim === '') throw invalid('/claim', 'Choose the claim that supports your answer.');
  if (body.trim() === '') throw invalid('/body', 'Say why the verdict is wrong.');
  return { answer, claim, body };
};

const verdicts = ({ events }: GradeExplained) =>
  events.flatMap((event) => (event.type === 'verdict' && event.answer ? [{ ...event, answer: event.answer }] : []));

/** The answers whose verdicts can be contested now: those that cite claims, earned less than everything, and are not contested already. */
const contestable = (read: GradeExplained) => {
  const open = new Set(read.appeals.filter(({ state }) => state === 'open').map(({ answerId }) => answerId));
  const citing = verdicts(read).filter(({ answer, verdict }) => answer.claims.length > 0 && (verdict?.credit ?? 0) < 1);
  return { citing, left: citing.filter(({ answer }) => !open.has(answer.id)) };
};

type Contested = EventRead & { answer: NonNullable<EventRead['answer']> };

const Choice = ({
  catalogue,
  event: { answer },
  chosen,
  only,
}: {
  catalogue: Catalogue;
  event: Contested;
  chosen: string;
  only: boolean;
}) => (
  <>
    {answer.claims.map((claim) => {
      const value = `${answer.id}~${claim}`;
      return (
        <label>
          <input type="radio" name="cite" value={value} checked={only || chosen === value} required />
          <b>{claim}</b> {catalogue.claims[claim]?.text}{' '}
          <span class="quiet">
            (attempt {answer.attempt}, {roleName(catalogue, answer.role)})
          </span>
        </label>
      );
    })}
  </>
);

/** Where a student contests a verdict, or reads why there is nothing to contest. */
export const Contest = ({
  catalogue,
  visit,
  read,
  typed,
}: {
  catalogue: Catalogue;
  visit: Visit;
  read: GradeExplained;
  typed: ContestTyped;
}) => {
  const { citing, left } = contestable(read);
  const { points, max } = read.grade;
  const nothing = nothingToContest({
    kind: read.kind,
    answers: verdicts(read).length,
    citing: citing.length,
    allOpen: left.length === 0,
    full: points !== null && points >= max,
    void: read.void,
  });
  const choices = left.reduce((count, { answer }) => count + answer.claims.length, 0);
  return (
    <section id="contest" aria-labelledby="contest-title">
      <h2 id="contest-title">Contest this</h2>
      {nothing !== null && <p>{nothing}</p>}
      {nothing !== null && typed.body && <blockquote dir="auto">{typed.body}</blockquote>}
      {nothing === null && (
        <Change visit={visit} to={at(visit, 'grades', read.kind, read.id)}>
          <p>
            If a claim that you cited does support your answer, say so. An instructor reads your answer, your reason and
            the claim, and decides: they may set your grade, change the rule for everybody who answered so, or tell you
            why the verdict stands. Contesting costs nothing and lowers no grade.
          </p>
          <fieldset>
            <legend>Which claim supports your answer?</legend>
            {left.map((event) => (
              <Choice catalogue={catalogue} event={event} chosen={typed.cite} only={choices === 1} />
            ))}
          </fieldset>
          <label>
            Why is the verdict wrong?
            <textarea name="body" maxlength={4000} required dir="auto">
              {typed.body}
            </textarea>
          </label>
          <p>
            <button type="submit" class="button main">
              Contest this verdict
            </button>
          </p>
        </Change>
      )}
    </section>
  );
};

/** What was said in an appeal, with its claims. */
export const AppealSays = ({ catalogue, claim, body }: { catalogue: Catalogue; claim: string; body: string }) => (
  <>
    <p>
      By <WithClaims catalogue={catalogue} text={claim} />:
    </p>
    <blockquote dir="auto">{body}</blockquote>
  </>
);
