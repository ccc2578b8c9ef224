import { describe, expect, it } from 'vitest';
import { isEmpty, leftAfter, nothing, type Step, stepOf, typedIn, withDraft } from './steps.ts';

describe('which button was pressed', () => {
  it.each<[string, Record<string, string>, Step]>([
    ['none: a post', {}, { verb: 'post', post: '' }],
    ['one at a post', { step: 'hide:p1' }, { verb: 'hide', post: 'p1' }],
    ['one of the form alone', { step: 'preview' }, { verb: 'preview', post: '' }],
    ['one of no page of ours', { step: 'drop:p1' }, { verb: 'find', post: '' }],
    ['a claim cited from its note', { cite: '001.13' }, { verb: 'find', post: '' }],
    ['a claim cited while a post is changed', { cite: '001.13', editing: 'p1' }, { verb: 'find', post: 'p1' }],
    ['the search of a form that changes a post', { step: 'find', editing: 'p1' }, { verb: 'find', post: 'p1' }],
  ])('%s', (_title, fields, step) => {
    expect(stepOf(fields)).toEqual(step);
  });
});

describe('what was typed', () => {
  const typed = typedIn({
    body: 'mine',
    role: 'cm',
    claims: '001.13',
    'reply-p1': 'one',
    'reply-p2': 'two',
    'reason-p1': 'why',
  });

  it('loses with a step what the step was about, and no more', () => {
    expect(leftAfter(typed, { verb: 'post', post: '' })).toMatchObject({
      body: '',
      claims: [],
      role: '',
      replies: { p1: 'one' },
    });
    expect(leftAfter(typed, { verb: 'reply', post: 'p1' })).toMatchObject({ body: 'mine', replies: { p2: 'two' } });
    expect(leftAfter(typed, { verb: 'flag', post: 'p1' })).toMatchObject({ body: 'mine', reasons: {} });
    expect(isEmpty(leftAfter(typedIn({ 'reply-p1': 'one' }), { verb: 'reply', post: 'p1' }))).toBe(true);
  });

  it('stands before a draft, which fills what is empty', () => {
    const draft = { body: 'kept', claims: ['000.22'], role: null, parentId: null };
    expect(withDraft(nothing, draft)).toMatchObject({ body: 'kept', claims: ['000.22'], role: '' });
    expect(withDraft(typed, draft)).toEqual(typed);
    expect(withDraft(typed, { ...draft, parentId: 'p1' }).replies.p1).toBe('one');
    expect(withDraft(typed, { ...draft, parentId: 'p3' }).replies.p3).toBe('kept');
    expect(withDraft(nothing, { ...draft, body: '' })).toEqual(nothing);
  });
});
