import { lessonOf } from '../../catalogue/lesson.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { ClaimNotes } from '../claims.tsx';
import { lmsWords } from '../lms-words.ts';
import { claimsInHtml, SafeHtml } from '../safe-html.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { counted, datesWords, pointsWords } from '../words.ts';
import { type CourseRead, readCourse, unitSums } from './read-course.ts';

type Scenario = CourseRead['scenarios'][number];
type Prompt = CourseRead['prompts'][number];

const scenarioState = ({ attempts: { used, max }, grade }: Scenario): string[] => [
  used === 0 ? 'not answered yet' : `${used} of ${counted(max, 'attempt')} used`,
  ...(grade && (used > 0 || grade.points !== null) ? [pointsWords(grade.points, grade.max)] : []),
];

const promptState = ({ committed, grade }: Prompt): string[] => [
  committed ? 'you have posted' : 'post first, then read what others wrote',
  ...(grade ? [pointsWords(grade.points, grade.max)] : []),
];

/** A unit: its lesson, its scenarios and prompts with how one stands in each, and where the points stand with the LMS. */
export const unitPage = async (deps: Deps, visit: Visit, { params }: Asked): Promise<Reply> => {
  const id = params.unit!;
  const read = await readCourse(deps, visit);
  const unit = read.units.find((one) => one.id === id);
  if (!unit) throw new Problem('content-not-found');
  const { course, times } = read;
  const sums = unitSums(read, id);
  const plain = visit.staff && visit.personId === visit.person.personId;
  const scenarios = read.scenarios.filter((one) => one.unit === id);
  const prompts = read.prompts.filter((one) => one.unit === id);
  const dates = datesWords(unit, visit.now, times);
  const lms = lmsWords(unit.lms, times);
  const lesson = lessonOf(deps.catalogue, id).html;
  return screen(
    visit,
    { title: unit.title, course: course.name, here: '' },
    <>
      <h1>
        {unit.id}. {unit.title}
      </h1>
      <p>{unit.summary}</p>
      {dates.length > 0 && <p class="quiet">{dates.join(' · ')}</p>}
      {!plain && (
        <section class="box" aria-label="Points">
          <p>
            {visit.staff ? `${read.name}: ` : 'Your points in this unit: '}
            <b>{pointsWords(sums.points, sums.max)}</b>
          </p>
          {lms && <p>{lms}</p>}
        </section>
      )}
      <nav aria-label="On this page">
        <ul>
          <li>
            <a href="#lesson">Lesson</a>
          </li>
          <li>
            <a href="#scenarios">Which role? {counted(scenarios.length, 'scenario')}</a>
          </li>
          <li>
            <a href="#prompts">{counted(prompts.length, 'discussion')}</a>
          </li>
        </ul>
      </nav>
      <section aria-labelledby="lesson">
        <h2 id="lesson">Lesson</h2>
        <ul>
          {unit.objectives.map((objective) => (
            <li>{objective}</li>
          ))}
        </ul>
        <SafeHtml html={lesson} />
        <ClaimNotes catalogue={deps.catalogue} ids={claimsInHtml(lesson)} />
      </section>
      <section aria-labelledby="scenarios">
        <h2 id="scenarios">Which role?</h2>
        <ol class="list">
          {scenarios.map((one) => (
            <li>
              <Go visit={visit} to={at(visit, 'scenarios', one.id)}>
                {one.title}
              </Go>
              {!plain && <div class="quiet">{scenarioState(one).join(' · ')}</div>}
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="prompts">
        <h2 id="prompts">Discussions</h2>
        <ul class="list">
          {prompts.map((one) => (
            <li>
              <Go visit={visit} to={at(visit, 'prompts', one.id)}>
                {one.title}
              </Go>
              {!plain && (
                <div class="quiet">{[...promptState(one), ...datesWords(one, visit.now, times)].join(' · ')}</div>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>,
  );
};
