import { actorName, may } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import { displayName } from '../../courses/roster.ts';
import { findCourse, listNames } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { gradebookFile } from '../../grades/csv.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { wholeGradebookCsv } from '../../grades/gradebook-file.ts';
import { editedGradebookSchema, importGradebook } from '../../grades/import-gradebook.ts';
import { invalid, Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import { validate } from '../../validate.ts';
import { change, type Outcome } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import { timesIn } from '../words.ts';
import { type Came, EditedForm, Planned } from './spreadsheet-parts.tsx';
import { inLines } from './spreadsheet-words.ts';
import { gradebookStyle } from './style.ts';

/** Looks what an edited file would change, or changes exactly that. */
const act = async (deps: Deps, visit: Visit, fields: Fields): Promise<Came> => {
  const { person } = visit;
  if (!may(person, 'grades:import')) throw new Problem('not-permitted', { action: 'grades:import' });
  const csv = fieldOf(fields, 'csv');
  if (csv.trim() === '') throw invalid('/csv', 'Paste the edited file first, or choose it.');
  const applies = fieldOf(fields, 'do') === 'apply';
  const reason = fieldOf(fields, 'reason').trim();
  if (applies && reason === '') throw invalid('/reason', 'Say why: the students read it with their grades.');
  const once = await onceOf({ actorKey: actorName(person), path: at(visit, 'gradebook', 'spreadsheet') }, fields);
  const input = validate(editedGradebookSchema(), { csv, ...(reason === '' ? {} : { reason }) });
  const ifMatch = applies ? fieldOf(fields, 'etag') : undefined;
  try {
    const preview = applies ? 'false' : 'true';
    const { body, etag } = await importGradebook(deps, person, { once, ifMatch }, { preview }, input);
    return { plan: body, etag, applied: applies };
  } catch (error) {
    throw inLines(error);
  }
};

const show = async (deps: Deps, visit: Visit, fields: Fields, { refused, done }: Outcome<Came>): Promise<Reply> => {
  const { person, courseId } = visit;
  const where = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(where.institutionId);
  const ids = [...new Set(done?.plan.changes.map((one) => one.person))];
  const [, [current], [course], names] = await db.batch([
    standing(db, person, 'gradebook:read', courseId),
    findCurrentRules(db, where.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, where.institutionId, courseId),
    listNames(db, where, ids),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return screen(
    visit,
    {
      title: 'The gradebook as a spreadsheet',
      course: course!.name,
      here: 'gradebook',
      trail: [{ to: at(visit, 'gradebook'), title: 'Gradebook' }],
      more: gradebookStyle,
      status: refused ? problems[refused.problem][0] : 200,
    },
    <>
      <h1>The gradebook as a spreadsheet</h1>
      {refused && <Refusal problem={refused} times={timesIn(course!.timeZone)} />}
      {done && (
        <Planned
          came={done}
          name={(id) => displayName(id, nameOf.get(id) ?? null)}
          title={(kind, id) => titleOf(deps.catalogue, ruleSet, kind, id) ?? id}
        />
      )}
      {done?.applied && (
        <p>
          <Go visit={visit} to={at(visit, 'gradebook')}>
            To the gradebook
          </Go>
        </p>
      )}
      <section aria-labelledby="take">
        <h2 id="take">Take it out</h2>
        <p>A row a person, a column an activity, separated by commas. An empty cell is no grade; 0 is a grade.</p>
        <details>
          <summary>Which column is which</summary>
          <dl class="facts">
            {activitiesOf(deps.catalogue, ruleSet).map(({ kind, id }) => (
              <>
                <dt>{id}</dt>
                <dd dir="auto">{titleOf(deps.catalogue, ruleSet, kind, id) ?? id}</dd>
              </>
            ))}
          </dl>
        </details>
        <form method="post" action={at(visit, 'gradebook', 'spreadsheet')}>
          <input type="hidden" name="session" value={visit.session} />
          <p class="actions">
            <button type="submit" class="button" name="download" value="csv">
              Download gradebook.csv
            </button>
          </p>
        </form>
      </section>
      {may(person, 'grades:import') && (
        <section aria-labelledby="bring">
          <h2 id="bring">Bring it back</h2>
          <p>
            A cell that you changed sets that grade by hand; one that you emptied lifts what was set by hand. Rows and
            columns may be left out, and keep their grades. First you see what would change; nothing happens before you
            apply it.
          </p>
          <EditedForm visit={visit} fields={fields} came={done} unsaid={refused?.problem === 'invalid-input'} />
        </section>
      )}
    </>,
  );
};

/** The gradebook out to a spreadsheet, and an edited one back: what it would change first, then exactly that. */
export const spreadsheetPage = async (deps: Deps, visit: Visit, { fields }: Asked): Promise<Reply> => {
  if (fieldOf(fields, 'download') !== '')
    return { status: 200, body: await wholeGradebookCsv(deps, visit.person, visit.courseId), ...gradebookFile };
  return change(visit, fields, {
    act: () => act(deps, visit, fields),
    show: (outcome) => show(deps, visit, fields, outcome),
  });
};
