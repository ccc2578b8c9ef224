import { describe, expect, it } from 'vitest';
import { chooseContent, type Placed, pagePath, readContentId, readHistory } from './content.ts';

describe('a content id', () => {
  it.each([
    ['unit:4', { kind: 'unit', activity: '4' }],
    ['prompt:Q003.1', { kind: 'prompt', activity: 'Q003.1' }],
    ['', null],
    ['course:', null],
    ['unit:', null],
    [`unit:${'4'.repeat(61)}`, null],
    ['$ResourceLink.id', null],
  ])('%s', (text, content) => expect(readContentId(text)).toEqual(content));
});

describe('a history of links', () => {
  it.each([
    ['', []],
    ['7', ['7']],
    ['7,3, 1', ['7', '3', '1']],
    ['a%2Cb,c', ['a,b', 'c']],
    ['%,x', ['x']],
  ])('%s', (text, ids) => expect(readHistory(text)).toEqual(ids));
});

describe('what a launch shows', () => {
  const at = (contextId: string, resourceLinkId: string, activity: string): Placed => ({
    kind: 'scenario',
    activity,
    contextId,
    resourceLinkId,
  });
  const link = { contentId: '', contextId: 'here', resourceLinkId: '9', history: ['7', '3'] };
  const cases: [what: string, Partial<typeof link>, Placed[], string][] = [
    ['nothing is known', {}, [], ''],
    ['the link says it', { contentId: 'unit:4' }, [at('here', '9', 'S1')], '4'],
    ['what the link says is gone', { contentId: 'unit:gone' }, [at('here', '9', 'S1')], 'S1'],
    ['it was placed', {}, [at('there', '7', 'S7'), at('here', '9', 'S9')], 'S9'],
    ['it was placed in another context under the same id', {}, [at('there', '9', 'S9')], ''],
    ['it was copied', {}, [at('there', '3', 'S3'), at('there', '7', 'S7')], 'S7'],
    ['the nearer copy is gone', {}, [at('there', '3', 'S3'), at('there', '7', 'gone')], 'S3'],
  ];
  it.each(cases)('%s', (_what, changes, placed, activity) =>
    expect(chooseContent({ ...link, ...changes }, placed, (one) => one.activity !== 'gone').activity).toBe(activity),
  );
});

it('the page of what is shown', () => {
  expect(pagePath('c', { kind: 'course', activity: '' })).toBe('/courses/c');
  expect(pagePath('c', { kind: 'unit', activity: '4' })).toBe('/courses/c/units/4');
  expect(pagePath('c', { kind: 'scenario', activity: 'a/b?' })).toBe('/courses/c/scenarios/a%2Fb%3F');
});
