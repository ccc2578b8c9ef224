import { sha256Hex } from '../auth/digest.ts';
import { framedCookie } from '../auth/session-cookie.ts';
import type { LoginState } from './state.ts';

// A launch is believed in the browser alone that began it: one secret a login, kept by that browser in a partitioned cookie
// or in the platform's storage. Each login has names of its own, so that parallel tabs do not mix.

const LOGIN_MS = 600_000;
const PROBE_S = 30 * 86_400;
export const PROBE = '__Host-cmgr-probe';

/** The name under which a login's secret is kept. */
export const bindingName = (binding: string): string => `cmgr-login-${binding.slice(0, 16)}`;

const cookieName = (binding: string) => `__Host-${bindingName(binding)}`;

/** Set-Cookie for a login's secret, and for the probe that says whether cookies come back: a script may read that one. */
export const bindingCookies = (binding: string, secret: string): string[] => [
  framedCookie(cookieName(binding), secret, LOGIN_MS),
  `${PROBE}=1; Path=/; Max-Age=${PROBE_S}; Secure; SameSite=None; Partitioned`,
];

/** Set-Cookie that takes a login's secret away. */
export const forgetBinding = ({ binding }: Pick<LoginState, 'binding'>): string =>
  framedCookie(cookieName(binding), '', 0);

/** What this request proves of the browser: `proof` comes from the platform's storage. */
export type Bound = 'bound' | 'no-cookie' | 'other-cookies' | 'wrong-proof';

/** Whether this browser began the login. */
export const boundBy = async (
  { binding }: Pick<LoginState, 'binding'>,
  cookie: (name: string) => string | undefined,
  proof: string | undefined,
): Promise<Bound> => {
  const secret = proof ?? cookie(cookieName(binding));
  if (secret === undefined) return cookie(PROBE) === undefined ? 'no-cookie' : 'other-cookies';
  if ((await sha256Hex(secret)) === binding) return 'bound';
  return proof === undefined ? 'other-cookies' : 'wrong-proof';
};
