import type { Catalogue } from '../catalogue/shapes.ts';
import { historyFields, toolAddresses } from './tool.ts';

const DEEP_LINKING = 'LtiDeepLinkingRequest';

/** Where Canvas offers the tool: content is chosen in two places; the course's navigation shows it to who turns it on. */
export const canvasPlacements = [
  { placement: 'assignment_selection', messageType: DEEP_LINKING },
  { placement: 'link_selection', messageType: DEEP_LINKING },
  { placement: 'course_navigation', messageType: 'LtiResourceLinkRequest' },
] as const;

/**
 * The tool as a Canvas developer key in JSON ("Enter URL"), by Canvas's own documentation of it. Asks for nobody's name: the
 * administrator may choose another privacy level.
 */
export const canvasConfiguration = (
  { module }: Pick<Catalogue, 'module'>,
  origin: string,
  platformId: string | undefined,
) => {
  const tool = toolAddresses(origin, platformId);
  return {
    title: module.title,
    description: module.question,
    oidc_initiation_url: tool.loginUrl,
    target_link_uri: tool.targetLinkUri,
    public_jwk_url: tool.jwksUrl,
    scopes: tool.scopes,
    custom_fields: { ...historyFields },
    extensions: [
      {
        platform: 'canvas.instructure.com',
        domain: tool.domain,
        tool_id: module.id,
        privacy_level: 'anonymous',
        settings: {
          text: module.title,
          placements: canvasPlacements.map(({ placement, messageType }) => ({
            placement,
            message_type: messageType,
            target_link_uri: tool.targetLinkUri,
            text: module.title,
            ...(placement === 'course_navigation' ? { default: 'disabled' } : {}),
          })),
        },
      },
    ],
  };
};
