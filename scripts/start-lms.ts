import { seedDemo } from '../test/lms/demo.ts';
import { addressesOf, type Lms, type Platform } from '../test/lms/platforms.ts';
import { type ProfileName, profiles } from '../test/lms/profiles.ts';
import { startLms } from '../test/lms/server.ts';
import { apiAt } from './api.ts';

/** Makes the platform known to the tool, as an administrator does by hand, and approves it. Nothing where that is done. */
export const register = async (platform: Platform, toolUrl: string, key: string): Promise<void> => {
  const { issuer, product } = { issuer: platform.issuer, product: platform.profileName };
  const client = platform.clients[0];
  if (!client) return;
  const send = apiAt(toolUrl);
  const known = await send<{ items: { issuer: string | null; clientId: string | null }[] }>(
    key,
    'GET',
    '/v1/platforms?limit=200',
  );
  if (known.body.items.some((one) => one.issuer === issuer && one.clientId === client.clientId)) return;
  const { authUrl, tokenUrl, tokenAudience, jwksUrl } = addressesOf(platform);
  const made = await send(key, 'POST', '/v1/platforms', {
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
  await send(key, 'PUT', `/v1/platforms/${made.body.id}/approval`);
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
}): Promise<{ url: string; lms: Lms; stop: () => Promise<void> }> => {
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
  return { url, lms, stop };
};
