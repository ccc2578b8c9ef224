import * as z from 'zod';
import { changeCourseSchema } from '../../courses/courses.ts';
import { type Dated, windowSchema } from '../../courses/dates.ts';
import { timeOf, type Window } from '../../courses/schedule.ts';
import { lazily } from '../../lazily.ts';
import { plainWords } from '../../plain-words.ts';
import { validate } from '../../validate.ts';
import { type Fields, fieldOf } from '../visit.ts';
import type { WallClock } from '../wall-clock.ts';

export const which = ['opensAt', 'dueAt', 'closesAt'] as const;
export type Which = (typeof which)[number];
export type Fault = { pointer: string; detail: string };

/**
 * The moment that somebody typed: what stood there where they left it; `undefined` for none. An hour that comes twice is
 * taken in favour of who works: it opens with the first, and is due and closes with the second.
 */
export const momentTyped = (
  { wallOf, momentsOf }: WallClock,
  name: Which,
  typed: string,
  was: number | null,
): number | null | undefined => {
  if (typed === wallOf(was)) return was;
  if (typed === '') return null;
  const moments = momentsOf(typed);
  return name === 'opensAt' ? moments[0] : moments.at(-1);
};

/** The last moment that a Date can hold (ECMAScript, 21.4.1.1), either way. */
const LAST_MS = 8.64e15;

/** A moment that a form was made with, or none. */
export const momentSchema = lazily(() => z.int().min(-LAST_MS).max(LAST_MS).nullable());

/** The time zone in which a form was made. Throws `invalid-input`. */
export const zoneIn = (fields: Fields): string =>
  validate(changeCourseSchema(), { timeZone: fieldOf(fields, 'timeZone') }).timeZone!;

/** What to do about a time that is none. */
export const noMomentWords = (typed: string, timeZone: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(typed)
    ? `clocks go forward over ${typed.replace('T', ' ')} in ${timeZone.replaceAll('_', ' ')}, so there is no such time. Choose another.`
    : `${typed} is no time. Write it like 2030-01-31T23:59.`;

/** An activity's name in the form, and back. */
export const keyOf = ({ kind, activity }: Pick<Dated, 'kind' | 'activity'>): string => `${kind}:${activity}`;
export const datedOf = (key: string): Dated | null => {
  const [, kind, activity] = /^(unit|prompt|criterion):(.+)$/s.exec(key) ?? [];
  return kind && activity ? { kind: kind as Dated['kind'], activity, personId: '' } : null;
};
export const fieldName = (name: Which, key: string): string => `${name}:${key}`;

/** The dates that the form was made with, by activity. What is left out had none. */
export type Was = Readonly<Record<string, Window>>;
export const never: Window = { opensAt: null, dueAt: null, closesAt: null };

export type Changed = { dated: Dated; window: Window | null };

/** What a form of dates changes, against what it was made with, and everything that cannot be. `labelOf` names an activity. */
export const changesTyped = (
  fields: Fields,
  was: Was,
  { clock, timeZone, labelOf }: { clock: WallClock; timeZone: string; labelOf: (dated: Dated) => string },
): { changes: Changed[]; faults: Fault[] } => {
  const keys = new Set(
    Object.keys(fields).flatMap((name) => /^(?:opensAt|dueAt|closesAt):(.+)$/s.exec(name)?.[1] ?? []),
  );
  const read = [...keys].map((key) => {
    const dated = datedOf(key);
    const before = was[key] ?? never;
    if (!dated) return { changes: [], faults: [] };
    const faults: Fault[] = [];
    const window = { ...before };
    for (const name of which) {
      if (fields[fieldName(name, key)] === undefined) continue;
      const typed = fieldOf(fields, fieldName(name, key)).trim();
      const moment = momentTyped(clock, name, typed, before[name]);
      if (moment === undefined)
        faults.push({ pointer: fieldName(name, key), detail: `${labelOf(dated)}: ${noMomentWords(typed, timeZone)}` });
      else window[name] = moment;
    }
    const changed = which.some((name) => window[name] !== before[name]);
    if (faults.length > 0 || !changed) return { changes: [], faults };
    const none = which.every((name) => window[name] === null);
    const asText = Object.fromEntries(which.map((name) => [name, timeOf(window[name])]));
    const { error } = windowSchema().safeParse(asText, { error: plainWords });
    return error
      ? {
          changes: [],
          faults: error.issues.map(({ message }) => ({
            pointer: fieldName(message.startsWith('it closes') ? 'closesAt' : 'dueAt', key),
            detail: `${labelOf(dated)}: ${message}.`,
          })),
        }
      : { changes: [{ dated, window: none ? null : window }], faults: [] };
  });
  return { changes: read.flatMap((one) => one.changes), faults: read.flatMap((one) => one.faults) };
};
