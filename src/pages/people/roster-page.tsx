import { permit } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import { importRoster } from '../../courses/import-roster.ts';
import type { PlanBody } from '../../courses/roster-changes.ts';
import { rosterSchema } from '../../courses/roster-file.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { validate } from '../../validate.ts';
import { change, type Outcome } from '../change.ts';
import { FileChooser } from '../file-chooser.tsx';
import { inOwnWords } from '../own-words.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { Table } from '../table.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import { timesIn } from '../words.ts';
import { countsWords, plannedName, plannedWords } from './people-words.ts';
import { peopleStyle } from './style.ts';

/** A plan, and the tag by which exactly that is imported; `null`: it was. */
type Planned = { plan: PlanBody; etag: string | null };

const SHOWN = 500;

const ownWords = inOwnWords({
  stale: 'It would do something else by now: the roster here or the text below has changed. Look at it again first.',
});

const act = async (deps: Deps, visit: Visit, fields: Fields): Promise<Planned> => {
  const { person, courseId } = visit;
  permit(person, 'people:import');
  const etag = fieldOf(fields, 'apply');
  const input = validate(rosterSchema(), { csv: fieldOf(fields, 'csv') });
  const withdrawMissing = fieldOf(fields, 'missing') === '' ? 'false' : 'true';
  const query = { preview: etag === '' ? 'true' : 'false', withdrawMissing } as const;
  const once = await onceOf(person, at(visit, 'roster'), fields);
  const asked = { once, ifMatch: etag || undefined };
  const planned = await importRoster(deps, person, courseId, asked, query, input).catch(ownWords);
  return { plan: planned.body, etag: etag === '' ? planned.etag : null };
};

const Plan = ({ plan }: { plan: PlanBody }) => (
  <Table caption="What would change" head={['Line', 'Who', 'What becomes of them']}>
    {plan.changes.slice(0, SHOWN).map((one) => (
      <tr>
        <td class="num">{one.line ?? 'not on it'}</td>
        <th scope="row" dir="auto">
          {plannedName(one)}
        </th>
        <td dir="auto">{plannedWords(one)}</td>
      </tr>
    ))}
  </Table>
);

const Planning = ({ planned: { plan, etag } }: { planned: Planned }) => {
  const moves = plan.changes.length > 0;
  return (
    <ResultBox label="What it would do">
      <p>
        <b>{moves ? 'Nothing is changed yet.' : 'It would change nothing.'}</b>{' '}
        {countsWords(plan.counts, false).join(', ')}.
      </p>
      {moves && (
        <>
          <Plan plan={plan} />
          {plan.changes.length > SHOWN && <p>And {plan.changes.length - SHOWN} more.</p>}
          <button type="submit" class="button main" form="roster" name="apply" value={etag ?? ''}>
            Do exactly this
          </button>
        </>
      )}
    </ResultBox>
  );
};

const Imported = ({ visit, plan }: { visit: Visit; plan: PlanBody }) => (
  <ResultBox tone="good" label="Imported">
    <p>
      <b>The roster is here.</b> {countsWords(plan.counts, true).join(', ')}.
    </p>
    <p>
      <Go visit={visit} to={at(visit, 'people')}>
        See the people
      </Go>
    </p>
  </ResultBox>
);

const RosterForm = ({ visit, fields }: { visit: Visit; fields: Fields }) => (
  <Change visit={visit} to={at(visit, 'roster')} id="roster">
    <label for="csv">The roster</label>
    <textarea id="csv" name="csv" required rows={10} spellcheck={false} dir="auto" aria-describedby="csv-help">
      {fieldOf(fields, 'csv')}
    </textarea>
    <FileChooser fills="csv" accept=".csv,text/csv,text/plain" />
    <p id="csv-help" class="quiet">
      One line a person under a head, separated by commas: <code>externalId,name,role</code>. externalId is what your
      institution calls them; name and role (learner, assistant, instructor) may be left out.
    </p>
    <label>
      <input type="checkbox" name="missing" value="1" checked={fieldOf(fields, 'missing') !== ''} />
      Withdraw whoever of your institution is not on it (their work is kept)
    </label>
    <p class="actions">
      <button type="submit" class="button">
        See what it would do
      </button>
    </p>
  </Change>
);

const show = async (deps: Deps, visit: Visit, fields: Fields, { refused, done }: Outcome<Planned>): Promise<Reply> => {
  const { person, courseId } = visit;
  const db = deps.dbFor(person.institutionId);
  const [, [course]] = await db.batch([
    standing(db, person, 'people:import', courseId),
    findCourse(db, person.institutionId, courseId),
  ]);
  const imported = done !== undefined && done.etag === null;
  return screen(
    visit,
    {
      title: 'Import a roster',
      course: course!.name,
      here: 'people',
      trail: [{ to: at(visit, 'people'), title: 'People' }],
      status: refused ? problems[refused.problem][0] : 200,
      more: peopleStyle,
    },
    <>
      <h1>Import a roster</h1>
      <p>For a class that no LMS sends. You see what it would do before anything is done.</p>
      {refused && <Refusal problem={refused} times={timesIn(course!.timeZone)} />}
      {done && (imported ? <Imported visit={visit} plan={done.plan} /> : <Planning planned={done} />)}
      <RosterForm visit={visit} fields={imported ? {} : fields} />
    </>,
  );
};

/** For instructors: bring the people up to a roster, after having seen what that does. */
export const rosterPage = (deps: Deps, visit: Visit, { fields }: Asked): Promise<Reply> =>
  change(visit, fields, {
    act: () => act(deps, visit, fields),
    show: (outcome) => show(deps, visit, fields, outcome),
  });
