import { describe, expect, it } from 'vitest';
import { appealWords, nothingToContest, reachedWords, sourceWords } from './grade-words.ts';
import { noteOf, thereOf } from './grades-words.ts';

const times = (time: string | number | null) => String(time ?? '');

describe('where a grade comes from', () => {
  const grade = {
    kind: 'scenario',
    source: 'auto' as const,
    max: 4,
    earned: 3,
    begun: true,
    void: false,
    attempt: 2,
    regraded: false,
  };
  it.each<[Partial<Parameters<typeof sourceWords>[0]>, string]>([
    [{}, 'It is what attempt 2 earned.'],
    [{ regraded: true }, 'It is what attempt 2 earned, graded anew after the rules were changed.'],
    [{ attempt: null }, 'It is what the answers earned.'],
    [{ source: 'override' }, 'An instructor set it by hand. Without that it would be 3 of 4 points.'],
    [{ source: 'override', earned: null }, 'An instructor set it by hand. Nothing was earned by itself so far.'],
    [{ void: true, source: null }, 'This scenario counts for nobody: it moves no total, up or down.'],
    [{ void: true }, 'It is what attempt 2 earned.'],
    [{ source: 'rubric' }, 'It is what was marked by hand; nothing is counted by itself yet.'],
    [{ source: null, begun: false }, 'There is no answer yet.'],
    [{ source: null }, 'The answer has no points yet.'],
    [{ source: null, kind: 'prompt', begun: false }, 'There is no post yet.'],
    [{ source: null, kind: 'prompt' }, 'What was posted is not counted yet.'],
    [{ kind: 'prompt' }, 'It is counted from what was posted, as below; nobody judges it.'],
  ])('is told (%j)', (change, says) => {
    expect(sourceWords({ ...grade, ...change })).toBe(says);
  });
});

it.each<[Parameters<typeof reachedWords>[0], RegExp]>([
  [{ points: 4, sends: true, goes: true, lms: { state: 'sent', at: 'today' } }, /^Sent to your course today\./],
  [{ points: 4, sends: false, goes: false, lms: null }, /sends no grades/],
  [{ points: 4, sends: true, goes: false, lms: null }, /no column/],
  [{ points: null, sends: true, goes: true, lms: null }, /nothing to send/],
  [{ points: 4, sends: true, goes: true, lms: null }, /not sent .* yet\. .*need not do anything/],
])('whether the LMS has it is told (%j)', (to, says) => {
  expect(reachedWords(to, times)).toMatch(says);
});

it.each<[Parameters<typeof appealWords>[0], string | null, RegExp]>([
  [{ state: 'open', regradeId: null }, null, /waits for an instructor/],
  [{ state: 'denied', regradeId: null }, null, /stays as it is.*again/],
  [{ state: 'upheld', regradeId: null }, 'today', /^The grade was changed today\.$/],
  [{ state: 'upheld', regradeId: 'r' }, 'today', /^The grade was changed today\.$/],
  [{ state: 'upheld', regradeId: 'r' }, null, /rules are being changed/],
  [{ state: 'upheld', regradeId: null }, null, /ask the instructor/],
])('what an appeal’s state means is told (%j, changed %s)', (appeal, changedAt, says) => {
  expect(appealWords(appeal, changedAt, times)).toMatch(says);
});

describe('what can be contested', () => {
  const scenario = { kind: 'scenario', answers: 2, citing: 1, allOpen: false, full: false, void: false };
  it.each<[Partial<typeof scenario>, RegExp | null]>([
    [{}, null],
    [{ kind: 'prompt' }, /counted, not judged/],
    [{ answers: 0, citing: 0 }, /no verdict to contest yet/],
    [{ void: true }, /counts for nobody/],
    [{ full: true }, /all the points/],
    [{ citing: 0 }, /cite none/],
    [{ allOpen: true }, /contested already/],
  ])('is told (%j)', (change, says) => {
    const words = nothingToContest({ ...scenario, ...change });
    if (says) expect(words).toMatch(says);
    else expect(words).toBeNull();
  });
});

const held = { kind: 'scenario', points: 1, source: 'auto' as const, begun: true, void: false };
it.each<[Partial<Parameters<typeof noteOf>[0]>, string | null]>([
  [{}, null],
  [{ source: 'override' }, 'set by your instructor'],
  [{ void: true, points: null, source: null }, 'counts for nobody'],
  [{ void: true }, null],
  [{ source: 'rubric' }, 'marked by hand; nothing counted yet'],
  [{ points: null, source: null, begun: false }, 'not answered yet'],
  [{ points: null, source: null }, 'no points yet'],
  [{ points: null, source: null, begun: false, kind: 'prompt' }, 'nothing posted yet'],
])('in a list a grade is noted (%j)', (change, says) => {
  expect(noteOf({ ...held, ...change })).toBe(says);
});

it.each<[Parameters<typeof thereOf>[0], string]>([
  [{ points: 4, goes: true, lms: { state: 'sent', at: 'today' } }, 'yes'],
  [{ points: 4, goes: true, lms: { state: 'retrying', at: 'today' } }, 'sent again soon'],
  [{ points: 4, goes: false, lms: null }, 'stays here'],
  [{ points: null, goes: true, lms: null }, 'no grade yet'],
  [{ points: 4, goes: true, lms: null }, 'not sent yet'],
])('in a list it is told whether the LMS has it (%j)', (of, says) => {
  expect(thereOf(of)).toBe(says);
});
