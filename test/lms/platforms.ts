import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { FaultPlan } from './faults.ts';
import { type Key, opaque, pooledKey } from './keys.ts';
import { type Profile, type ProfileName, profiles } from './profiles.ts';

// The state of the server: platforms, each with what an LMS keeps. Plain data, so that it can be saved as JSON.

export type Client = {
  clientId: string;
  name: string;
  deploymentIds: string[];
  active: boolean;
  redirectUris: string[];
  targetLinkUri: string;
  initiateLoginUri: string;
  jwksUri: string;
  /** Keys given by value; where they are, `jwksUri` is not asked. */
  jwks?: JWK[];
  jwksCache?: JWK[];
  scopes: string[];
  /** When each identifier of an assertion may be forgotten, in ms. */
  assertions: Record<string, number>;
};

export type User = {
  id: string;
  name?: string;
  givenName?: string;
  familyName?: string;
  email?: string;
  /** System and institution roles, in full. */
  roles: string[];
  loggedOut?: boolean;
};

export type Member = { userId: string; roles: string[]; status: 'Active' | 'Inactive' | 'Deleted'; version: number };

export type Context = {
  id: string;
  label: string;
  title: string;
  history: string[];
  version: number;
  members: Member[];
};

export type Link = {
  id: string;
  contextId: string;
  clientId: string;
  deploymentId: string;
  title: string;
  text?: string;
  /** Undefined: the tool's own launch address. */
  url?: string;
  custom: Record<string, string>;
  history: string[];
  lineItemId?: string;
};

export type Result = {
  resultScore: number | null;
  resultMaximum: number;
  comment?: string;
  /** The time of the score that made it, in ms. */
  timestamp: number;
  byHand: boolean;
  attempts: number;
  submittedAt?: string;
};

export type LineItem = {
  id: string;
  contextId: string;
  clientId: string;
  /** Made by the LMS with a link, not by the tool. */
  own: boolean;
  members: Record<string, unknown> & { label: string; scoreMaximum: number };
  results: Record<string, Result>;
};

export type ReceivedScore = {
  at: number;
  lineItem: string;
  user: string | undefined;
  status: number;
  body: unknown;
};

export type DeepLinked = {
  at: number;
  hint: string;
  links: string[];
  items: unknown[];
  msg?: unknown;
  errormsg?: unknown;
  log?: unknown;
  errorlog?: unknown;
};

export type Hint = {
  id: string;
  message: 'resource-link' | 'deep-linking' | 'submission-review';
  userId: string;
  clientId: string;
  deploymentId: string;
  contextId?: string;
  linkId?: string;
  lineItemId?: string;
  forUserId?: string;
  targetLinkUri: string;
  settings?: Record<string, unknown>;
  used: boolean;
  /** Deep linking: its response came. */
  returned?: boolean;
};

export type AccessToken = { clientId: string; scopes: string[]; expiresAt: number };

export type LoggedCall = {
  at: number;
  method: string;
  path: string;
  endpoint: string;
  status: number | 'cut' | 'none';
  /** Why it was refused, or `ok`. */
  outcome: string;
  fault?: string;
  carriedOut: boolean;
};

export const jwksModes = ['ok', '500', 'html', 'oversized', 'slow', 'duplicate-kid', 'wrong-type', 'redirect'] as const;
export type JwksMode = (typeof jwksModes)[number];
export const nextModes = ['ok', 'foreign', 'endless'] as const;
export type NextMode = (typeof nextModes)[number];
export const storageModes = ['ok', 'silent', 'wrong-value', 'wrong-origin'] as const;
export type StorageMode = (typeof storageModes)[number];

export type Platform = {
  id: string;
  issuer: string;
  profileName: ProfileName;
  title: string;
  privacy: boolean;
  storageTarget?: string;
  pageSize: number;
  /** Where lists' `next` links lead: on, to another host, or round in a circle. */
  nextMode: NextMode;
  /** Members that replace those of the OpenID configuration. */
  configuration: Record<string, unknown>;
  clients: Client[];
  users: User[];
  contexts: Context[];
  links: Link[];
  lineItems: LineItem[];
  scores: ReceivedScore[];
  /** What deep linking brought, in order. */
  deepLinks: DeepLinked[];
  hints: Record<string, Hint>;
  tokens: Record<string, AccessToken>;
  tokenSeconds: number;
  registrations: Record<string, 'open' | 'used'>;
  keys: { current: Key; next: Key; published: JWK[] };
  jwksMode: JwksMode;
  storageMode: StorageMode;
  stopped: boolean | 'services';
  /** Ms to add to the machine's clock, or the moment at which this platform's clock stands. */
  clock: { offsetMs: number; standsAt?: number };
  faults: FaultPlan | undefined;
  calls: LoggedCall[];
  lastNumber: number;
};

export type Lms = { url: string; platforms: Map<string, Platform>; changed: () => void };

export const profileOf = (platform: Platform): Profile => profiles[platform.profileName];

/** The platform's own time, in ms. */
export const timeOf = ({ clock }: Platform): number => clock.standsAt ?? Date.now() + clock.offsetMs;

/** A fresh identifier, in the platform's manner. */
export const newId = (platform: Platform): string => {
  platform.lastNumber += 1;
  return profileOf(platform).numericIds ? String(platform.lastNumber) : randomUUID();
};

/** Where the platform's parts are. */
export const addressesOf = ({ issuer, profileName }: Pick<Platform, 'issuer' | 'profileName'>) => ({
  authUrl: `${issuer}/auth`,
  tokenUrl: `${issuer}/token`,
  tokenAudience: profiles[profileName].tokenAudience ?? `${issuer}/token`,
  jwksUrl: `${issuer}/jwks`,
  configurationUrl: `${issuer}/openid-configuration`,
});

export const createPlatform = async (
  lms: Lms,
  wanted: {
    id?: string;
    profile: ProfileName;
    title?: string;
    privacy?: boolean;
    pageSize?: number;
    storageTarget?: string;
  },
): Promise<Platform> => {
  const id = wanted.id ?? opaque().slice(0, 12);
  const [current, next] = await Promise.all([pooledKey(), pooledKey()]);
  const platform: Platform = {
    id,
    issuer: `${lms.url}/p/${id}`,
    profileName: wanted.profile,
    title: wanted.title ?? `A pretend ${wanted.profile}`,
    privacy: wanted.privacy ?? !profiles[wanted.profile].sharesNames,
    storageTarget: wanted.storageTarget ?? profiles[wanted.profile].storageTarget,
    pageSize: wanted.pageSize ?? 50,
    nextMode: 'ok',
    configuration: {},
    clients: [],
    users: [],
    contexts: [],
    links: [],
    lineItems: [],
    scores: [],
    deepLinks: [],
    hints: {},
    tokens: {},
    tokenSeconds: 3600,
    registrations: {},
    keys: { current, next, published: [current.publicJwk, next.publicJwk] },
    jwksMode: 'ok',
    storageMode: 'ok',
    stopped: false,
    clock: { offsetMs: 0 },
    faults: undefined,
    calls: [],
    lastNumber: 0,
  };
  lms.platforms.set(id, platform);
  return platform;
};
