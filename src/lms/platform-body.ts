import * as z from 'zod';
import type { Config } from '../config.ts';
import { lazily } from '../lazily.ts';
import type { DeploymentRow } from './deployment-store.ts';
import { refusedUrl } from './outgoing.ts';
import type { PlatformRow } from './platform-store.ts';
import { products } from './products.ts';
import { toolAddresses, toolSchema } from './tool.ts';

const maybe = z.string().nullable();
const time = z.iso.datetime();

export const platformSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      name: z.string(),
      product: z.enum(products),
      state: z.enum(['invited', 'pending', 'active', 'disabled']),
      issuer: maybe,
      clientId: maybe,
      authUrl: maybe,
      tokenUrl: maybe,
      jwksUrl: maybe,
      tokenAudience: maybe.describe('What our assertions name as their audience; null: the token URL'),
      approvesDeployments: z.boolean(),
      allowsAnonymous: z.boolean(),
      pendingDeployments: z.number(),
      createdAt: time,
      tool: toolSchema(),
    })
    .meta({ id: 'Platform' }),
);

export const deploymentSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      deploymentId: z.string().describe('What the platform calls it'),
      state: z.enum(['pending', 'active', 'disabled']),
      createdAt: time,
    })
    .meta({ id: 'Deployment' }),
);

/** A platform for JSON, with everything that its administrator pastes into the LMS. */
export const platformBody = (row: PlatformRow, origin: string) => {
  const { institutionId: _, revision: __, inviteExpiresAt: ___, pausedUntil: ____, ...told } = row;
  const configurationUrl = `${origin}/lti/config/canvas.json?platform=${row.id}`;
  return {
    ...told,
    approvesDeployments: row.approvesDeployments === 1,
    allowsAnonymous: row.allowsAnonymous === 1,
    createdAt: new Date(row.createdAt).toISOString(),
    tool: { ...toolAddresses(origin, row.id), ...(row.product === 'canvas' ? { configurationUrl } : {}) },
  };
};

export const deploymentBody = ({ id, deploymentId, state, createdAt }: DeploymentRow) => ({
  id,
  deploymentId,
  state,
  createdAt: new Date(createdAt).toISOString(),
});

const name = z.string().trim().min(1).max(200);
const url = z.string().max(2000);
/** A client id or a deployment id: 255 ASCII characters at most (LTI 1.3 Core, 5.3.3; OpenID Connect Core 1.0, 2). */
export const identifierSchema = lazily(() =>
  z.string().regex(/^[\x21-\x7e]{1,255}$/, 'give 1 to 255 visible ASCII characters'),
);

export const invitedSchema = lazily(() =>
  z.strictObject({ name, product: z.enum(products).default('other') }).meta({ id: 'NewPlatformInvitation' }),
);

/** What can be said of a platform's connection, and of our policy towards it. */
const settings = lazily(
  () =>
    z
      .object({
        issuer: identifierSchema().refine((issuer) => URL.canParse(issuer), 'it is not an address'),
        clientId: identifierSchema(),
        authUrl: url,
        tokenUrl: url,
        jwksUrl: url,
        tokenAudience: identifierSchema().nullable(),
        approvesDeployments: z.boolean().describe('Approve at once what a launch brings'),
        allowsAnonymous: z.boolean(),
      })
      .partial().shape,
);

export const newPlatformSchema = lazily(() =>
  z
    .strictObject({
      ...invitedSchema().shape,
      siteUrl: url
        .optional()
        .describe("The LMS's own address, from which moodle, canvas, d2l and sakai know what is left out here"),
      ...settings(),
      clientId: identifierSchema(),
      deploymentIds: z.array(identifierSchema()).max(200).default([]),
    })
    .meta({ id: 'NewPlatform' }),
);

export const platformChangeSchema = lazily(() =>
  z
    .strictObject({ name: name.optional(), product: z.enum(products).optional(), ...settings() })
    .meta({ id: 'PlatformChange' }),
);

/** What is wrong with addresses that are to be called or opened: missing (`undefined`), or not to be called. */
export const addressFaults = ({ allowsLoopback }: Config, urls: Readonly<Record<string, string | undefined>>) =>
  Object.entries(urls).flatMap(([field, address]) => {
    const detail = address === undefined ? MISSING : refusedUrl(address, allowsLoopback);
    return detail === null ? [] : [{ pointer: `/${field}`, detail }];
  });

const MISSING = 'it is missing; of moodle, canvas, d2l and sakai siteUrl says nearly all';
