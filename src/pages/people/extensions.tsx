import { may } from '../../auth/actor.ts';
import { extensionSchema, setDates } from '../../courses/dates.ts';
import { timeOf, type WindowRow } from '../../courses/schedule.ts';
import type { Deps } from '../../deps.ts';
import { invalid, Problem } from '../../problem.ts';
import { validate } from '../../validate.ts';
import { momentSchema, momentTyped, noMomentWords, zoneIn } from '../dates/typed-dates.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { wallClockIn } from '../wall-clock.ts';
import type { Times } from '../words.ts';

const wasIn = (fields: Fields, name: string): number | null =>
  validate(momentSchema(), fieldOf(fields, name) === '' ? null : Number(fieldOf(fields, name)));

/** More time for a unit, or none any more, as the form or a button has it. */
export const extend = async (
  deps: Deps,
  { person, courseId }: Visit,
  personId: string,
  fields: Fields,
): Promise<void> => {
  if (!may(person, 'people:change')) throw new Problem('not-permitted', { action: 'people:change' });
  const taken = fieldOf(fields, 'take');
  const unit = taken || fieldOf(fields, 'unit');
  if (!deps.catalogue.units.some(({ id }) => id === unit)) throw invalid('/unit', 'Choose a unit.');
  const dated = { kind: 'unit', activity: unit, personId } as const;
  if (taken) return setDates(deps, person, courseId, dated, null);
  const timeZone = zoneIn(fields);
  const clock = wallClockIn(timeZone);
  const [dueAt, closesAt] = (['dueAt', 'closesAt'] as const).map((name) => {
    const [typed, was] = [fieldOf(fields, name).trim(), wasIn(fields, `${name}Was`)];
    const moment = momentTyped(clock, name, typed, was);
    if (moment === undefined) throw invalid(`/${name}`, noMomentWords(typed, timeZone));
    return timeOf(moment);
  });
  if (!dueAt && !closesAt) throw invalid('/dueAt', 'Say when it is due for them, or when it closes.');
  if (dueAt && closesAt && closesAt < dueAt) throw invalid('/closesAt', 'It closes before it is due.');
  const reason = fieldOf(fields, 'reason').trim();
  const input = validate(extensionSchema(), { dueAt, closesAt, ...(reason ? { reason } : {}) });
  await setDates(
    deps,
    person,
    courseId,
    dated,
    { opensAt: null, dueAt: input.dueAt, closesAt: input.closesAt },
    input.reason,
  );
};

type About = {
  visit: Visit;
  personId: string;
  timeZone: string;
  times: Times;
  units: readonly { id: string; title: string }[];
  /** The class's dates, and the person's. */
  windows: readonly WindowRow[];
  /** What was typed and not taken. */
  typed: Fields;
};

const DateField = ({
  says,
  name,
  typed,
  was,
}: {
  says: string;
  name: string;
  typed: string | undefined;
  was: string;
}) => (
  <label>
    {says}
    <input type="datetime-local" name={name} value={typed ?? was} step={was.length > 16 ? '1' : undefined} />
  </label>
);

/** The form of one extension: the dates of one that is given, or the choice of a unit for a new one. */
const ExtensionForm = ({
  visit,
  personId,
  timeZone,
  times,
  units,
  windows,
  typed,
  given,
}: About & { given?: WindowRow }) => {
  const { wallOf } = wallClockIn(timeZone);
  const back = fieldOf(typed, 'given') === (given?.activity ?? '') && typed.unit !== undefined ? typed : undefined;
  const typedOf = (name: string) => back && fieldOf(back, name);
  const classDue = (unit: string) =>
    windows.find((row) => row.personId === '' && row.kind === 'unit' && row.activity === unit);
  return (
    <Change visit={visit} to={`${at(visit, 'people', personId)}#result`}>
      <input type="hidden" name="timeZone" value={timeZone} />
      <input type="hidden" name="given" value={given?.activity ?? ''} />
      <input type="hidden" name="dueAtWas" value={given?.dueAt ?? ''} />
      <input type="hidden" name="closesAtWas" value={given?.closesAt ?? ''} />
      {given ? (
        <input type="hidden" name="unit" value={given.activity} />
      ) : (
        <label>
          Unit
          <select name="unit">
            <option value="">Choose a unit</option>
            {units.map(({ id, title }) => {
              const due = classDue(id)?.dueAt ?? null;
              return (
                <option value={id} selected={typedOf('unit') === id}>
                  {id}. {title} ({due === null ? 'no due date for the class' : `due ${times(timeOf(due))}`})
                </option>
              );
            })}
          </select>
        </label>
      )}
      <div class="fields">
        <DateField says="Due for them" name="dueAt" typed={typedOf('dueAt')} was={wallOf(given?.dueAt ?? null)} />
        <DateField
          says="Closes for them"
          name="closesAt"
          typed={typedOf('closesAt')}
          was={wallOf(given?.closesAt ?? null)}
        />
        <label>
          Reason, for the record (optional)
          <input name="reason" maxlength={2000} dir="auto" value={typedOf('reason') ?? ''} />
        </label>
      </div>
      <p class="actions">
        <button type="submit" class="button">
          {given ? 'Change it' : 'Give more time'}
        </button>
        {given && (
          <button type="submit" class="button danger" name="take" value={given.activity}>
            Take it away
          </button>
        )}
      </p>
    </Change>
  );
};

/** What is said of somebody's longer dates. */
const extensionWords = ({ dueAt, closesAt }: WindowRow, times: Times): string =>
  [
    ...(dueAt === null ? [] : [`due ${times(timeOf(dueAt))}`]),
    ...(closesAt === null ? [] : [`closes ${times(timeOf(closesAt))}`]),
  ].join(', ');

/** More time for single units: what somebody has, and for instructors to give, change and take away. */
export const Extensions = (about: About) => {
  const { visit, windows, units, times, timeZone } = about;
  const given = windows.filter(({ personId, kind }) => personId !== '' && kind === 'unit');
  const gives = may(visit.person, 'people:change');
  const rest = units.filter(({ id }) => !given.some(({ activity }) => activity === id));
  return (
    <section aria-labelledby="extensions">
      <h2 id="extensions">More time</h2>
      <p class="quiet">
        For a unit with its scenarios and discussions. It gives time where the class has a date, and never shortens one.
        What was handed in already keeps the lateness it had: set such a grade by hand. Times are those of{' '}
        {timeZone.replaceAll('_', ' ')}.
      </p>
      {given.length === 0 && <p>None given.</p>}
      <ul class="list">
        {given.map((one) => {
          const unit = units.find(({ id }) => id === one.activity);
          return (
            <li>
              <h3>{unit ? `${unit.id}. ${unit.title}` : `Unit ${one.activity}`}</h3>
              <p>{extensionWords(one, times)}</p>
              {gives && (
                <details open={fieldOf(about.typed, 'given') === one.activity}>
                  <summary>Change or take away</summary>
                  <ExtensionForm {...about} given={one} />
                </details>
              )}
            </li>
          );
        })}
      </ul>
      {gives && rest.length > 0 && (
        <details open={about.typed.unit !== undefined && fieldOf(about.typed, 'given') === ''}>
          <summary>Give more time for {given.length === 0 ? 'a' : 'another'} unit</summary>
          <ExtensionForm {...about} units={rest} />
        </details>
      )}
    </section>
  );
};
