import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { counted, datesWords, pointsWords } from '../words.ts';
import { taskState } from './progress.ts';
import type { CourseRead } from './read-course.ts';
import { StateBadge } from './state-badge.tsx';

type Scenario = CourseRead['scenarios'][number];
type Prompt = CourseRead['prompts'][number];

const scenarioState = ({ attempts: { used, max }, grade }: Scenario): string[] => [
  ...(used === 0 ? [] : [`${used} of ${counted(max, 'attempt')} used`]),
  ...(grade && (used > 0 || grade.points !== null) ? [pointsWords(grade.points, grade.max)] : []),
];

const promptState = ({ committed, grade }: Prompt): string[] => [
  committed ? 'you have posted' : 'post first, then read what others wrote',
  ...(grade ? [pointsWords(grade.points, grade.max)] : []),
];

/** What there is to do in a unit, and how one stands in each. `plain`: for staff, who do none of it. */
export const UnitTasks = ({
  visit,
  read,
  unit,
  plain,
}: {
  visit: Visit;
  read: CourseRead;
  unit: string;
  plain: boolean;
}) => {
  const scenarios = read.scenarios.filter((one) => one.unit === unit);
  const prompts = read.prompts.filter((one) => one.unit === unit);
  const badge = (id: string) => {
    const task = read.tasks.find((one) => one.id === id);
    return task && !plain ? <StateBadge state={taskState(task, visit.now)} /> : null;
  };
  return (
    <>
      {scenarios.length > 0 && (
        <section aria-labelledby="scenarios">
          <h2 id="scenarios">Which role?</h2>
          <ol class="list">
            {scenarios.map((one) => (
              <li>
                <Go visit={visit} to={at(visit, 'scenarios', one.id)}>
                  {one.title}
                </Go>{' '}
                {badge(one.id)}
                {!plain && <div class="quiet">{scenarioState(one).join(' · ')}</div>}
              </li>
            ))}
          </ol>
        </section>
      )}
      <section aria-labelledby="prompts">
        <h2 id="prompts">Discussions</h2>
        <ul class="list">
          {prompts.map((one) => (
            <li>
              <Go visit={visit} to={at(visit, 'prompts', one.id)}>
                {one.title}
              </Go>{' '}
              {badge(one.id)}
              {!plain && (
                <div class="quiet">{[...promptState(one), ...datesWords(one, visit.now, read.times)].join(' · ')}</div>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
};
