import { describe, expect, it } from 'vitest';
import { countWords } from './count-words.ts';
import { proportion } from './criteria/criterion.ts';
import { countsOf, floorOf, gradeParticipation } from './participation.ts';
import type { PromptRule } from './rule-set.ts';

describe('how many words a post has', () => {
  it.each([
    ['', 0],
    [' \n\t ', 0],
    ['one two  three\nfour', 4],
    ['A full stop. And, a comma; a colon: done!', 9],
    ['— … --- *** ###', 0],
    ["I don't think it's theirs", 5],
    ['I don’t think it’s theirs', 5],
    ['a well-known quarrel', 3],
    ['one—two', 2],
    ['über façade naïve Ærø', 4],
    ['cafe\u0301 re\u0301sume\u0301', 2],
    ['менеджер сообщества', 2],
    ['मैं सहमत हूँ', 3],
    ['من لا أوافق', 3],
    ['in 2011 and 2013', 4],
    ['3.5 of 1,000', 3],
    ['as Barclay says [000.22]', 4],
    ['**bold** _emphasis_ `code`', 3],
    ['# A heading\n\n- an item\n- another\n\n> a quotation', 7],
    ['😀 👍🏽 🎉', 0],
    ['1. first\n2. second', 4],
    ['bare 002a.10 at 12:30', 4],
    ['我认为这是两份工作', 9],
    ['see https://example.org/a/b?c=d now', 3],
    ['[this](https://example.org/a-b)', 2],
    ['می\u200cخواهم', 1],
  ])('%j has %d', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

const rule: PromptRule = {
  criteria: [
    { kind: 'committed-post', id: 'post', title: 'Your own post', points: 2, words: 60, claims: 1 },
    { kind: 'replies-to-peers', id: 'replies', title: 'Replies to three people', points: 1, count: 3, words: 20 },
    { kind: 'reply-across-roles', id: 'other', title: 'A reply to the other side', points: 0.5, count: 1, words: 25 },
  ],
};

describe('what is counted for a prompt', () => {
  it('is one fact for each criterion, in the order of the rule, with its target, its words and its points', () => {
    expect(countsOf(rule)).toEqual([
      { id: 'post', fact: 'committedPosts', target: 1, words: 60, points: 200 },
      { id: 'replies', fact: 'peersAnswered', target: 3, words: 20, points: 100 },
      { id: 'other', fact: 'peersOfOtherRolesAnswered', target: 1, words: 25, points: 50 },
    ]);
  });
});

describe('the floor of a post of one’s own', () => {
  const post = (words: number, claims: number) =>
    ({ ...rule.criteria[0]!, words, claims }) as (typeof rule.criteria)[0];
  it.each([
    ['what the criterion asks', [post(60, 1)], { words: 60, claims: 1 }],
    ['the highest of several', [post(60, 0), post(20, 2)], { words: 60, claims: 2 }],
    ['one word where no post is asked for', rule.criteria.slice(1), { words: 1, claims: 0 }],
  ])('is %s', (_title, criteria, floor) => {
    expect(floorOf({ criteria })).toEqual(floor);
  });
});

describe('points for a part', () => {
  it.each([
    [200, 0, 3, 0],
    [200, 1, 3, 66],
    [200, 2, 3, 133],
    [200, 3, 3, 200],
    [200, 9, 3, 200],
    [1, 1, 2, 0],
    [50, 1, 1, 50],
  ])('of %d: %d of %d earn %d, rounded down so that only the whole earns the whole', (max, count, target, points) => {
    expect(proportion(max, count, target)).toBe(points);
  });
});

describe('participation', () => {
  const graded = (counted: Record<string, number>) =>
    gradeParticipation(rule, counted).criteria.map(({ points, done, needs }) => [points, done, needs]);

  it.each([
    [
      'nothing done: each criterion says what it needs',
      {},
      [
        [0, false, 'Post at least 60 words and cite at least 1 claim.'],
        [0, false, 'Reply to 3 more people, with at least 20 words each.'],
        [0, false, 'Name a role in your post, and reply with at least 25 words to 1 more person who took another one.'],
      ],
    ],
    [
      'some replies: in proportion, and what is missing',
      { post: 1, replies: 2, other: 0 },
      [
        [200, true, null],
        [66, false, 'Reply to 1 more person, with at least 20 words each.'],
        [0, false, 'Name a role in your post, and reply with at least 25 words to 1 more person who took another one.'],
      ],
    ],
    [
      'all and more',
      { post: 4, replies: 3, other: 7 },
      [
        [200, true, null],
        [100, true, null],
        [50, true, null],
      ],
    ],
  ])('%s', (_title, counted, expected) => {
    expect(graded(counted)).toEqual(expected);
  });

  it('adds up its criteria, and knows its maximum before anything is done', () => {
    expect(gradeParticipation(rule, { post: 1, replies: 1, other: 1 })).toMatchObject({ points: 283, max: 350 });
    expect(gradeParticipation(rule, {})).toMatchObject({ points: 0, max: 350 });
  });

  it('does not ask for claims where none are needed, and speaks of several as claims', () => {
    const needs = (claims: number) =>
      gradeParticipation(
        { criteria: [{ kind: 'committed-post', id: 'post', title: 'Post', points: 1, words: 5, claims }] },
        {},
      ).criteria[0]?.needs;
    expect([needs(0), needs(2)]).toEqual([
      'Post at least 5 words.',
      'Post at least 5 words and cite at least 2 claims.',
    ]);
  });

  it('asks for more than one person of another role where the rule does', () => {
    const criterion = { ...rule.criteria[2]!, count: 2 } as PromptRule['criteria'][number];
    expect(gradeParticipation({ criteria: [criterion] }, {}).criteria[0]?.needs).toContain('to 2 more people who took');
  });

  it.each(['constructor', '__proto__', 'toString'])('is nothing yet for a criterion with the id %j', (id) => {
    const criteria = [{ ...rule.criteria[0]!, id }];
    expect(gradeParticipation({ criteria }, {})).toMatchObject({ points: 0, criteria: [{ points: 0, done: false }] });
  });
});
