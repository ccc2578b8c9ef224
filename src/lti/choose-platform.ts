import { type Refused, refuse } from './refusals.ts';
import type { PlatformRow } from './store.ts';

type Asked = { issuer: string; clientId: string | undefined };

/** A platform that can be launched from: registered to the end. */
export type LivePlatform = PlatformRow & { issuer: string; clientId: string; authUrl: string; jwksUrl: string };

export const isLive = (row: PlatformRow): row is LivePlatform =>
  row.state === 'active' && !!row.issuer && !!row.clientId && !!row.authUrl && !!row.jwksUrl;

export const notLive = (rows: readonly PlatformRow[]): Refused => {
  if (rows.length === 0) return refuse('platform-unknown');
  return refuse(rows.some(({ state }) => state === 'pending') ? 'platform-pending' : 'platform-disabled');
};

/**
 * Which platform a login comes from. `rows` are those of the issuer; or, for a platform's own login address, the one that it
 * names (`own`). Several may share issuer and client id (an institution each, told apart by their deployments): any of
 * them will do while they sign in at one address.
 */
export const choosePlatform = (
  rows: readonly PlatformRow[],
  { issuer, clientId }: Asked,
  own: boolean,
): LivePlatform | Refused => {
  const fitting = rows.filter((row) => row.issuer === issuer && (clientId === undefined || row.clientId === clientId));
  if (own && rows.length > 0 && fitting.length === 0) return refuse('issuer-differs');
  const live = fitting.filter(isLive);
  const [first] = live;
  if (!first) return notLive(fitting);
  if (live.some((row) => row.clientId !== first.clientId)) return refuse('client-ambiguous');
  if (live.some((row) => row.authUrl !== first.authUrl || row.jwksUrl !== first.jwksUrl))
    return refuse('login-url-ambiguous');
  return first;
};
