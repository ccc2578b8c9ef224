import type { LaunchClaims } from './claims.ts';

/** Where Canvas's schools are, whatever its issuer: they share one. */
const CANVAS = 'https://*.instructure.com';

const originOf = (address: string | null | undefined): string[] => {
  if (!address || !URL.canParse(address)) return [];
  const { protocol, origin } = new URL(address);
  return /^https?:$/.test(protocol) ? [origin] : [];
};

/**
 * The origins that may frame the pages of a session: the platform's, and those that its signed message names as its own, for
 * Canvas and Blackboard are framed at a school's host and not at the issuer's.
 */
export const frameAncestorsOf = (
  platform: { issuer: string; authUrl: string; product: string },
  { lti }: Pick<LaunchClaims, 'lti'>,
): string[] => [
  ...new Set([
    ...[platform.issuer, platform.authUrl, lti.launch_presentation?.return_url, lti.tool_platform?.url].flatMap(
      originOf,
    ),
    ...(platform.product === 'canvas' ? [CANVAS] : []),
  ]),
];
