import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { lmsSummary, lmsWords } from '../lms-words.ts';
import { Go, screen } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit } from '../visit.ts';
import { pointsWords } from '../words.ts';
import { noteOf, thereOf } from './grades-words.ts';
import { type GradeRead, type GradesRead, readGrades } from './read-grades.ts';
import { gradesStyle } from './style.ts';

const sumOf = (values: number[]) => Math.round(values.reduce((a, b) => a + b, 0) * 100) / 100;

const appealBadge = { open: 'contested', denied: 'appeal denied', upheld: 'appeal upheld' } as const;

const Row = ({ visit, grade, sends }: { visit: Visit; grade: GradeRead; sends: boolean }) => {
  const note = noteOf(grade);
  return (
    <tr>
      <th scope="row" dir="auto">
        <Go visit={visit} to={at(visit, 'grades', grade.kind, grade.id)}>
          {grade.title}
        </Go>{' '}
        <span class="quiet">
          {[grade.kind === 'scenario' ? 'scenario' : 'discussion', ...(note ? [note] : [])].join(', ')}
        </span>{' '}
        {grade.appeal && (
          <span class={grade.appeal.state === 'open' ? 'badge warn' : 'badge'}>{appealBadge[grade.appeal.state]}</span>
        )}
      </th>
      <td class="num">
        {grade.points ?? '–'} of {grade.max}
      </td>
      {sends && <td>{thereOf(grade)}</td>}
    </tr>
  );
};

const Unit = ({ visit, read, unit }: { visit: Visit; read: GradesRead; unit: GradesRead['units'][number] }) => {
  const own = read.grades.filter((grade) => grade.unit === unit.id);
  if (own.length === 0) return null;
  const sum = `${sumOf(own.map(({ points }) => points ?? 0))} of ${sumOf(own.map(({ max }) => max))} points`;
  const column = lmsWords(unit.lms, read.times);
  return (
    <details class="grades" open={own.some(({ points, begun }) => points !== null || begun)}>
      <summary>
        <h2>
          {unit.id}. {unit.title}
        </h2>{' '}
        <span class="quiet">{sum}</span>
      </summary>
      <Table
        caption={`Grades of unit ${unit.id}`}
        head={['Activity', 'Points', ...(read.sends ? ['In your course’s gradebook'] : [])]}
      >
        {own.map((grade) => (
          <Row visit={visit} grade={grade} sends={read.sends} />
        ))}
      </Table>
      {column && <p class="quiet">The unit’s sum: {column}</p>}
    </details>
  );
};

/** Staff have no grades; they read those of the student whom they name. */
const NoneOfTheirs = ({ visit }: { visit: Visit }) => (
  <p>
    You teach here, so you have no grades. Open a student’s from the{' '}
    <Go visit={visit} to={at(visit, 'gradebook')}>
      gradebook
    </Go>
    .
  </p>
);

/** Every grade that counts, unit by unit, with a way to why it is what it is. */
export const myGradesPage = async (deps: Deps, visit: Visit): Promise<Reply> => {
  const read = await readGrades(deps, visit);
  const own = visit.personId === visit.person.personId;
  const name = displayName(read.about.id, read.about.name);
  const title = own ? 'My grades' : `Grades of ${name}`;
  const place = {
    title,
    course: read.course.name,
    here: visit.staff ? 'gradebook' : 'grades',
    more: gradesStyle,
  } as const;
  if (own && visit.staff)
    return screen(
      visit,
      place,
      <>
        <h1>{title}</h1>
        <NoneOfTheirs visit={visit} />
      </>,
    );
  const summary = lmsSummary(read.grades.flatMap(({ lms }) => lms?.state ?? []));
  return screen(
    visit,
    place,
    <>
      <h1 dir="auto">{title}</h1>
      <p>
        <b>Total: {pointsWords(read.points, read.max)}.</b> What is not graded yet counts as nothing so far.
      </p>
      {read.sends ? (
        <p>
          {summary ?? 'Nothing was sent to your course’s gradebook yet: a grade goes there as soon as there is one.'}
        </p>
      ) : (
        <p class="quiet">These grades stay here: this course sends none to another gradebook.</p>
      )}
      <p>Open a line to see why the grade is what it is, and to contest it.</p>
      {read.units.map((unit) => (
        <Unit visit={visit} read={read} unit={unit} />
      ))}
    </>,
  );
};
