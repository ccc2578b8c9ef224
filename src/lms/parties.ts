import { refusedUrl } from './outgoing.ts';

/** Hosts that are one provider's: a client of it is known at all of them. */
const clouds = [/(^|\.)(instructure|canvaslms)\.com$/, /(^|\.)brightspace\.com$/, /(^|\.)blackboard\.com$/];

const hostOf = (address: string): string => new URL(address).host.replace(/\.(?=:|$)/, '');

/** Whether two addresses are the same provider's. */
export const sameParty = (one: string, other: string): boolean => {
  const [a, b] = [hostOf(one), hostOf(other)];
  return a === b || clouds.some((cloud) => cloud.test(a) && cloud.test(b));
};

/**
 * Whether an assertion that names `audience` may be sent to `tokenUrl`: else whoever is there could use it where it is meant
 * for, as the tool. RFC 7521, 8.2. A pretend LMS on this machine may call itself anything.
 */
export const audienceFits = (audience: string, tokenUrl: string, allowsLoopback: boolean): boolean => {
  if (allowsLoopback && refusedUrl(tokenUrl, false) !== null) return true;
  return URL.canParse(audience) ? sameParty(audience, tokenUrl) : audience === hostOf(tokenUrl);
};

/** Where a client gets its access tokens, and whose keys its launches are believed by. */
export type Claim = { tokenUrl: string; jwksUrl: string };

/**
 * Whether others have this client by another key set. The tool is one client at an LMS, and its key one for all institutions:
 * who could launch by keys of their own into a client of somebody else's LMS would have the tool call that LMS. The provider's
 * host is not enough: whoever may upload a file there could publish keys by it.
 */
export const isClaimed = (own: Claim, others: readonly Claim[]): boolean =>
  others.some(({ tokenUrl, jwksUrl }) => sameParty(own.tokenUrl, tokenUrl) && own.jwksUrl !== jwksUrl);
