import { timeOf } from '../../courses/schedule.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { type WallClock, wallClockIn } from '../wall-clock.ts';
import { datesWords, type Times } from '../words.ts';
import type { Activity, DatesRead } from './read-dates.ts';
import { type Fault, fieldName, never, type Was, type Which, which } from './typed-dates.ts';

const labels: Record<Which, string> = { opensAt: 'Opens', dueAt: 'Due', closesAt: 'Closes' };

/** What came back: what was typed, against which dates, what is wrong with it. */
export type Back = { fields: Fields; was: Was; faults: readonly Fault[] };

type About = { clock: WallClock; times: Times; back: Back | null };

/**
 * One date. Where the form came back, a date that was typed stands as typed, another as it is stored now; and beside it
 * what somebody else made of it meanwhile.
 */
const DateField = ({
  name,
  activity,
  clock,
  times,
  back,
  says,
}: About & { name: Which; activity: Activity; says?: string }) => {
  const field = fieldName(name, activity.key);
  const stored = activity.window[name];
  const was = (back?.was[activity.key] ?? never)[name];
  const typed = back && back.fields[field] !== undefined ? fieldOf(back.fields, field) : null;
  const value = typed === null || typed === clock.wallOf(was) ? clock.wallOf(stored) : typed;
  const fault = back?.faults.find(({ pointer }) => pointer === field);
  const theirs = back !== null && stored !== was;
  return (
    <label>
      {says ?? labels[name]}
      <input
        type="datetime-local"
        name={field}
        value={value}
        step={clock.wallOf(stored).length > 16 ? '1' : undefined}
        aria-invalid={fault ? 'true' : undefined}
      />
      {fault && <span class="quiet">{fault.detail}</span>}
      {theirs && (
        <span class="quiet">Changed meanwhile by somebody else: {stored === null ? 'taken away' : times(stored)}</span>
      )}
    </label>
  );
};

const ActivityDates = ({ activity, ...about }: About & { activity: Activity }) => (
  <fieldset>
    <legend dir="auto">{activity.title}</legend>
    <div class="fields">
      {which.map((name) => (
        <DateField {...about} activity={activity} name={name} />
      ))}
    </div>
  </fieldset>
);

/** Parts of a discussion may be due at other times than the whole. */
const PartDates = ({ title, criteria, ...about }: About & { title: string; criteria: readonly Activity[] }) => (
  <details open={criteria.some(hasDates)}>
    <summary class="quiet" dir="auto">
      Other due dates for parts of “{title}”
    </summary>
    <div class="fields">
      {criteria.map((one) => (
        <DateField {...about} activity={one} name="dueAt" says={`${one.title}: due`} />
      ))}
    </div>
  </details>
);

type Unit = DatesRead['units'][number];

const asText = ({ window }: Activity) => ({
  opensAt: timeOf(window.opensAt),
  dueAt: timeOf(window.dueAt),
  closesAt: timeOf(window.closesAt),
});

const hasDates = ({ window }: Activity) => which.some((name) => window[name] !== null);

/** How many of a unit's activities have dates of their own, and when the unit's are. */
const unitWords = ({ scenarios, prompts }: Unit, now: number, times: Times): string => {
  const own = prompts.filter((one) => hasDates(one) || one.criteria.some(hasDates)).length;
  const dates = datesWords(asText(scenarios), now, times);
  return [
    ...(dates.length > 0 ? dates : ['no dates']),
    ...(prompts.length > 0 ? [`${own} of ${prompts.length} discussions with dates`] : []),
  ].join(' · ');
};

const touched = ({ scenarios, prompts }: Unit, back: Back | null, { wallOf }: WallClock): boolean =>
  back !== null &&
  [scenarios, ...prompts.flatMap((one) => [one, ...one.criteria])].some(({ key, window }) =>
    which.some((name) => {
      const [typed, was] = [back.fields[fieldName(name, key)], (back.was[key] ?? never)[name]];
      return (typed !== undefined && typed !== wallOf(was)) || window[name] !== was;
    }),
  );

/** The dates of the whole course in one form, a unit in a fold of its own, so that saving one loses nothing typed elsewhere. */
export const DatesForm = ({
  visit,
  read,
  times,
  back,
}: {
  visit: Visit;
  read: DatesRead;
  times: Times;
  back: Back | null;
}) => {
  const { course, units, stored } = read;
  const clock = wallClockIn(course.timeZone);
  const about = { clock, times, back };
  return (
    <Change visit={visit} to={at(visit, 'dates')} id="dates">
      <input type="hidden" name="revision" value={course.revision} />
      <input type="hidden" name="timeZone" value={course.timeZone} />
      <input type="hidden" name="was" value={JSON.stringify(stored)} />
      {units.map((unit) => (
        <details open={touched(unit, back, clock)} class="dates">
          <summary>
            <b>{unit.title}</b> <span class="quiet">{unitWords(unit, visit.now, times)}</span>
          </summary>
          <ActivityDates {...about} activity={unit.scenarios} />
          {unit.prompts.map((prompt) => (
            <>
              <ActivityDates {...about} activity={prompt} />
              {prompt.criteria.length > 1 && <PartDates {...about} title={prompt.title} criteria={prompt.criteria} />}
            </>
          ))}
          <p class="actions">
            <button type="submit" class="button main" name="save" value="dates">
              Save all dates
            </button>
          </p>
        </details>
      ))}
    </Change>
  );
};
