import { demand } from './refuse.ts';

/** One of a list by its id. Refuses with 404. */
export const pick = <T extends { id: string }>(list: readonly T[], id: string | undefined, what: string): T => {
  const found = list.find((one) => one.id === id);
  demand(found, 404, `no ${what} ${id}`);
  return found;
};
