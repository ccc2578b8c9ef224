import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { Go, screen } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { counted, datesWords, pointsWords } from '../words.ts';
import { readCourse, unitSums } from './read-course.ts';

/** What staff find beside what students see. */
const ForStaff = ({ visit }: { visit: Visit }) => (
  <section class="box" aria-labelledby="staff">
    <h2 id="staff">For the staff</h2>
    <ul>
      <li>
        Gradebook, rules, moderation and analytics are at <code>/v1/courses/{visit.courseId}</code>:{' '}
        <a href="/docs" target="_blank" rel="noopener">
          how to ask
        </a>
      </li>
    </ul>
  </section>
);

/** What a unit holds; and, where it is about somebody's work, how far they have come. */
const told = ({ scenarios, prompts, answered, points, max }: ReturnType<typeof unitSums>, plain: boolean): string[] => {
  const cases = scenarios === 0 ? [] : [counted(scenarios, 'scenario')];
  return plain
    ? [...cases, counted(prompts, 'discussion')]
    : [
        ...cases.map((all) => `${answered} of ${all} answered`),
        counted(prompts, 'discussion'),
        pointsWords(points, max),
      ];
};

/** The course: its units with their dates, and how far one has come. */
export const coursePage = async (deps: Deps, visit: Visit): Promise<Reply> => {
  const read = await readCourse(deps, visit);
  const { course, units, times, points, max, name } = read;
  const own = visit.personId === visit.person.personId;
  return screen(
    visit,
    { title: course.name, course: course.name, here: '' },
    <>
      <h1 dir="auto">{course.name}</h1>
      <p>{deps.catalogue.module.question}</p>
      {own ? (
        !visit.staff && <p>So far: {pointsWords(points, max)}.</p>
      ) : (
        <p>
          The work of {name}: {pointsWords(points, max)}.
        </p>
      )}
      <ul class="list">
        {units.map((unit) => {
          const sums = unitSums(read, unit.id);
          return (
            <li>
              <h2>
                <Go visit={visit} to={at(visit, 'units', unit.id)}>
                  {unit.id}. {unit.title}
                </Go>
              </h2>
              <p>{unit.summary}</p>
              <p class="quiet">
                {[...datesWords(unit, visit.now, times), ...told(sums, own && visit.staff)].join(' · ')}
              </p>
            </li>
          );
        })}
      </ul>
      {visit.staff && <ForStaff visit={visit} />}
    </>,
  );
};
