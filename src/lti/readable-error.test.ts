import { describe, expect, it } from 'vitest';
import { readableError } from './readable-error.ts';

describe('what a platform says of a failure can be read', () => {
  it.each([
    ['Moodle’s plain text', 'token_already_used', 'token_already_used'],
    ['OAuth', '{"error":"invalid_client","error_description":"No such client"}', 'invalid_client; No such client'],
    ['Canvas', '{"errors":[{"field":"scopes","message":"Invalid scopes: x"}]}', 'field: scopes; Invalid scopes: x'],
    [
      'Canvas, nested',
      '{"errors":{"lti_tool_configuration":["domain is required"]}}',
      'lti_tool_configuration: domain is required',
    ],
    ['a page', '<html><style>p{}</style><h1>Not  allowed</h1><script>alert(1)</script></html>', 'Not allowed'],
    ['JSON that is none', '{"error": "a "quote""}', '{"error": "a "quote""}'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => expect(readableError(text)).toBe(expected));

  it('and is cut', () => expect(readableError('x'.repeat(5000))).toHaveLength(601));
});
