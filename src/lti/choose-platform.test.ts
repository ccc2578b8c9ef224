import { describe, expect, it } from 'vitest';
import { choosePlatform } from './choose-platform.ts';
import type { PlatformRow } from './store.ts';

const row = (changes: Partial<PlatformRow> = {}): PlatformRow => ({
  id: 'p',
  institutionId: 'i',
  product: 'canvas',
  state: 'active',
  issuer: 'https://lms',
  clientId: 'c',
  authUrl: 'https://lms/auth',
  jwksUrl: 'https://lms/jwks',
  approvesDeployments: 0,
  allowsAnonymous: 0,
  ...changes,
});

describe('the platform of a login', () => {
  const cases: [what: string, rows: PlatformRow[], clientId: string | undefined, own: boolean, outcome: string][] = [
    ['nobody knows it', [], 'c', false, 'platform-unknown'],
    ['its own address names nothing', [], 'c', true, 'platform-unknown'],
    ['the one there is', [row()], 'c', false, 'p'],
    ['the one there is, without a client id', [row()], undefined, false, 'p'],
    ['another client', [row({ clientId: 'other' })], 'c', false, 'platform-unknown'],
    ['another client, at its own address', [row({ clientId: 'other' })], 'c', true, 'issuer-differs'],
    ['another issuer, at its own address', [row({ issuer: 'https://other' })], 'c', true, 'issuer-differs'],
    ['two clients, without a client id', [row(), row({ clientId: 'd' })], undefined, false, 'client-ambiguous'],
    ['two clients, of which one is off', [row(), row({ clientId: 'd', state: 'disabled' })], undefined, false, 'p'],
    ['two institutions that share it', [row(), row({ id: 'q', institutionId: 'j' })], 'c', false, 'p'],
    ['twins with sign-ins of their own', [row(), row({ authUrl: 'https://twin' })], 'c', false, 'login-url-ambiguous'],
    ['twins with keys of their own', [row(), row({ jwksUrl: 'https://twin' })], 'c', false, 'login-url-ambiguous'],
    ['it waits', [row({ state: 'pending' })], 'c', false, 'platform-pending'],
    ['it is off', [row({ state: 'disabled' })], 'c', false, 'platform-disabled'],
    ['it is not registered to the end', [row({ jwksUrl: null })], 'c', false, 'platform-disabled'],
  ];
  it.each(cases)('%s', (_what, rows, clientId, own, outcome) => {
    const chosen = choosePlatform(rows, { issuer: 'https://lms', clientId }, own);
    expect('refused' in chosen ? chosen.refused : chosen.id).toBe(outcome);
  });
});
