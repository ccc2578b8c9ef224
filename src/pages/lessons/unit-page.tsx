import { lessonOf } from '../../catalogue/lesson.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { ClaimNotes, sourceName } from '../claims.tsx';
import { lmsWords } from '../lms-words.ts';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { counted, datesWords, pointsWords } from '../words.ts';
import { type CourseRead, readCourse, unitSums } from './read-course.ts';
import { UnitTasks } from './unit-tasks.tsx';

type Unit = CourseRead['units'][number];

const Points = ({ visit, read, unit }: { visit: Visit; read: CourseRead; unit: Unit }) => {
  const { points, max } = unitSums(read, unit.id);
  const lms = lmsWords(unit.lms, read.times);
  return (
    <section class="box" aria-label="Points">
      <p>
        {visit.staff ? `${read.name}: ` : 'Your points in this unit: '}
        <b>{pointsWords(points, max)}</b>
      </p>
      {lms && <p>{lms}</p>}
    </section>
  );
};

const Readings = ({ deps, visit, unit }: { deps: Deps; visit: Visit; unit: Unit }) => (
  <section aria-labelledby="readings">
    <h2 id="readings">Readings</h2>
    <ul class="list">
      {unit.readings.flatMap(({ source: id, lines }) => {
        const source = deps.catalogue.sources.find((one) => one.id === id);
        return source
          ? [
              <li>
                <Go visit={visit} to={at(visit, 'sources', id)}>
                  {sourceName(source)}
                </Go>{' '}
                <span class="quiet">{lines}</span>
              </li>,
            ]
          : [];
      })}
    </ul>
  </section>
);

/** A unit: its lesson, its scenarios and prompts with how one stands in each, and where the points stand with the LMS. */
export const unitPage = async (deps: Deps, visit: Visit, { params }: Asked): Promise<Reply> => {
  const read = await readCourse(deps, visit);
  const unit = read.units.find(({ id }) => id === params.unit);
  if (!unit) throw new Problem('content-not-found');
  const plain = visit.staff && visit.personId === visit.person.personId;
  const dates = datesWords(unit, visit.now, read.times);
  const lesson = lessonOf(deps.catalogue, unit.id).html;
  const tasks = read.tasks.filter((task) => task.unit === unit.id);
  return screen(
    visit,
    { title: unit.title, course: read.course.name, here: '', wide: true },
    <>
      <h1>
        {unit.id}. {unit.title}
      </h1>
      <p>{unit.summary}</p>
      {dates.length > 0 && <p class="quiet">{dates.join(' · ')}</p>}
      <div class="beside">
        <section aria-label="Lesson">
          <p class="only-narrow">
            <a href="#tasks">
              {plain
                ? counted(tasks.length, 'task')
                : `To do: ${tasks.filter(({ done }) => !done).length} of ${counted(tasks.length, 'task')}`}
            </a>
          </p>
          <h2>After this unit you can</h2>
          <ul>
            {unit.objectives.map((objective) => (
              <li>{objective}</li>
            ))}
          </ul>
          <SafeHtml html={lesson} />
          <ClaimNotes catalogue={deps.catalogue} ids={claimsInHtml(lesson)} />
        </section>
        <div class="aside" id="tasks">
          {!plain && <Points visit={visit} read={read} unit={unit} />}
          <UnitTasks visit={visit} read={read} unit={unit.id} plain={plain} />
          <Readings deps={deps} visit={visit} unit={unit} />
        </div>
      </div>
    </>,
  );
};
