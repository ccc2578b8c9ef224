import { seedDemo } from '../test/lms/demo.ts';
import { addressesOf, type Platform } from '../test/lms/platforms.ts';
import { type ProfileName, profiles } from '../test/lms/profiles.ts';
import { startLms } from '../test/lms/server.ts';

const call = async (url: string, key: string, method: string, body?: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
};

/** Makes the platform known to the tool, as an administrator does by hand, and approves it. Nothing where that is done. */
const register = async (platform: Platform, toolUrl: string, key: string): Promise<void> => {
  const { issuer, product } = { issuer: platform.issuer, product: platform.profileName };
  const client = platform.clients[0];
  if (!client) return;
  const { items } = (await call(`${toolUrl}/v1/platforms?limit=200`, key, 'GET')) as {
    items: { issuer: string | null; clientId: string | null }[];
  };
  if (items.some((one) => one.issuer === issuer && one.clientId === client.clientId)) return;
  const { authUrl, tokenUrl, tokenAudience, jwksUrl } = addressesOf(platform);
  const made = await call(`${toolUrl}/v1/platforms`, key, 'POST', {
    name: platform.title,
    product: product === 'hostile' ? 'other' : product,
    issuer,
    clientId: client.clientId,
    authUrl,
    tokenUrl,
    jwksUrl,
    ...(tokenAudience === tokenUrl ? {} : { tokenAudience }),
    deploymentIds: client.deploymentIds,
  });
  await call(`${toolUrl}/v1/platforms/${made.id}/approval`, key, 'PUT');
};

/**
 * Starts the pretend LMS beside the Worker, with a course, people, and the tool registered there and it here. `profile`
 * is the LMS that it behaves like. Gives its address.
 */
export const startDemoLms = async (options: {
  port: number;
  dataFile: string;
  profile: string;
  toolUrl: string;
  key: string;
}): Promise<{ url: string; stop: () => Promise<void> }> => {
  const { port, dataFile, profile, toolUrl, key } = options;
  if (!Object.hasOwn(profiles, profile))
    throw new Error(`LMS_PROFILE is one of ${Object.keys(profiles).join(', ')}, not ${profile}`);
  const { url, lms, stop } = await startLms({ port, dataFile }).catch((error: Error) => {
    throw new Error(`the pretend LMS cannot listen on port ${port}: choose another with LMS_PORT (${error.message})`);
  });
  try {
    await register(await seedDemo(lms, profile as ProfileName, toolUrl), toolUrl, key);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};
