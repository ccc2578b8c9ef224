import type { Hono } from 'hono';
import type * as z from 'zod';
import type { Env } from './context.ts';
import { bodyOf } from './control.ts';
import * as take from './control-schemas.ts';
import { clientFor, loginInitiation, makeHint } from './initiate.ts';
import { foreignKey, sign, signWithPublicKey, unsigned } from './keys.ts';
import { messageClaims } from './message.ts';
import { pick } from './pick.ts';
import type { Platform } from './platforms.ts';
import { startRegistration } from './registration.ts';

const at = '/platforms/:id';
type Signing = Pick<z.output<typeof take.jwtBody>, 'header' | 'key'>;

const signAs = async ({ keys }: Platform, claims: object, { key, header }: Signing): Promise<string> => {
  if (key === 'none') return unsigned(claims, header);
  if (key === 'hs256-public') return signWithPublicKey(keys.current, claims);
  const signer = { current: keys.current, next: keys.next, foreign: await foreignKey() }[key];
  return sign(signer, claims, header);
};

/** The claim's full name: a claim of LTI may be named by its last part. */
const fullName = (claims: object, name: string): string =>
  name in claims ? name : (Object.keys(claims).find((one) => one.endsWith(`/claim/${name}`)) ?? name);

/** Launches, tokens and forgeries. */
export const addControlOfMessages = (app: Hono<Env>): void => {
  app.post(`${at}/jwt`, async (c) => {
    const { claims, ...signing } = await bodyOf(c, take.jwtBody);
    return c.json({ token: await signAs(c.get('platform'), claims, signing) });
  });

  app.post(`${at}/launch`, async (c) => {
    const platform = c.get('platform');
    return c.json(loginInitiation(platform, makeHint(platform, await bodyOf(c, take.launchBody))));
  });

  app.post(`${at}/id-token`, async (c) => {
    const platform = c.get('platform');
    const { nonce, omit, set, header, key, ...wish } = await bodyOf(c, take.idTokenBody);
    const hint = makeHint(platform, wish);
    const user = pick(platform.users, wish.user, 'user');
    const claims = messageClaims(platform, clientFor(platform, hint.clientId), user, hint, nonce);
    for (const [name, value] of Object.entries(set)) claims[fullName(claims, name)] = value;
    for (const name of omit) delete claims[fullName(claims, name)];
    return c.json({ token: await signAs(platform, claims, { header, key }), claims });
  });

  app.post(`${at}/registration`, async (c) => {
    const { url } = await bodyOf(c, take.registrationBody);
    return c.json(startRegistration(c.get('platform'), url), 201);
  });
};
