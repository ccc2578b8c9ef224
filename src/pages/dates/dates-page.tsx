import * as z from 'zod';
import { permit } from '../../auth/actor.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import { changeCourse, changeCourseSchema } from '../../courses/courses.ts';
import { changeSchedule, type Dated } from '../../courses/dates.ts';
import type { Deps } from '../../deps.ts';
import { revisionTag } from '../../etag.ts';
import { lazily } from '../../lazily.ts';
import { invalid, Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { believedRules } from '../../rule-sets/current.ts';
import { validate } from '../../validate.ts';
import { change } from '../change.ts';
import { inOwnWords } from '../own-words.ts';
import { peopleStyle } from '../people/style.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit, withQuery } from '../visit.ts';
import { wallClockIn } from '../wall-clock.ts';
import { timesIn } from '../words.ts';
import { DatesForm } from './dates-form.tsx';
import { readDates } from './read-dates.ts';
import { SettingsForm } from './settings-form.tsx';
import { changesTyped, type Fault, momentSchema, type Was, zoneIn } from './typed-dates.ts';

const wasSchema = lazily(() =>
  z.record(z.string(), z.strictObject({ opensAt: momentSchema(), dueAt: momentSchema(), closesAt: momentSchema() })),
);

/** The dates that the form was made with. */
const wasIn = (fields: Fields): Was => {
  try {
    return wasSchema().parse(JSON.parse(fieldOf(fields, 'was')));
  } catch {
    throw invalid('/was', 'The form is damaged. Open the page again.');
  }
};

const ownWords = inOwnWords({
  stale:
    'Somebody changed the course meanwhile, so nothing was saved. What you typed is still here, with what they changed beside it: save again to keep yours.',
  'content-not-found':
    'The rules of the course have changed, and one of these discussions is gone. Open the page again.',
});

const labelOf =
  ({ catalogue, ...deps }: Deps, courseId: string) =>
  ({ kind, activity }: Dated): string => {
    const { ruleSet } = believedRules({ catalogue, ...deps }, courseId);
    const [prompt = ''] = kind === 'criterion' ? activity.split(':') : [activity];
    const title = titleOf(catalogue, ruleSet, kind === 'unit' ? 'unit' : 'prompt', prompt) ?? activity;
    return kind === 'unit' ? `Unit ${activity}. ${title}` : title;
  };

const revisionIn = (fields: Fields): string => revisionTag(Number(fieldOf(fields, 'revision')) || 0);

const saveDates = async (deps: Deps, { person, courseId }: Visit, fields: Fields): Promise<void> => {
  const timeZone = zoneIn(fields);
  const about = { clock: wallClockIn(timeZone), timeZone, labelOf: labelOf(deps, courseId) };
  const { changes, faults } = changesTyped(fields, wasIn(fields), about);
  if (faults.length > 0) throw new Problem('invalid-input', { errors: faults });
  if (changes.length > 0) await changeSchedule(deps, person, courseId, revisionIn(fields), changes).catch(ownWords);
};

const saveSettings = async (deps: Deps, { person, courseId }: Visit, fields: Fields): Promise<void> => {
  const wanted = {
    name: fieldOf(fields, 'name'),
    timeZone: fieldOf(fields, 'timeZone'),
    holdFirstPosts: fieldOf(fields, 'hold') !== '',
  };
  const input = validate(changeCourseSchema(), wanted);
  await changeCourse(deps, person, courseId, revisionIn(fields), input).catch(ownWords);
};

const isSettings = (fields: Fields): boolean => fieldOf(fields, 'save') === 'settings';

const Saved = ({ visit, saved }: { visit: Visit; saved: string }) => (
  <ResultBox tone="good" label="Saved">
    <p>
      <b>{saved === 'settings' ? 'The settings are saved.' : 'The dates are saved.'}</b>{' '}
      <Go visit={visit} to={at(visit)}>
        See the course
      </Go>
    </p>
  </ResultBox>
);

const show = async (
  deps: Deps,
  visit: Visit,
  fields: Fields,
  { refused, saved }: { refused: Problem | undefined; saved: string | undefined },
): Promise<Reply> => {
  const read = await readDates(deps, visit);
  const { course } = read;
  const times = timesIn(course.timeZone);
  const faults = ((refused?.members.errors ?? []) as Fault[]).map((one) => ({
    ...one,
    pointer: one.pointer.replace(/^\//, ''),
  }));
  const back = refused && !isSettings(fields) ? { fields, was: wasOrNone(fields), faults } : null;
  return screen(
    visit,
    {
      title: 'Dates and settings',
      course: course.name,
      here: 'people',
      trail: [{ to: at(visit, 'people'), title: 'People' }],
      status: refused ? problems[refused.problem][0] : 200,
      more: peopleStyle,
    },
    <>
      <h1>Dates and settings</h1>
      {refused && <Refusal problem={refused} times={times} />}
      {saved && <Saved visit={visit} saved={saved} />}
      <h2>Dates</h2>
      <p class="quiet">
        By the clock of {course.timeZone.replaceAll('_', ' ')}. Work before it opens and after it closes is not taken;
        after it is due it counts as late. A field left empty sets no limit. Single students get more time on their own
        page.
      </p>
      <DatesForm visit={visit} read={read} times={times} back={back} />
      <h2>Settings</h2>
      <SettingsForm visit={visit} course={course} typed={refused && isSettings(fields) ? fields : null} />
    </>,
  );
};

const wasOrNone = (fields: Fields): Was => {
  try {
    return wasIn(fields);
  } catch {
    return {};
  }
};

const save = async (deps: Deps, visit: Visit, fields: Fields): Promise<string> => {
  permit(visit.person, 'course:change');
  await (isSettings(fields) ? saveSettings : saveDates)(deps, visit, fields);
  return isSettings(fields) ? 'settings' : 'dates';
};

/** For instructors: when everything opens, is due and closes; the course's name, time zone and first posts. */
export const datesPage = (deps: Deps, visit: Visit, { fields, query }: Asked): Promise<Reply> =>
  change(visit, fields, {
    act: () => save(deps, visit, fields),
    show: ({ refused, done = query.saved }) =>
      show(deps, visit, fields, { refused, saved: refused ? undefined : done }),
    to: withQuery(at(visit, 'dates'), { saved: isSettings(fields) ? 'settings' : 'dates' }),
  });
