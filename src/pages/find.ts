/** Whether a text holds every word of what was searched for, in any order and case. An empty search finds everything. */
export const matches = (text: string, search: string): boolean => {
  const held = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => held.includes(word));
};
