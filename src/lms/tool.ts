import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { agsScopes } from './line-items.ts';
import { rosterScope } from './members.ts';

/** The services that the tool asks for: grades and the roster. */
const toolScopes: readonly string[] = [...Object.values(agsScopes), rosterScope];

/** What every link carries, so that a copied course finds its grades: the ids it was copied from (LTI 1.3 Core, appendix B). */
export const historyFields = {
  resource_link_history: '$ResourceLink.id.history',
  context_history: '$Context.id.history',
} as const;

export const toolSchema = lazily(() =>
  z
    .object({
      loginUrl: z.string().describe('OpenID Connect login initiation URL, of this platform alone'),
      launchUrl: z.string().describe('Launch URL; the same for everything'),
      targetLinkUri: z.string(),
      deepLinkingUrl: z.string().describe('Content selection URL'),
      redirectUris: z.array(z.string()),
      jwksUrl: z.string().describe('Public keyset URL'),
      domain: z.string(),
      scopes: z.array(z.string()),
      customFields: z.record(z.string(), z.string()).describe('Custom parameters, a line each: name=value'),
      configurationUrl: z.string().optional().describe('Canvas: the developer key by URL'),
    })
    .meta({ id: 'ToolAddresses', description: 'What an administrator pastes into the LMS' }),
);

/** Everything that an administrator enters in the LMS for the tool at `origin`; `platformId` left out: what fits any platform. */
export const toolAddresses = (origin: string, platformId?: string) => {
  const launchUrl = `${origin}/lti/launch`;
  return {
    loginUrl: platformId === undefined ? `${origin}/lti/login` : `${origin}/lti/login/${platformId}`,
    launchUrl,
    targetLinkUri: launchUrl,
    deepLinkingUrl: launchUrl,
    redirectUris: [launchUrl],
    jwksUrl: `${origin}/lti/jwks.json`,
    domain: new URL(origin).host,
    scopes: [...toolScopes],
    customFields: { ...historyFields },
  };
};
