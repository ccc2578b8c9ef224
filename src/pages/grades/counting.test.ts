import { expect, it } from 'vitest';
import { counting } from './counting.ts';

type Events = Parameters<typeof counting>[2];
const grade = (auto: number | null, override: number | null = null, rubric: number | null = null) => ({
  auto,
  override,
  rubric,
  eventId: 'newest',
});
const verdicts: Events = [
  { id: 'one', type: 'verdict', points: 100 },
  { id: 'two', type: 'verdict', points: 400 },
  { id: 'three', type: 'verdict', points: 400 },
];
const override: Events[number] = { id: 'set', type: 'override', points: 200 };

it.each<[string, Parameters<typeof counting>, string[]]>([
  ['nothing, where there is no grade', [undefined, 'best', []], []],
  ['the first of the best attempts', [grade(400), 'best', verdicts], ['two']],
  ['the last attempt', [grade(400), 'last', verdicts], ['three']],
  ['the first attempt', [grade(100), 'first', verdicts], ['one']],
  ['the override while there is one', [grade(400, 200), 'best', [...verdicts, override]], ['newest']],
  [
    'the attempt again once the override is lifted',
    [grade(400), 'best', [...verdicts, override, { id: 'lift', type: 'lift', points: null }]],
    ['two'],
  ],
  ['the regrade', [grade(300), 'best', [verdicts[0]!, { id: 'anew', type: 'regrade', points: 300 }]], ['anew']],
  [
    'an attempt that was better than the regrade before it',
    [grade(400), 'best', [verdicts[0]!, { id: 'anew', type: 'regrade', points: 300 }, verdicts[1]!]],
    ['two'],
  ],
  [
    'the last count of participation',
    [
      grade(300),
      'best',
      [
        { id: 'a', type: 'participation', points: 300 },
        { id: 'b', type: 'participation', points: 300 },
      ],
    ],
    ['b'],
  ],
  [
    'what was earned and the last marks by hand',
    [
      grade(100, null, 50),
      'best',
      [verdicts[0]!, { id: 'm', type: 'rubric', points: 20 }, { id: 'n', type: 'rubric', points: 50 }],
    ],
    ['one', 'n'],
  ],
  [
    'only the marks, where nothing was earned',
    [grade(null, null, 50), 'best', [{ id: 'n', type: 'rubric', points: 50 }]],
    ['n'],
  ],
])('a grade stands on %s', (_title, args, expected) => {
  expect(counting(...args)).toEqual(expected);
});
