import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { refusedUrl } from '../lms/outgoing.ts';
import { audienceFits } from '../lms/parties.ts';
import { type Connection, type Product, productOf } from '../lms/products.ts';

const PLATFORM = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
const CANVAS_ACCOUNT = 'https://canvas.instructure.com/lti/account_name';

const text = (max: number) =>
  z
    .string()
    .transform((value) => value.toWellFormed().slice(0, max))
    .optional()
    .catch(undefined);

const configuration = lazily(() =>
  z.object({
    issuer: z.url(),
    authorization_endpoint: z.url(),
    token_endpoint: z.url(),
    jwks_uri: z.url(),
    registration_endpoint: z.url(),
    authorization_server: text(255),
    [PLATFORM]: z
      .object({
        product_family_code: text(100),
        version: text(100),
        messages_supported: z
          .array(z.object({ type: z.string() }))
          .max(50)
          .catch([]),
        [CANVAS_ACCOUNT]: text(200),
      })
      .optional()
      .catch(undefined),
  }),
);

/** What a platform offers to a tool that registers itself. */
export type Offer = {
  connection: Omit<Connection, 'clientId'>;
  registrationUrl: string;
  product: Product;
  /** What it says of itself; for people to read. */
  saysItIs: string;
  /** Types of messages that it sends; empty: it does not say. */
  messages: string[];
};

/** Hosts that speak for an issuer at another one: Instructure's cloud, and Blackboard's portal for developers. */
const pairs: readonly (readonly [issuer: RegExp, host: RegExp])[] = [
  [/^canvas(\.(beta|test))?\.instructure\.com$/, /(^|\.)(instructure|canvaslms)\.com$/],
  [/^blackboard\.com$/, /(^|\.)blackboard\.com$/],
];

const speaksFor = (issuer: string, url: string): boolean => {
  const [own, other] = [new URL(issuer), new URL(url)];
  return own.host === other.host || pairs.some(([host, others]) => host.test(own.host) && others.test(other.host));
};

/**
 * Reads a platform's configuration as it was fetched `from` its address. Refuses, with the reason in words, what is no
 * configuration, one whose issuer or registration endpoint is at another host than the address (the registration token must
 * not get elsewhere), and endpoints that must not be called. LTI Dynamic Registration 1.0, 3.4 and 3.5.1; OpenID Connect
 * Discovery 1.0, 4.3.
 */
export const readConfiguration = (
  body: unknown,
  from: string,
  allowsLoopback: boolean,
): Offer | { refused: string } => {
  const { data, error } = configuration().safeParse(body);
  if (error) {
    const names = [...new Set(error.issues.map(({ path }) => path.join('.') || 'the whole'))];
    return { refused: `its configuration is not one: ${names.join(', ')}` };
  }
  const { issuer } = data;
  const own = data[PLATFORM];
  const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'registration_endpoint'] as const;
  for (const name of endpoints) {
    const refused = refusedUrl(data[name], allowsLoopback);
    if (refused) return { refused: `its ${name} must not be called: ${refused}` };
  }
  if (!speaksFor(issuer, from)) return { refused: `it says that it is ${issuer}, which is at another host` };
  if (!speaksFor(from, data.registration_endpoint) && !speaksFor(issuer, data.registration_endpoint))
    return { refused: 'its registration endpoint is at another host' };
  // Canvas gives a bare host here, which its own token endpoint does not take.
  const named = data.authorization_server ?? '';
  const audience = URL.canParse(named) && named !== data.token_endpoint ? named : null;
  if (audience !== null && !audienceFits(audience, data.token_endpoint, allowsLoopback))
    return { refused: 'its authorization_server is at another host than its token_endpoint' };
  return {
    connection: {
      issuer,
      authUrl: data.authorization_endpoint,
      tokenUrl: data.token_endpoint,
      jwksUrl: data.jwks_uri,
      tokenAudience: audience,
    },
    registrationUrl: data.registration_endpoint,
    product: productOf(own?.product_family_code),
    saysItIs: [own?.product_family_code, own?.version, own?.[CANVAS_ACCOUNT]].filter(Boolean).join(', '),
    messages: own?.messages_supported.map(({ type }) => type) ?? [],
  };
};
