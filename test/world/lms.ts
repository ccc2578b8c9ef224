import { env } from 'cloudflare:workers';
import { v7 } from 'uuid';
import { renewKeys } from '../../src/lms/keys.ts';
import type { Json, World } from './world.ts';

export type PlatformWish = {
  profile?: 'moodle' | 'canvas' | 'd2l' | 'blackboard' | 'sakai' | 'hostile';
  /** false: nobody has entered the tool yet, there or here. */
  registered?: boolean;
  toolUrl?: string;
  clientId?: string;
  deploymentId?: string;
  scopes?: string[];
  privacy?: boolean;
  pageSize?: number;
  storageTarget?: string;
};

export type LaunchWish = {
  user: string;
  link?: string;
  context?: string;
  message?: 'resource-link' | 'deep-linking' | 'submission-review';
  clientId?: string;
  deploymentId?: string;
  lineItem?: string;
  forUser?: string;
  targetLinkUri?: string;
  settings?: Record<string, unknown>;
};

export type Faults = {
  kinds: string[];
  rate?: number;
  endpoints?: string[];
  retryAfter?: number;
  delayMs?: number;
  count?: number;
  seed?: number;
};

/** The fields of the form on a page. */
export const fieldsOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
      name!,
      value!.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    ]),
  );

/**
 * A platform of its own on the run's pretend LMS, known to the world's institution: active, with one deployment. Its clock
 * follows the world's with each call made here; `sync` does only that. What it can do: test/lms/control.ts.
 */
export const newPlatform = async (world: World, wish: PlatformWish = {}) => {
  const control = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const response = await fetch(`${env.LMS_URL}/control/platforms${path}`, {
      method,
      headers: { 'x-lms-clock': String(world.clock.now) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: Json = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const profile = wish.profile ?? 'moodle';
  const platform = await control('POST', '', { toolUrl: 'http://localhost', ...wish, profile });
  const of = (method: string, path: string, body?: unknown) => control(method, `/${platform.id}${path}`, body);

  /** Gives the platform the tool's keys as they are now: in these tests nothing listens at the tool's address. */
  const trustTool = async (clientId: string = platform.clientId) => {
    await renewKeys(world.deps);
    const { body } = await world.request(null, 'GET', '/lti/jwks.json');
    await of('PATCH', `/clients/${clientId}`, { jwks: body });
  };

  const rows = { platform: v7(), deployment: v7() };
  if (platform.clientId) {
    await trustTool();
    const { issuer, clientId, authUrl, tokenUrl, tokenAudience, jwksUrl, deploymentId } = platform;
    const product = profile === 'hostile' ? 'other' : profile;
    const audience = tokenAudience === tokenUrl ? null : tokenAudience;
    const known = [rows.platform, world.institution, 'A pretend LMS', product, issuer, clientId];
    await world.db.$client.batch([
      {
        sql: `insert into platform (id, institution_id, name, product, state, issuer, client_id, auth_url, token_url,
          token_audience, jwks_url, created_at) values (?, ?, ?, ?, 'active', ?, ?, ?, ?, ?, ?, ?)`,
        args: [...known, authUrl, tokenUrl, audience, jwksUrl, world.clock.now],
      },
      {
        sql: `insert into deployment (id, institution_id, platform_id, deployment_id, state, created_at)
          values (?, ?, ?, ?, 'active', ?)`,
        args: [rows.deployment, world.institution, rows.platform, deploymentId, world.clock.now],
      },
    ]);
  }

  const user = (names: Record<string, unknown> = {}) => of('POST', '/users', names);
  const items = async (path: string): Promise<Json[]> => (await of('GET', path)).items;
  return {
    /** What the LMS calls itself, and where its parts are. */
    ...platform,
    /** The ids of our rows. */
    rows,
    of,
    trustTool,
    user,
    /** A course there with its people: `await platform.course({ Ines: 'Instructor', Sam: 'Learner' })`. */
    course: async (people: Record<string, string> = {}) => {
      const made: Record<string, Json> = {};
      for (const name of Object.keys(people)) made[name] = await user({ name, email: `${name}@school.example` });
      const members = Object.entries(people).map(([name, role]) => ({ user: made[name].id, roles: [role] }));
      const context = await of('POST', '/contexts', { members });
      return { ...context, people: made };
    },
    /** A course with so many nameless learners. */
    crowd: (learners: number) => of('POST', '/contexts', { learners }),
    enrol: (context: string, who: string, roles: string[], status?: string) =>
      of('PUT', `/contexts/${context}/members`, { user: who, roles, status }),
    copy: (context: string) => of('POST', `/contexts/${context}/copy`),
    link: (context: string, link: Record<string, unknown> = {}) => of('POST', '/links', { context, ...link }),
    client: (client: Record<string, unknown> = {}) =>
      of('POST', '/clients', { toolUrl: 'http://localhost', ...client }),
    change: (clientId: string, changes: Record<string, unknown>) => of('PATCH', `/clients/${clientId}`, changes),
    /** What the platform would post to the tool's login address. */
    launch: (launch: LaunchWish): Promise<{ url: string; params: Record<string, string> }> =>
      of('POST', '/launch', launch),
    /** A right id token, varied; claims of LTI may be named by their last part. */
    idToken: (
      token: LaunchWish & {
        nonce: string;
        omit?: string[];
        set?: Record<string, unknown>;
        header?: Record<string, unknown>;
        key?: string;
      },
    ): Promise<{ token: string; claims: Json }> => of('POST', '/id-token', token),
    /** Whatever a negative test needs, signed with no checks. */
    jwt: async (claims: object, signing: { header?: object; key?: string } = {}): Promise<string> =>
      (await of('POST', '/jwt', { claims, ...signing })).token,
    /** Goes to the authentication address as the browser does; what the answer posts to the tool. */
    authorize: async (url: string): Promise<Record<string, string>> => fieldsOf(await (await fetch(url)).text()),
    registration: (url?: string) => of('POST', '/registration', { url }),
    gradebook: async (): Promise<Json[]> => (await of('GET', '/gradebook')).lineItems,
    scores: (lineItem: string, who?: string) => items(`/scores?lineItem=${lineItem}${who ? `&user=${who}` : ''}`),
    requests: () => items('/requests'),
    lineItems: () => items('/line-items'),
    links: () => items('/links'),
    deepLinks: () => items('/deep-links'),
    mark: (lineItem: string, who: string, score: number | null, comment?: string) =>
      of('PUT', '/marks', { lineItem, user: who, score, comment }),
    faults: (plan: Faults | undefined) => (plan ? of('PUT', '/faults', plan) : of('DELETE', '/faults')),
    stop: () => of('PUT', '/stopped', { stopped: true }),
    start: () => of('PUT', '/stopped', { stopped: false }),
    rotateKeys: (forget = false) => of('POST', '/keys/rotate', { forget }),
    jwksMode: (mode: string) => of('PUT', '/jwks-mode', { mode }),
    paging: (mode: { pageSize?: number; next?: 'ok' | 'foreign' | 'endless' }) => of('PUT', '/paging', mode),
    /** Tampers with what the OpenID configuration says. */
    configuration: (members: Record<string, unknown>) => of('PUT', '/configuration', members),
    tokenLife: (lifeSeconds: number) => of('PUT', '/tokens', { lifeSeconds }),
    revokeTokens: () => of('POST', '/tokens/revoke'),
    sync: () => of('GET', '/users'),
  };
};
