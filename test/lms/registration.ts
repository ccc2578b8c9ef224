import * as z from 'zod';
import { newClientId } from './clients.ts';
import type { Ctx } from './context.ts';
import { opaque } from './keys.ts';
import { addressesOf, type Client, newId, type Platform, profileOf } from './platforms.ts';
import { demand, refuse } from './refuse.ts';
import { allScopes } from './scopes.ts';

// LTI Dynamic Registration 1.0.
const toolConfiguration = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const platformConfiguration = 'https://purl.imsglobal.org/spec/lti-platform-configuration';

/** What an administrator's "register a tool" starts: the two parameters, and the tool's address with them. */
export const startRegistration = (platform: Platform, url: string | undefined) => {
  const { sendsToken, tokenForConfiguration } = profileOf(platform).registration;
  const token = opaque();
  platform.registrations[token] = 'open';
  const configuration = new URL(addressesOf(platform).configurationUrl);
  if (tokenForConfiguration) configuration.searchParams.set('registration_token', token);
  const parameters = {
    openid_configuration: configuration.href,
    ...(sendsToken ? { registration_token: token } : {}),
  };
  const full = url === undefined ? undefined : new URL(url);
  for (const [name, value] of Object.entries(parameters)) full?.searchParams.set(name, value);
  return {
    openidConfiguration: configuration.href,
    ...(sendsToken ? { registrationToken: token } : {}),
    ...(full ? { url: full.href } : {}),
  };
};

const bearerOf = (c: Ctx): string | undefined => /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];

/** The platform's OpenID configuration (section 3.4). */
export const describePlatform = (c: Ctx) => {
  const platform = c.get('platform');
  const { product, version, tokenAudience, deepLink, registration, sharesNames } = profileOf(platform);
  const token = c.req.query('registration_token') ?? bearerOf(c);
  demand(
    !registration.tokenForConfiguration || (token && platform.registrations[token]),
    401,
    'the configuration is given with the registration token only',
  );
  const { authUrl, tokenUrl, jwksUrl } = addressesOf(platform);
  return c.json({
    issuer: platform.issuer,
    authorization_endpoint: authUrl,
    token_endpoint: tokenUrl,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    jwks_uri: jwksUrl,
    registration_endpoint: `${platform.issuer}/register`,
    scopes_supported: ['openid', ...allScopes],
    response_types_supported: ['id_token'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'iss', ...(sharesNames ? ['name', 'given_name', 'family_name', 'email'] : [])],
    ...(tokenAudience ? { authorization_server: tokenAudience } : {}),
    [platformConfiguration]: {
      product_family_code: product,
      version,
      messages_supported: [
        { type: 'LtiResourceLinkRequest' },
        { type: 'LtiDeepLinkingRequest', placements: [deepLink.placement] },
        { type: 'LtiSubmissionReviewRequest' },
      ],
      variables: ['User.id', 'Context.id', 'Context.id.history', 'ResourceLink.id', 'ResourceLink.id.history'],
    },
    ...platform.configuration,
  });
};

const text = z.string().min(1);
const message = z.looseObject({
  type: text,
  target_link_uri: z.url().optional(),
  placements: z.array(text).optional(),
});
const wanted = z.looseObject({
  application_type: z.literal('web'),
  response_types: z.array(text).refine((types) => types.includes('id_token'), 'must hold id_token'),
  grant_types: z
    .array(text)
    .refine(
      (types) => ['implicit', 'client_credentials'].every((one) => types.includes(one)),
      'must hold implicit and client_credentials',
    ),
  initiate_login_uri: z.url(),
  redirect_uris: z.array(z.url()).min(1),
  client_name: text,
  jwks_uri: z.url(),
  token_endpoint_auth_method: z.literal('private_key_jwt'),
  scope: z.string().default(''),
  [toolConfiguration]: z.looseObject({
    domain: text,
    target_link_uri: z.url(),
    claims: z.array(text).default([]),
    messages: z.array(message).default([]),
    custom_parameters: z.record(z.string(), z.string()).optional(),
  }),
});

type Wanted = z.output<typeof wanted>;
type Tool = { domain: string; target_link_uri: string; claims: string[]; messages: z.output<typeof message>[] };

const checkProfile = (platform: Platform, body: Record<string, unknown>, tool: Tool): void => {
  const { everyMember, domainIsHost } = profileOf(platform).registration;
  const { host } = new URL(tool.target_link_uri);
  if (domainIsHost)
    demand(tool.domain === host, 400, `domain must be the host of target_link_uri, ${host}, with its port`);
  else demand(tool.domain === host || tool.domain === host.split(':')[0], 400, `domain ${tool.domain} is not ${host}`);
  if (!everyMember) return;
  const given = body[toolConfiguration] as Record<string, unknown>;
  for (const name of ['messages', 'claims', 'domain', 'target_link_uri'])
    demand(given[name] !== undefined, 422, `${toolConfiguration}: ${name} is required`);
  demand(typeof body.scope === 'string', 422, 'scope is required');
  for (const one of tool.messages) demand(one.placements?.length, 422, `messages: ${one.type} needs placements`);
};

const takeToken = (c: Ctx, platform: Platform): void => {
  const { sendsToken } = profileOf(platform).registration;
  if (!sendsToken) {
    const open = Object.keys(platform.registrations).find((one) => platform.registrations[one] === 'open');
    demand(open, 401, 'no registration was started here');
    platform.registrations[open] = 'used';
    return;
  }
  const token = bearerOf(c);
  const state = token ? platform.registrations[token] : undefined;
  demand(token && state, 401, 'Authorization: Bearer and the registration token is missing or wrong');
  if (state === 'used') refuse(401, 'token_already_used', { 'content-type': 'text/plain' });
  platform.registrations[token] = 'used';
};

/** The registration endpoint (section 3.5): the tool is pending until somebody activates it here. */
export const register = async (c: Ctx) => {
  const platform = c.get('platform');
  takeToken(c, platform);
  demand((c.req.header('content-type') ?? '').startsWith('application/json'), 400, 'the body must be application/json');
  const body = (await c.req.json().catch(() => refuse(400, 'the body is not JSON'))) as Record<string, unknown>;
  const { data, error } = wanted.safeParse(body);
  if (error) return refuse(platform.profileName === 'canvas' ? 422 : 400, z.prettifyError(error));
  const tool = data[toolConfiguration] as Tool;
  checkProfile(platform, body, tool);
  const client = addRegistered(platform, data, tool);
  const { returnsDeployment } = profileOf(platform).registration;
  const deployment = returnsDeployment ? { deployment_id: client.deploymentIds[0] } : {};
  return c.json({ ...data, client_id: client.clientId, [toolConfiguration]: { ...tool, ...deployment } });
};

const addRegistered = (platform: Platform, data: Wanted, tool: Tool): Client => {
  const client: Client = {
    clientId: newClientId(platform),
    name: data.client_name,
    deploymentIds: [newId(platform)],
    active: false,
    redirectUris: data.redirect_uris,
    targetLinkUri: tool.target_link_uri,
    initiateLoginUri: data.initiate_login_uri,
    jwksUri: data.jwks_uri,
    scopes: data.scope.split(' ').filter((scope) => allScopes.includes(scope)),
    assertions: {},
  };
  platform.clients.push(client);
  return client;
};
