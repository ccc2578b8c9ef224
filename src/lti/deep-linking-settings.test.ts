import { describe, expect, it } from 'vitest';
import { readSettings } from './deep-linking-settings.ts';

const returnUrl = 'https://lms.edu/return';
const claim = { deep_link_return_url: returnUrl, accept_types: ['link', 'ltiResourceLink'] };

describe('deep linking settings (Deep Linking 2.0, 4.4.1)', () => {
  it.each([
    ['several are taken only where it is said', {}, { several: false, lineItems: true }],
    ['several', { accept_multiple: true }, { several: true }],
    ['one', { accept_multiple: false }, { several: false }],
    ['booleans as text', { accept_multiple: 'true', accept_lineitem: 'false' }, { several: true, lineItems: false }],
    [
      'what is no boolean is passed over',
      { accept_multiple: null, accept_lineitem: 7 },
      { several: false, lineItems: true },
    ],
    ['no line items', { accept_lineitem: false }, { lineItems: false }],
    ['data as it came', { data: ' {"a":"é"} ' }, { data: ' {"a":"é"} ' }],
    ['data that is no text', { data: { a: [1] } }, { data: { a: [1] } }],
  ])('%s', (_, change, expected) => {
    const read = readSettings({ ...claim, ...change }, false);
    expect(read).toMatchObject({ settings: { returnUrl, ...expected }, refused: null });
  });

  it('no data stays no data', () => expect(readSettings(claim, false).settings).not.toHaveProperty('data'));

  it.each([
    ['no claim', undefined, false],
    ['a claim that is text', 'x', false],
    ['no return URL', { accept_types: ['ltiResourceLink'] }, false],
    ['a return URL that is a script', { ...claim, deep_link_return_url: 'javascript:alert(1)' }, false],
    ['a return URL without https', { ...claim, deep_link_return_url: 'http://lms.edu/' }, false],
    ['types that hold no LTI link', { ...claim, accept_types: ['link', 'html'] }, true],
    ['no types', { ...claim, accept_types: undefined }, true],
  ])('refused: %s', (_, given, canAnswer) => {
    const read = readSettings(given, false);
    expect(read.refused).toEqual(expect.any(String));
    expect(read.settings !== null).toBe(canAnswer);
  });
});
