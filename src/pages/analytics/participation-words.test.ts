import { expect, it } from 'vitest';
import { networkBody } from '../../analytics/network.ts';
import { promptBody } from '../../analytics/participation.ts';
import { networkWords, promptsWords } from './participation-words.ts';

const prompt = (title: string, people: number, learners: number, hides = false) => {
  const row = { prompt: title, people, committed: people, posts: people, posters: people, postWords: 60 };
  const body = promptBody(title, { ...row, replies: 0, repliers: 0, replyWords: null }, learners, hides);
  return { ...body, title };
};

it.each([
  ['nobody is there', [prompt('A', 0, 0)], 0, 'There are no students in this course yet.'],
  ['nobody wrote', [prompt('A', 0, 9)], 9, 'Nobody has written in the discussion yet.'],
  ['few wrote, for an assistant', [prompt('A', 3, 9, true)], 9, 'so it is kept back'],
  ['they wrote in one', [prompt('A', 3, 9), prompt('B', 0, 9)], 9, '3 of 9 students wrote in “A”.'],
  [
    'they wrote in several',
    [prompt('A', 3, 9), prompt('B', 8, 9), prompt('C', 0, 9)],
    9,
    '8 of 9 students wrote in “B”, where most did; 3 in “A”, where fewest did.',
  ],
])('where %s', (_what, prompts, learners, says) => expect(promptsWords(prompts, learners)).toContain(says));

const network = (ties: number, mutual: number, connected: number, learners: number, hides = false) => ({
  learners,
  prompts: [],
  network: networkBody({ ties, mutual, replies: ties, connected }, [], learners, hides),
});

it.each([
  ['nobody answers', network(0, 0, 0, 9), 'No student has answered another yet.'],
  ['nobody is there', network(0, 0, 0, 0), 'There are no students in this course yet.'],
  [
    'one is left out',
    network(6, 2, 8, 9),
    '1 of 9 students neither answered a classmate nor was answered by one; 6 replies went between students. Of 6 pairs of who answers whom, 2 go both ways.',
  ],
  [
    'nobody is left out',
    network(1, 0, 2, 2),
    'Every student has answered a classmate or was answered by one; 1 reply went between students.',
  ],
  ['few are left out, for an assistant', network(6, 2, 8, 9, true), 'so it is kept back'],
])('where %s among students', (_what, body, says) => expect(networkWords(body)).toContain(says));
