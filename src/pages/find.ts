/** Nobody searches for more; the rest of a longer text is left out. */
const MAX_SEARCH = 200;

/**
 * Whether a claim holds every word of what was searched for, in any order and case: in its text or its author's name, not in
 * the title of the reading (`reading` begins with the author, then a comma). An empty search finds everything.
 */
export const matchesClaim = (reading: string, claim: string, search: string): boolean => {
  const held = `${reading.split(',')[0]} ${claim}`.toLowerCase();
  return search
    .slice(0, MAX_SEARCH)
    .toLowerCase()
    .split(/\s+/)
    .every((word) => held.includes(word));
};
