import { describe, expect, it } from 'vitest';
import { nextPage } from './links.ts';

const base = 'https://lms.example/nrps/1?limit=2';

describe('the next page', () => {
  it.each<[string, string | null, string | null]>([
    ['no header', null, null],
    ['an empty one', '', null],
    ['the usual', '<https://lms.example/nrps/1?page=2>; rel="next"', 'https://lms.example/nrps/1?page=2'],
    ['relative', '</nrps/1?page=2>; rel=next', 'https://lms.example/nrps/1?page=2'],
    [
      'among others, in any order',
      '<https://lms.example/a>; rel="prev", <https://lms.example/b>; rel="next", <https://lms.example/c>; rel="differences"',
      'https://lms.example/b',
    ],
    ['commas in the address', '<https://lms.example/x?ids=1,2,3>; rel="next"', 'https://lms.example/x?ids=1,2,3'],
    [
      'more parameters, with commas and semicolons in them',
      '<https://lms.example/a>; title="one, two; rel=next"; rel="first", <https://lms.example/b>; type="x"; rel="next"',
      'https://lms.example/b',
    ],
    ['the address keeps its case', '<https://lms.example/AbC>; REL="Next"', 'https://lms.example/AbC'],
    ['several relations', '<https://lms.example/a>; rel="last next"', 'https://lms.example/a'],
    [
      'Moodle’s ampersands and quotes',
      '<https://lms.example/lineitems?type_id=1&amp;from=10&amp;limit=10>; rel=“next”',
      'https://lms.example/lineitems?type_id=1&from=10&limit=10',
    ],
    [
      'the same quotes as a header spells them',
      '<https://lms.example/lineitems?from=10>; rel=\u00e2\u0080\u009cnext\u00e2\u0080\u009d',
      'https://lms.example/lineitems?from=10',
    ],
    ['another relation only', '<https://lms.example/a>; rel="nextish"', null],
  ])('%s', (_, header, expected) => expect(nextPage(header, base)).toBe(expected));
});
