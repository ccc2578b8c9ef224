import { opaque } from './keys.ts';
import { addressesOf, type Platform, profileOf } from './platforms.ts';

/** What an administrator's "register a tool" starts: the two parameters, and the tool's address with them. */
export const startRegistration = (platform: Platform, url: string | undefined) => {
  const { sendsToken, tokenForConfiguration } = profileOf(platform).registration;
  const token = opaque();
  platform.registrations[token] = 'open';
  const configuration = new URL(addressesOf(platform).configurationUrl);
  if (tokenForConfiguration) configuration.searchParams.set('registration_token', token);
  const parameters: Record<string, string> = {
    openid_configuration: configuration.href,
    ...(sendsToken ? { registration_token: token } : {}),
  };
  if (!url) return { openidConfiguration: configuration.href, registrationToken: parameters.registration_token };
  const full = new URL(url);
  for (const [name, value] of Object.entries(parameters)) full.searchParams.set(name, value);
  return {
    openidConfiguration: configuration.href,
    registrationToken: parameters.registration_token,
    url: full.href,
  };
};
