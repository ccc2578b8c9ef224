import { may } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { counted, datesWords, pointsWords } from '../words.ts';
import { nextTask, type Task, taskState, unitState } from './progress.ts';
import { type CourseRead, readCourse, unitSums } from './read-course.ts';
import { StateBadge } from './state-badge.tsx';
import { ToDo } from './to-do.tsx';

const placeOf = (visit: Visit, { kind, id }: Task): string =>
  at(visit, kind === 'scenario' ? 'scenarios' : 'prompts', id);

/** As many late tasks stand at the head. */
const MOST_LATE = 5;

/** What is late and what comes next, before everything else. */
const Next = ({ visit, read }: { visit: Visit; read: CourseRead }) => {
  const next = nextTask(read.tasks, visit.now);
  const late = read.tasks.filter((task) => taskState(task, visit.now) === 'late');
  if (!next)
    return (
      <p class="box good">
        {read.tasks.every(({ done }) => done)
          ? 'You have done everything in this course.'
          : 'Nothing is open to you now.'}
      </p>
    );
  const unitName = (task: Task) => `Unit ${task.unit}, ${read.units.find(({ id }) => id === task.unit)?.title ?? ''}`;
  return (
    <section class={`box ${late.length > 0 ? 'bad' : 'good'}`} aria-labelledby="next">
      <h2 id="next">{late.length > 0 ? `Late: ${counted(late.length, 'task')}` : 'Next'}</h2>
      {(late.length > 0 ? late.slice(0, MOST_LATE) : [next]).map((task) => (
        <p>
          <Go visit={visit} to={placeOf(visit, task)}>
            {task.title}
          </Go>
          <br />
          <span class="quiet">{[unitName(task), ...datesWords(task, visit.now, read.times)].join(' · ')}</span>
        </p>
      ))}
      {late.length > MOST_LATE && <p class="quiet">And {late.length - MOST_LATE} more, each marked in its unit.</p>}
    </section>
  );
};

const Unit = ({
  visit,
  read,
  unit,
  plain,
}: {
  visit: Visit;
  read: CourseRead;
  unit: CourseRead['units'][number];
  plain: boolean;
}) => {
  const tasks = read.tasks.filter((task) => task.unit === unit.id);
  const sums = unitSums(read, unit.id);
  const done = tasks.filter((task) => task.done).length;
  const dates = datesWords(unit, visit.now, read.times);
  return (
    <li>
      <h2>
        <Go visit={visit} to={at(visit, 'units', unit.id)}>
          {unit.id}. {unit.title}
        </Go>{' '}
        {!plain && <StateBadge state={unitState(tasks, visit.now)} />}
      </h2>
      <p>{unit.summary}</p>
      {!plain && (
        <progress
          value={done}
          max={tasks.length}
          aria-label={`Unit ${unit.id}: ${done} of ${counted(tasks.length, 'task')} done`}
        />
      )}
      <p class="quiet">
        {[
          ...dates,
          ...(plain
            ? [counted(sums.scenarios, 'scenario'), counted(sums.prompts, 'discussion')]
            : [`${done} of ${counted(tasks.length, 'task')} done`, pointsWords(sums.points, sums.max)]),
        ].join(' · ')}
      </p>
    </li>
  );
};

const ForStaff = ({ visit }: { visit: Visit }) => (
  <p class="actions">
    {may(visit.person, 'course:change') && (
      <Go visit={visit} to={at({ ...visit, personId: visit.person.personId }, 'dates')}>
        Dates and settings
      </Go>
    )}
  </p>
);

/** The course: what is late, what comes next, and its units with how far one has come in each. */
export const coursePage = async (deps: Deps, visit: Visit, _asked: Asked): Promise<Reply> => {
  const own = visit.personId === visit.person.personId;
  const plain = own && visit.staff;
  const read = await readCourse(deps, visit, plain);
  const { course, units, points, max, name } = read;
  return screen(
    visit,
    { title: course.name, course: course.name, here: '' },
    <>
      <h1>{deps.catalogue.module.question}</h1>
      {plain ? (
        <>
          <ForStaff visit={visit} />
          {read.waits && <ToDo visit={visit} {...read.waits} />}
        </>
      ) : (
        <p>
          {own ? 'So far' : `The work of ${name}`}: <b>{pointsWords(points, max)}</b>.
        </p>
      )}
      {own && !plain && <Next visit={visit} read={read} />}
      <ul class="list">
        {units.map((unit) => (
          <Unit visit={visit} read={read} unit={unit} plain={plain} />
        ))}
      </ul>
    </>,
  );
};
