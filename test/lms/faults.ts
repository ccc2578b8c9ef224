import type { Platform } from './platforms.ts';

export const faultKinds = [
  '500',
  '429',
  'timeout',
  'cut',
  '401',
  'narrow-scope',
  'stale',
  'html',
  '403-throttle',
  '403',
  '404',
  'huge',
  'redirect',
  'slow',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const endpoints = [
  'auth',
  'token',
  'line-items',
  'scores',
  'results',
  'members',
  'jwks',
  'configuration',
  'register',
  'deep-link-return',
] as const;
export type Endpoint = (typeof endpoints)[number];

/** Where faults fall unless a plan says otherwise: the calls by which grades and rosters travel. */
export const serviceEndpoints: Endpoint[] = ['token', 'line-items', 'scores', 'results', 'members'];

export type FaultPlan = {
  /** Which share of the calls fails, 0 to 1. */
  rate: number;
  kinds: FaultKind[];
  endpoints: Endpoint[];
  /** Seconds, for 429 and 403-throttle. */
  retryAfter?: number;
  /** How long a `timeout` hangs and a `slow` answer takes, in ms. */
  delayMs: number;
  /** How many faults are still to come; undefined: no end. */
  count?: number;
  state: number;
};

export type Fault = { kind: FaultKind; carryOut: boolean; plan: FaultPlan };

/** The next of a row of numbers in [0, 1) that a seed determines (mulberry32). */
const draw = (plan: FaultPlan): number => {
  plan.state = (plan.state + 0x6d2b79f5) | 0;
  let t = Math.imul(plan.state ^ (plan.state >>> 15), 1 | plan.state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const fits = (kind: FaultKind, endpoint: Endpoint): boolean =>
  kind === 'narrow-scope' ? endpoint === 'token' : kind === 'stale' ? endpoint === 'scores' : true;

const mayHaveHappened: FaultKind[] = ['timeout', 'cut', 'html', '500'];

/** What goes wrong with the next call to an endpoint, if anything; each call takes its draws in order. */
export const nextFault = ({ faults: plan }: Platform, endpoint: Endpoint): Fault | undefined => {
  if (!plan?.endpoints.includes(endpoint) || plan.count === 0) return undefined;
  const [whether, which, when] = [draw(plan), draw(plan), draw(plan)];
  const kinds = plan.kinds.filter((kind) => fits(kind, endpoint));
  if (whether >= plan.rate || kinds.length === 0) return undefined;
  if (plan.count !== undefined) plan.count -= 1;
  const kind = kinds[Math.floor(which * kinds.length)]!;
  return { kind, carryOut: kind === 'slow' || (mayHaveHappened.includes(kind) && when < 0.5), plan };
};
