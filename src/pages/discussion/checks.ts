/** What a text must have to count. */
export type Floor = { words: number; claims: number };

export type Check = { done: boolean; says: string };

const toGo = (has: number, needs: number): string => (has >= needs ? `${has}` : `${has} so far, ${needs - has} to go`);

/** What a text must have, and how far it is, line by line; the page and its script say the same. Pure. */
export const checksOf = (floor: Floor, has: Floor): Check[] => [
  {
    done: has.words >= floor.words,
    says: `At least ${floor.words} ${floor.words === 1 ? 'word' : 'words'}: ${toGo(has.words, floor.words)}`,
  },
  ...(floor.claims === 0
    ? []
    : [
        {
          done: has.claims >= floor.claims,
          says: `At least ${floor.claims} ${floor.claims === 1 ? 'claim' : 'claims'} ticked: ${toGo(has.claims, floor.claims)}`,
        },
      ]),
];

export const markOf = ({ done }: Check): string => (done ? '✓' : '○');
