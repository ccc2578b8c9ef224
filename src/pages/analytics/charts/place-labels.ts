type Anchor = 'start' | 'middle' | 'end';
type Spot = { x: number; y: number };
type Box = { left: number; right: number; top: number; bottom: number };

/** Bold letters are so wide, and labels so high. */
const [LETTER, HEIGHT, MARK] = [8.5, 13, 7];

const boxOf = ({ x, y }: Spot, anchor: Anchor, label: string): Box => {
  const width = label.length * LETTER;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - HEIGHT + 2, bottom: y + 3 };
};

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const places = ({ x, y }: Spot): [Anchor, Spot][] => [
  ['start', { x: x + 9, y: y + 4.5 }],
  ['end', { x: x - 9, y: y + 4.5 }],
  ['middle', { x, y: y - 10 }],
  ['middle', { x, y: y + 20 }],
];

/** Places labels beside their marks, each where it covers the fewest marks and other labels, and stays within `width`. */
export const placeLabels = <Labelled extends Spot & { label: string }>(
  labelled: readonly Labelled[],
  marks: readonly Spot[],
  width: number,
): (Spot & { label: string; anchor: Anchor })[] => {
  const taken: Box[] = marks.map(({ x, y }) => ({ left: x - MARK, right: x + MARK, top: y - MARK, bottom: y + MARK }));
  return labelled.map(({ label, ...mark }) => {
    const [best] = places(mark)
      .map(([anchor, spot]) => {
        const box = boxOf(spot, anchor, label);
        const beyond = box.left < 0 || box.right > width ? 100 : 0;
        return { anchor, spot, box, cost: beyond + taken.filter((other) => meet(box, other)).length };
      })
      .sort((a, b) => a.cost - b.cost);
    const { anchor, spot, box } = best!;
    taken.push(box);
    return { ...spot, label, anchor };
  });
};
