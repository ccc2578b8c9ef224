import { expect, it } from 'vitest';
import { placeLabels } from './place-labels.ts';

const at = (x: number, y: number) => ({ x, y, label: 'S11' });

it.each([
  ['to the right where nothing is', [at(100, 100)], [], ['start']],
  ['to the left at the border', [at(300, 100)], [], ['end']],
  ['to the left of a neighbour', [at(100, 100)], [{ x: 120, y: 100 }], ['end']],
  [
    'above between two',
    [at(100, 100)],
    [
      { x: 120, y: 100 },
      { x: 80, y: 100 },
    ],
    ['middle'],
  ],
  ['apart where two are close', [at(100, 100), at(100, 108)], [], ['start', 'end']],
] as const)('a label stands %s', (_title, labelled, others, anchors) => {
  const placed = placeLabels(labelled, [...labelled, ...others], 320);
  expect(placed.map(({ anchor }) => anchor)).toEqual(anchors);
});
