import { opaque } from './keys.ts';
import { type Client, newId, type Platform, profileOf } from './platforms.ts';
import { allScopes } from './scopes.ts';

export type ClientWish = {
  toolUrl: string;
  clientId?: string;
  deploymentId?: string;
  name?: string;
  active?: boolean;
  scopes?: string[];
};

/** The usual addresses of the tool. */
export const toolAddresses = (toolUrl: string) => ({
  redirectUris: [`${toolUrl}/lti/launch`],
  targetLinkUri: `${toolUrl}/lti/launch`,
  initiateLoginUri: `${toolUrl}/lti/login`,
  jwksUri: `${toolUrl}/lti/jwks.json`,
});

/** A tool at its usual addresses, entered by hand as an administrator does. */
export const addClient = (platform: Platform, wish: ClientWish): Client => {
  const client: Client = {
    clientId: wish.clientId ?? newClientId(platform),
    name: wish.name ?? 'cmgrclass',
    deploymentIds: [wish.deploymentId ?? newId(platform)],
    active: wish.active ?? true,
    ...toolAddresses(wish.toolUrl),
    scopes: wish.scopes ?? allScopes,
    assertions: {},
  };
  platform.clients.push(client);
  return client;
};

/** A client id in the platform's manner: Moodle's are 15 letters and digits, Canvas's long numbers. */
export const newClientId = (platform: Platform): string => {
  const letters = opaque().replace(/[^A-Za-z0-9]/g, '');
  if (profileOf(platform).name !== 'canvas') return letters.slice(0, 15);
  return `10000000000${Number.parseInt(Buffer.from(letters).toString('hex').slice(0, 10), 16) % 1_000_000}`;
};
