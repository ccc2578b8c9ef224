import { permit } from '../../auth/actor.ts';
import { extensionSchema, setDates } from '../../courses/dates.ts';
import { timeOf } from '../../courses/schedule.ts';
import type { Deps } from '../../deps.ts';
import { invalid } from '../../problem.ts';
import { validate } from '../../validate.ts';
import { momentSchema, momentTyped, noMomentWords, zoneIn } from '../dates/typed-dates.ts';
import { type Fields, fieldOf, type Visit } from '../visit.ts';
import { wallClockIn } from '../wall-clock.ts';

const wasIn = (fields: Fields, name: string): number | null =>
  validate(momentSchema(), fieldOf(fields, name) === '' ? null : Number(fieldOf(fields, name)));

/** More time for a unit, or none any more, as the form or a button has it. */
export const extend = async (
  deps: Deps,
  { person, courseId }: Visit,
  personId: string,
  fields: Fields,
): Promise<void> => {
  permit(person, 'people:change');
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
