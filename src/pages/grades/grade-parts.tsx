import type { Catalogue } from '../../catalogue/shapes.ts';
import { Receipt } from '../receipt.tsx';
import { eventWords } from '../receipt-words.ts';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { pointsWords } from '../words.ts';
import { AppealSays } from './contest-form.tsx';
import { appealWords, policyWords, reachedWords, sourceWords } from './grade-words.ts';
import type { EventRead, GradeExplained } from './read-grade.ts';

export type Shown = { catalogue: Catalogue; visit: Visit; read: GradeExplained };
/** What a check of an event found. */
export type Checked = { same: boolean };

/** The grade, where it comes from, and whether the LMS has it. */
export const Summary = ({ visit, read }: Shown) => {
  const { kind, id, grade, events, counts, times } = read;
  const standsOn = events.find((event) => counts.includes(event.id) && event.type !== 'rubric');
  const from = {
    ...read,
    source: grade.source,
    max: grade.max,
    begun: events.length > 0,
    attempt: standsOn?.answer?.attempt ?? null,
    regraded: standsOn?.type === 'regrade',
  };
  return (
    <div class="box">
      <p>
        <b>{pointsWords(grade.points, grade.max)}</b>
      </p>
      <p>{sourceWords(from)}</p>
      {grade.source === 'override' && standsOn?.reason && <blockquote dir="auto">{standsOn.reason}</blockquote>}
      {kind === 'scenario' && <p class="quiet">{policyWords(read.policy)}</p>}
      <p>{reachedWords({ ...read, points: grade.points }, times)}</p>
      <p class="actions">
        <Go visit={visit} to={at(visit, kind === 'scenario' ? 'scenarios' : 'prompts', id)}>
          To the {kind === 'scenario' ? 'scenario' : 'discussion'}
        </Go>
        {!visit.staff && kind === 'scenario' && grade.points !== null && grade.points < grade.max && (
          <a href="#contest">Contest this</a>
        )}
      </p>
    </div>
  );
};

const checkable: readonly EventRead['type'][] = ['verdict', 'participation', 'regrade', 'rubric'];

/** One event of the grade, which can be checked. Its button belongs to the page's form `check`. */
export const Step = ({ catalogue, visit, read, event }: Shown & { event: EventRead }) => {
  const by = visit.staff ? (event.actorName ?? 'The staff') : event.type === 'rubric' ? 'The staff' : 'An instructor';
  const counts = read.counts.includes(event.id);
  return (
    <li>
      <details open={counts}>
        <summary>
          {eventWords(event, by)} {counts && <span class="badge good">counts</span>}{' '}
          <span class="quiet">{read.times(event.createdAt)}</span>
        </summary>
        <Receipt catalogue={catalogue} receipt={event} times={read.times} by={by} isHeaded />
        {checkable.includes(event.type) && !visit.person.readOnly && (
          <p>
            <button type="submit" class="button" form="check" name="check" value={event.id}>
              Check that this follows from the rules
            </button>
          </p>
        )}
      </details>
    </li>
  );
};

const stateTitle = { open: 'Contested', denied: 'Contested, and denied', upheld: 'Contested, and upheld' } as const;

/** What was contested, what was decided, and what comes next. */
export const Appeals = ({ catalogue, visit, read }: Shown) => (
  <section aria-labelledby="appeals">
    <h2 id="appeals">What was contested</h2>
    <ul class="list">
      {read.appeals.map((appeal) => {
        const since = read.events.find(
          ({ type, createdAt }) =>
            (type === 'override' || type === 'regrade') &&
            Date.parse(createdAt ?? '') >= (appeal.decidedAt ?? Infinity),
        );
        return (
          <li>
            <h3>
              {stateTitle[appeal.state]}{' '}
              <span class="quiet">{read.times(new Date(appeal.createdAt).toISOString())}</span>
            </h3>
            <AppealSays catalogue={catalogue} claim={appeal.claim} body={appeal.body} />
            {appeal.reason && (
              <>
                <p>The decision’s reason:</p>
                <blockquote dir="auto">{appeal.reason}</blockquote>
              </>
            )}
            <p>{appealWords(appeal, since?.createdAt ?? null, read.times)}</p>
            {visit.staff && (
              <p>
                <Go visit={visit} to={at({ ...visit, personId: visit.person.personId }, 'appeals', appeal.id)}>
                  To this appeal
                </Go>
              </p>
            )}
          </li>
        );
      })}
    </ul>
  </section>
);

/** What came of the form: a check, or an appeal. */
export const Result = ({ checked, contested }: { checked: Checked | undefined; contested: boolean }) => {
  if (!checked && !contested) return null;
  const says = checked
    ? checked.same
      ? 'It follows: the same facts, graded again by the same rules, gave exactly the same.'
      : 'It does not follow: graded again, the same facts gave something else. Whoever runs this site was told; tell your instructor too.'
    : 'Your appeal is with your instructor. The grade stays as it is until they decide; you read the decision here.';
  return (
    <section
      id="result"
      class={checked && !checked.same ? 'box bad' : 'box good'}
      role="status"
      tabindex={-1}
      aria-label={checked ? 'The check' : 'Contested'}
    >
      <p>
        <b>{says}</b>
      </p>
    </section>
  );
};
