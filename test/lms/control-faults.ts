import type { Hono } from 'hono';
import type { Env } from './context.ts';
import { bodyOf } from './control.ts';
import * as take from './control-schemas.ts';
import { rotateKeys } from './key-set.ts';

const at = '/platforms/:id';

/** Whatever can go wrong with a platform, on demand. */
export const addControlOfFaults = (app: Hono<Env>): void => {
  app.get(`${at}/requests`, (c) => c.json({ items: c.get('platform').calls }));
  app.put(`${at}/faults`, async (c) => {
    const { seed, ...plan } = await bodyOf(c, take.faultsBody);
    c.get('platform').faults = { ...plan, state: seed };
    return c.json({});
  });
  app.delete(`${at}/faults`, (c) => {
    c.get('platform').faults = undefined;
    return c.json({});
  });
  app.put(`${at}/stopped`, async (c) => {
    const { stopped } = await bodyOf(c, take.stoppedBody);
    c.get('platform').stopped = stopped;
    return c.json({ stopped });
  });
  app.put(`${at}/tokens`, async (c) => {
    c.get('platform').tokenSeconds = (await bodyOf(c, take.tokensBody)).lifeSeconds;
    return c.json({});
  });
  app.post(`${at}/tokens/revoke`, (c) => {
    c.get('platform').tokens = {};
    return c.json({});
  });
  app.put(`${at}/clock`, async (c) => {
    const { offsetMs = 0, standsAt } = await bodyOf(c, take.clockBody);
    c.get('platform').clock = { offsetMs, standsAt };
    return c.json({});
  });
  app.post(`${at}/keys/rotate`, async (c) => {
    const platform = c.get('platform');
    await rotateKeys(platform, (await bodyOf(c, take.rotateBody)).forget);
    return c.json({ kid: platform.keys.current.kid });
  });
  app.put(`${at}/jwks-mode`, async (c) => {
    c.get('platform').jwksMode = (await bodyOf(c, take.jwksModeBody)).mode;
    return c.json({});
  });
  app.put(`${at}/paging`, async (c) => {
    const platform = c.get('platform');
    const { pageSize = platform.pageSize, next } = await bodyOf(c, take.pagingBody);
    Object.assign(platform, { pageSize, nextMode: next });
    return c.json({});
  });
  app.put(`${at}/configuration`, async (c) => {
    c.get('platform').configuration = await bodyOf(c, take.configurationBody);
    return c.json({});
  });
  app.put(`${at}/storage-mode`, async (c) => {
    c.get('platform').storageMode = (await bodyOf(c, take.storageModeBody)).mode;
    return c.json({});
  });
};
