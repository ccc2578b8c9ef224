import type { CourseRow } from '../../courses/store.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';

/** The zones that the runtime knows, and the course's own name for its. */
const zonesWith = (current: string): string[] =>
  [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])].sort((a, b) => (a < b ? -1 : 1));

const Theirs = ({ differs, says }: { differs: boolean; says: string }) =>
  differs ? (
    <span class="quiet" dir="auto">
      Now: {says}
    </span>
  ) : null;

/** The course's name, time zone, and whether first posts wait. `typed`: what came back, beside what is stored now. */
export const SettingsForm = ({ visit, course, typed }: { visit: Visit; course: CourseRow; typed: Fields | null }) => {
  const name = typed ? fieldOf(typed, 'name') : course.name;
  const timeZone = typed ? fieldOf(typed, 'timeZone') : course.timeZone;
  const holds = typed ? fieldOf(typed, 'hold') !== '' : course.holdFirstPosts === 1;
  return (
    <Change visit={visit} to={at(visit, 'dates')}>
      <input type="hidden" name="revision" value={course.revision} />
      <div class="fields">
        <label>
          Name
          <input name="name" required maxlength={200} value={name} dir="auto" />
          <Theirs differs={name !== course.name} says={course.name} />
        </label>
        <label>
          Time zone
          <select name="timeZone">
            {zonesWith(timeZone).map((zone) => (
              <option value={zone} selected={zone === timeZone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
          <Theirs differs={timeZone !== course.timeZone} says={course.timeZone.replaceAll('_', ' ')} />
        </label>
      </div>
      <label>
        <input type="checkbox" name="hold" value="1" checked={holds} />
        Hold everybody's first post until the staff let it through
        <Theirs
          differs={holds !== (course.holdFirstPosts === 1)}
          says={course.holdFirstPosts === 1 ? ' held' : ' not held'}
        />
      </label>
      <p class="quiet">Another time zone moves no date: each stays the same moment, and is shown by the new clock.</p>
      <p class="actions">
        <button type="submit" class="button" name="save" value="settings">
          Save the settings
        </button>
      </p>
    </Change>
  );
};
