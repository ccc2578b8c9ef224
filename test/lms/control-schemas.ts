import * as z from 'zod';
import { endpoints, faultKinds, serviceEndpoints } from './faults.ts';
import { jwksModes, nextModes, storageModes } from './platforms.ts';
import { profileNames } from './profiles.ts';

// What the control API takes. Members that are not named here are refused: a test that misspells one should know.

const text = z.string();
const custom = z.record(text, text);
const status = z.enum(['Active', 'Inactive', 'Deleted']);
const lineItem = z.looseObject({ label: text.optional(), scoreMaximum: z.number().optional() });

export const platformBody = z.strictObject({
  id: text.optional(),
  profile: z.enum(profileNames),
  title: text.optional(),
  toolUrl: text.optional(),
  registered: z.boolean().default(true),
  clientId: text.optional(),
  deploymentId: text.optional(),
  scopes: z.array(text).optional(),
  privacy: z.boolean().optional(),
  pageSize: z.int().positive().optional(),
  storageTarget: text.optional(),
});

export const clientBody = z.strictObject({
  toolUrl: text,
  clientId: text.optional(),
  deploymentId: text.optional(),
  name: text.optional(),
  active: z.boolean().optional(),
  scopes: z.array(text).optional(),
});

export const clientPatch = z.strictObject({
  active: z.boolean().optional(),
  scopes: z.array(text).optional(),
  jwks: z.looseObject({ keys: z.array(z.looseObject({ kty: text })) }).optional(),
  redirectUris: z.array(text).optional(),
});

export const userBody = z.strictObject({
  id: text.optional(),
  name: text.optional(),
  givenName: text.optional(),
  familyName: text.optional(),
  email: text.optional(),
  roles: z.array(text).default([]),
  loggedOut: z.boolean().optional(),
});

export const memberBody = z.strictObject({ user: text, roles: z.array(text), status: status.default('Active') });

export const contextBody = z.strictObject({
  id: text.optional(),
  label: text.default('COMM 101'),
  title: text.default('Communication 101'),
  members: z.array(memberBody).default([]),
  learners: z.int().min(0).default(0),
});

export const linkBody = z.strictObject({
  context: text,
  id: text.optional(),
  title: text.optional(),
  text: text.optional(),
  url: text.optional(),
  custom: custom.optional(),
  clientId: text.optional(),
  deploymentId: text.optional(),
  lineItem: lineItem.optional(),
});

export const jwtBody = z.strictObject({
  claims: z.record(text, z.unknown()),
  header: z.record(text, z.unknown()).optional(),
  key: z.enum(['current', 'next', 'foreign', 'none', 'hs256-public']).default('current'),
});

export const launchBody = z.strictObject({
  user: text,
  link: text.optional(),
  context: text.optional(),
  message: z.enum(['resource-link', 'deep-linking', 'submission-review']).optional(),
  clientId: text.optional(),
  deploymentId: text.optional(),
  lineItem: text.optional(),
  forUser: text.optional(),
  targetLinkUri: text.optional(),
  settings: z.record(text, z.unknown()).optional(),
});

export const idTokenBody = launchBody.extend({
  nonce: text,
  omit: z.array(text).default([]),
  set: z.record(text, z.unknown()).default({}),
  header: jwtBody.shape.header,
  key: jwtBody.shape.key,
});

export const markBody = z.strictObject({
  lineItem: text,
  user: text,
  score: z.number().nullable(),
  comment: text.optional(),
});

export const faultsBody = z.strictObject({
  rate: z.number().min(0).max(1).default(1),
  kinds: z.array(z.enum(faultKinds)),
  endpoints: z.array(z.enum(endpoints)).default(serviceEndpoints),
  retryAfter: z.number().optional(),
  delayMs: z.int().default(60_000),
  count: z.int().optional(),
  seed: z.int().default(1),
});

export const stoppedBody = z.strictObject({ stopped: z.union([z.boolean(), z.literal('services')]) });
export const tokensBody = z.strictObject({ lifeSeconds: z.int().positive() });
export const clockBody = z.strictObject({ offsetMs: z.int().optional(), standsAt: z.int().optional() });
export const rotateBody = z.strictObject({ forget: z.boolean().default(false) });
export const jwksModeBody = z.strictObject({
  mode: z.enum(jwksModes),
});
export const pagingBody = z.strictObject({
  pageSize: z.int().positive().optional(),
  next: z.enum(nextModes).default('ok'),
});
export const configurationBody = z.record(text, z.unknown());
export const storageModeBody = z.strictObject({ mode: z.enum(storageModes) });
export const registrationBody = z.strictObject({ url: text.optional() });
