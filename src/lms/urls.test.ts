import { describe, expect, it } from 'vitest';
import { resultsUrl, scoresUrl, withQuery } from './urls.ts';

describe('the addresses of a line item', () => {
  it.each([
    ['https://lms.example/ags/1/lineitems/7', 'https://lms.example/ags/1/lineitems/7/scores'],
    ['https://lms.example/ags/1/lineitems/7/', 'https://lms.example/ags/1/lineitems/7/scores'],
    ['https://lms.example/lineitems/7/lineitem?type_id=1', 'https://lms.example/lineitems/7/lineitem/scores?type_id=1'],
  ])('scores of %s', (lineItem, expected) => expect(scoresUrl(lineItem)).toBe(expected));

  it('results are somebody’s', () => {
    expect(resultsUrl('https://lms.example/7/lineitem?type_id=1', 'a b&c')).toBe(
      'https://lms.example/7/lineitem/results?type_id=1&user_id=a+b%26c',
    );
  });

  it('filters are added to a query, and what is not given is left out', () => {
    expect(withQuery('https://lms.example/lineitems?type_id=1', { tag: 'x', limit: undefined })).toBe(
      'https://lms.example/lineitems?type_id=1&tag=x',
    );
  });
});
