import { describe, expect, it } from 'vitest';
import { refusedUrl } from './outgoing.ts';

describe('an outgoing request goes to public https hosts only', () => {
  it.each([
    ['https://lms.example.edu/mod/lti/token.php', null],
    ['https://lms.example.edu:8443/token', null],
    ['https://93.184.216.34/token', null],
    ['http://lms.example.edu/token', 'it is not https'],
    ['ftp://lms.example.edu/', 'it is not https'],
    ['javascript:alert(1)', 'it is not https'],
    ['not an address', 'it is not an address'],
    ['https://user:secret@lms.example.edu/', 'it holds credentials'],
    ['https://localhost/', 'its host is not a public one'],
    ['https://lms.localhost/', 'its host is not a public one'],
    ['https://printer.local/', 'its host is not a public one'],
    ['https://metadata.google.internal/', 'its host is not a public one'],
    ['https://127.0.0.1/', 'its host is not a public one'],
    ['https://0x7f.1/', 'its host is not a public one'],
    ['https://2130706433/', 'its host is not a public one'],
    ['https://10.1.2.3/', 'its host is not a public one'],
    ['https://100.64.0.1/', 'its host is not a public one'],
    ['https://169.254.169.254/latest/meta-data', 'its host is not a public one'],
    ['https://172.31.255.1/', 'its host is not a public one'],
    ['https://192.168.1.1/', 'its host is not a public one'],
    ['https://[::1]/', 'its host is not a public one'],
    ['https://[fe80::1]/', 'its host is not a public one'],
    ['https://[::ffff:10.0.0.1]/', 'its host is not a public one'],
  ])('%s: %s', (address, expected) => expect(refusedUrl(address, false)).toBe(expected));

  it('in development also to this machine, and to no other private one', () => {
    expect(refusedUrl('http://localhost:8790/token', true)).toBeNull();
    expect(refusedUrl('http://127.0.0.1:8790/token', true)).toBeNull();
    expect(refusedUrl('http://192.168.1.1/', true)).toBe('it is not https');
  });
});
