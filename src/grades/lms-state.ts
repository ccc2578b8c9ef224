import { type DeliveryRow, type LmsState, lmsStates, type PlaceRow } from './lms-store.ts';
import type { ActivityKind } from './store.ts';

/** How far a grade has got on its way to the LMS, and since when (ms). */
export type InLms = { state: LmsState; at: number };

/**
 * For a person's grades, by `kind:activity`, how far each has got on its way to the LMS: of several places the one that
 * needs most attention, and of those in the same state the last. A unit stands as its own columns do, whatever is within
 * it. Grades that go to no place are not there.
 */
export const lmsStatesOf = (places: readonly PlaceRow[], deliveries: readonly DeliveryRow[]): Map<string, InLms> => {
  const covers = new Map(
    places.map(({ id, kind, activity, covers }) => [
      id,
      [...(kind === 'unit' ? [`unit:${activity}`] : []), ...(JSON.parse(covers) as string[])],
    ]),
  );
  const states = new Map<string, InLms>();
  // The first that one of its places has is what people are told.
  const rank = ({ state }: InLms) => lmsStates.indexOf(state);
  for (const { targetId, state, at } of deliveries)
    for (const activity of covers.get(targetId) ?? []) {
      const known = states.get(activity);
      const isMore = !known || rank({ state, at }) < rank(known) || (state === known.state && at > known.at);
      if (isMore) states.set(activity, { state, at });
    }
  return states;
};

const none: ReadonlyMap<string, InLms> = new Map();

/** A grade's member `lms` for JSON. */
export const lmsBody = (
  kind: ActivityKind,
  activity: string,
  states: ReadonlyMap<string, InLms> = none,
): { state: LmsState; at: string } | null => {
  const found = states.get(`${kind}:${activity}`);
  return found ? { state: found.state, at: new Date(found.at).toISOString() } : null;
};
