import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { type Refused, refuse } from './refusals.ts';

const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
const AGS = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';
const NRPS = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice';
const SETTINGS = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';

export const messageTypes = ['LtiResourceLinkRequest', 'LtiDeepLinkingRequest', 'LtiSubmissionReviewRequest'] as const;

/** An identifier: 1 to 255 characters (LTI Core 5.3.3, 5.3.5, 5.3.6), none of them a control character or half of one. */
const id = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,255}$/u);
const seconds = z.number().min(0).max(1e11);

/** Optional claims forgive: platforms send null, numbers and shapes of their own, and none of it is worth a refused launch. */
const forgiving = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);
const text = (max: number) =>
  forgiving(
    z
      .union([z.string(), z.number()])
      .transform((value) => String(value).toWellFormed().trim().slice(0, max).toWellFormed() || undefined),
  );
const url = forgiving(
  z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((value) => value.isWellFormed()),
);
const someId = forgiving(z.union([id, z.number().transform(String)]));

const message = lazily(() =>
  z.object({
    iss: z.string(),
    aud: z.union([z.string(), z.array(z.string()).min(1)]),
    azp: z.unknown().optional(),
    exp: seconds,
    iat: seconds,
    nonce: z.string().min(1),
    /** Absent for an anonymous launch (LTI Core 5.3.6.1). */
    sub: id.nullish(),
    name: text(200),
    given_name: text(100),
    family_name: text(100),
    lti: z.object({
      message_type: z.string(),
      version: z.string(),
      deployment_id: id,
      target_link_uri: z.string().min(1).optional(),
      /** May be empty (LTI Core 5.3.7). */
      roles: z.array(z.unknown()),
      resource_link: forgiving(z.object({ id: someId, title: text(200) })),
      context: forgiving(z.object({ id: someId, label: text(200), title: text(200) })),
      custom: forgiving(z.record(z.string(), z.unknown())),
      launch_presentation: forgiving(z.object({ return_url: url })),
      tool_platform: forgiving(z.object({ url })),
      for_user: forgiving(z.object({ user_id: someId })),
    }),
    ags: forgiving(z.object({ scope: forgiving(z.array(z.string().max(200)).max(20)), lineitems: url, lineitem: url })),
    nrps: forgiving(z.object({ context_memberships_url: url })),
    settings: z.unknown().optional(),
  }),
);

/** What a platform's message says, the claims of LTI under `lti`. Times in seconds. */
export type LaunchClaims = z.output<ReturnType<typeof message>>;

/** The claims of LTI by their last part, apart from what only looks like one. */
const sorted = (payload: Record<string, unknown>) => ({
  ...payload,
  lti: Object.fromEntries(
    Object.entries(payload)
      .filter(([name]) => name.startsWith(LTI))
      .map(([name, value]) => [name.slice(LTI.length), value]),
  ),
  ags: payload[AGS],
  nrps: payload[NRPS],
  settings: payload[SETTINGS],
});

/**
 * Reads a token's payload: required claims strictly, the others as far as they can be read. What is unknown is passed over
 * (LTI Core 5.4.7).
 */
export const readClaims = (payload: Record<string, unknown>): LaunchClaims | Refused => {
  const { data, error } = message().safeParse(sorted(payload));
  if (error) return refuse('claim-missing', [...new Set(error.issues.map(({ path }) => path.join('.')))].join(', '));
  const { message_type: type, target_link_uri: target, resource_link: link } = data.lti;
  if (type !== 'LtiDeepLinkingRequest' && target === undefined) return refuse('claim-missing', 'lti.target_link_uri');
  if (type === 'LtiResourceLinkRequest' && link?.id === undefined)
    return refuse('claim-missing', 'lti.resource_link.id');
  return data;
};

/** A person's name as the platform gives it; never made of an address. */
export const nameOf = ({ name, given_name, family_name }: LaunchClaims): string | null =>
  name ?? ([given_name, family_name].filter(Boolean).join(' ') || null);

/** A custom parameter by its name, also in the lower case in which Moodle repeats it; '' where it is null or unresolved. */
export const customOf = ({ lti: { custom = {} } }: LaunchClaims, name: string): string => {
  const value = custom[name] ?? custom[name.toLowerCase()];
  return typeof value === 'string' && !value.startsWith('$') ? value.trim() : '';
};
