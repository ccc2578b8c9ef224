import type { Deps } from '../../deps.ts';
import { type Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { claimsOfReceipt } from '../receipt-words.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, type Visit, withQuery } from '../visit.ts';
import { gradeWords, OverrideForm, RubricForm } from './cell-forms.tsx';
import { History } from './cell-history.tsx';
import { aboutWords, lmsStaffWords } from './cell-words.ts';
import { type Decided, decide } from './decide.ts';
import { bookAt } from './gradebook-parts.tsx';
import { type CellAt, type CellDetail, readCell } from './read-cell.ts';

const saysDone = {
  override: 'The grade is set.',
  lift: 'What was set by hand is lifted.',
  rubric: 'The points of the rubric are given.',
  unmark: 'The points of the rubric are taken away.',
} as const;
type Did = keyof typeof saysDone;

const Done = ({ visit, read, did, personId }: { visit: Visit; read: CellDetail; did: Did; personId: string }) => (
  <ResultBox tone="good" label="Done">
    <p>
      <b>{saysDone[did]}</b> {gradeWords(read)}. {lmsStaffWords(read.grade.lms, read.times)}
    </p>
    <p>
      <Go visit={visit} to={bookAt(visit, read.column.unit, '')}>
        To the gradebook
      </Go>
      {' · '}
      <Go visit={visit} to={at(visit, 'gradebook', personId)}>
        To everything of {read.name}
      </Go>
    </p>
  </ResultBox>
);

const Replayed = ({ same, engine }: Extract<Decided, { did: 'replay' }>) =>
  same ? (
    <ResultBox tone="good" label="Graded again">
      <p>
        <b>The same, byte for byte.</b> The facts of this receipt were graded again by the rules that it names, and gave
        what stands here.
        {engine.stored !== null && engine.stored !== engine.now && ' The grader is a newer one by now, and agrees.'}
      </p>
    </ResultBox>
  ) : (
    <ResultBox tone="bad" label="Graded again">
      <p>
        <b>It does not come out the same.</b> The facts of this receipt, graded again by the rules that it names, give
        something else. Nothing was changed; whoever runs this tool finds an alarm in its log.
      </p>
    </ResultBox>
  );

type Came = { refused?: Problem; done?: Decided };

const show = async (deps: Deps, visit: Visit, cell: CellAt, typed: Fields, { refused, done }: Came): Promise<Reply> => {
  const read = await readCell(deps, visit, cell);
  const { course, column, name, next, history, times } = read;
  const theirs = { ...visit, personId: cell.person };
  const about = aboutWords({ ...read.cell, byHand: false });
  return screen(
    visit,
    {
      title: `${column.title}: ${name}`,
      course: course.name,
      here: 'gradebook',
      trail: [
        { to: bookAt(visit, column.unit, ''), title: 'Gradebook' },
        { to: at(visit, 'gradebook', cell.person), title: name },
      ],
      status: refused ? problems[refused.problem][0] : 200,
      wide: true,
    },
    <>
      <h1 dir="auto">{column.title}</h1>
      <p>
        <span dir="auto">{name}</span>: <b>{gradeWords(read)}</b>
        {about && ` (${about})`}. {lmsStaffWords(read.grade.lms, times)}{' '}
        <Go visit={theirs} to={at(theirs, column.kind === 'prompt' ? 'prompts' : 'scenarios', column.id)}>
          {column.kind === 'prompt' ? 'The discussion' : 'Their answers'}
        </Go>
        {next && (
          <>
            {' · '}
            <Go visit={visit} to={at(visit, 'gradebook', next.id, column.kind, column.id)}>
              Next: <span dir="auto">{next.name}</span>
            </Go>
          </>
        )}
      </p>
      {refused && <Refusal problem={refused} times={times} />}
      {done &&
        (done.did === 'replay' ? (
          <Replayed {...done} />
        ) : (
          <Done visit={visit} read={read} did={done.did} personId={cell.person} />
        ))}
      <div class="beside">
        <History
          deps={deps}
          visit={visit}
          cell={cell}
          read={read}
          replayed={done?.did === 'replay' ? done.event : undefined}
        />
        <div>
          <RubricForm visit={visit} cell={cell} read={read} typed={typed} />
          <OverrideForm visit={visit} cell={cell} read={read} typed={typed} />
        </div>
      </div>
      <ClaimNotes catalogue={deps.catalogue} ids={history.flatMap(({ receipt }) => claimsOfReceipt(receipt))} />
    </>,
  );
};

/** One grade: what stands, how it came about, receipt by receipt, and what staff can decide of it by hand. */
export const cellPage = (deps: Deps, visit: Visit, { params, fields, query }: Asked): Promise<Reply> => {
  const cell = { person: params.person!, kind: params.kind!, activity: params.activity! };
  const did = [fields.do ?? query.done].flat()[0] as Did;
  const told = Object.hasOwn(saysDone, query.done ?? '') ? { did: query.done as Did } : undefined;
  return change<Decided>(visit, fields, {
    act: () => decide(deps, visit, cell, fields),
    show: (came) => show(deps, visit, cell, came.refused ? fields : {}, { done: told, ...came }),
    to: Object.hasOwn(saysDone, did)
      ? withQuery(at(visit, 'gradebook', cell.person, cell.kind, cell.activity), { done: did })
      : undefined,
  });
};
