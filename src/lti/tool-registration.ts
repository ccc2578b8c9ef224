import * as z from 'zod';
import type { Catalogue } from '../catalogue/shapes.ts';
import { lazily } from '../lazily.ts';
import { canvasPlacements } from '../lms/canvas-configuration.ts';
import { historyFields, toolAddresses } from '../lms/tool.ts';
import type { Offer } from './platform-configuration.ts';

const TOOL = 'https://purl.imsglobal.org/spec/lti-tool-configuration';

/** Canvas wants each message with its places in Canvas. */
const canvasMessages = (label: string, target: string) =>
  [...new Set(canvasPlacements.map(({ messageType }) => messageType))].map((type) => ({
    type,
    target_link_uri: target,
    label,
    roles: [],
    custom_parameters: {},
    placements: canvasPlacements.filter(({ messageType }) => messageType === type).map(({ placement }) => placement),
    'https://canvas.instructure.com/lti/course_navigation/default_enabled': false,
  }));

const messages = (label: string, target: string, supported: readonly string[]) =>
  [
    { type: 'LtiResourceLinkRequest', target_link_uri: target, label },
    { type: 'LtiDeepLinkingRequest', target_link_uri: target, label, placements: ['ContentArea'] },
    { type: 'LtiSubmissionReviewRequest', target_link_uri: target, label },
  ].filter(({ type }) => supported.length === 0 || type === 'LtiResourceLinkRequest' || supported.includes(type));

/**
 * What the tool says of itself to a platform that registers it (LTI Dynamic Registration 1.0, 3.5.2). It asks for
 * nobody's name or address. Canvas wants every member; Moodle a `domain` with the port of `target_link_uri`.
 */
export const toolRegistration = (
  { module }: Pick<Catalogue, 'module'>,
  { product, messages: supported }: Pick<Offer, 'product' | 'messages'>,
  origin: string,
  platformId: string,
) => {
  const tool = toolAddresses(origin, platformId);
  const target = tool.targetLinkUri;
  const onCanvas = product === 'canvas';
  return {
    application_type: 'web',
    client_name: module.title,
    client_uri: origin,
    grant_types: ['implicit', 'client_credentials'],
    response_types: ['id_token'],
    initiate_login_uri: tool.loginUrl,
    redirect_uris: tool.redirectUris,
    jwks_uri: tool.jwksUrl,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: tool.scopes.join(' '),
    [TOOL]: {
      domain: tool.domain,
      description: module.question,
      target_link_uri: target,
      claims: ['iss', 'sub'],
      custom_parameters: { ...historyFields },
      messages: onCanvas ? canvasMessages(module.title, target) : messages(module.title, target, supported),
      ...(onCanvas
        ? {
            'https://canvas.instructure.com/lti/privacy_level': 'anonymous',
            'https://canvas.instructure.com/lti/tool_id': module.id,
          }
        : {}),
    },
  };
};

const identifier = z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^[\x21-\x7e]{1,255}$/));
const registered = lazily(() =>
  z.object({
    client_id: identifier,
    [TOOL]: z
      .object({ deployment_id: identifier.optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
);

/** The client id and, where the platform gives it now, the deployment; `null` for an answer that is no registration. */
export const readRegistered = (body: unknown): { clientId: string; deploymentId: string | null } | null => {
  const { data } = registered().safeParse(body);
  return data ? { clientId: data.client_id, deploymentId: data[TOOL]?.deployment_id ?? null } : null;
};
