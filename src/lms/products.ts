export const products = ['moodle', 'canvas', 'd2l', 'blackboard', 'sakai', 'other'] as const;
export type Product = (typeof products)[number];

/** What we must know of a platform to be launched by it and to call it. `tokenAudience`: `null` where it is the token URL. */
export type Connection = {
  issuer: string;
  clientId: string;
  authUrl: string;
  tokenUrl: string;
  jwksUrl: string;
  tokenAudience: string | null;
};

type Given = { issuer?: string | undefined; clientId?: string | undefined; siteUrl?: string | undefined };
type Preset = (given: Given) => Partial<Connection>;

/** The addresses of an LMS that holds all of them below its own. */
const onSite =
  (paths: Partial<Record<'authUrl' | 'tokenUrl' | 'jwksUrl', string>>): Preset =>
  ({ siteUrl }) => {
    const site = siteUrl?.replace(/\/+$/, '');
    if (site === undefined) return {};
    return {
      issuer: site,
      ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, `${site}${path}`])),
    };
  };

const selfHostedCanvas = onSite({
  authUrl: '/api/lti/authorize_redirect',
  tokenUrl: '/login/oauth2/token',
  jwksUrl: '/api/lti/security/jwks',
});

/** Instructure's cloud is one issuer for all of its customers, in three environments: production, beta and test. */
const canvasCloud = /^https:\/\/(?:[\w-]+\.)+?(?:(beta|test)\.)?instructure\.com\/?$/;

const canvas: Preset = (given) => {
  const [cloud, environment] =
    canvasCloud.exec(given.issuer ?? given.siteUrl ?? 'https://canvas.instructure.com') ?? [];
  if (cloud === undefined) return selfHostedCanvas(given);
  const of = environment === undefined ? '' : `${environment}.`;
  return {
    issuer: `https://canvas.${of}instructure.com`,
    authUrl: `https://sso.${of}canvaslms.com/api/lti/authorize_redirect`,
    tokenUrl: `https://sso.${of}canvaslms.com/login/oauth2/token`,
    jwksUrl: `https://sso.${of}canvaslms.com/api/lti/security/jwks`,
  };
};

const blackboard: Preset = ({ clientId }) => ({
  issuer: 'https://blackboard.com',
  authUrl: 'https://developer.blackboard.com/api/v1/gateway/oidcauth',
  tokenUrl: 'https://developer.blackboard.com/api/v1/gateway/oauth2/jwttoken',
  ...(clientId === undefined
    ? {}
    : {
        jwksUrl: `https://developer.blackboard.com/api/v1/management/applications/${encodeURIComponent(clientId)}/jwks.json`,
      }),
});

const d2l: Preset = (given) => ({
  ...onSite({ authUrl: '/d2l/lti/authenticate', jwksUrl: '/d2l/.well-known/jwks' })(given),
  tokenUrl: 'https://auth.brightspace.com/core/connect/token',
  tokenAudience: 'https://api.brightspace.com/auth/token',
});

const presets: Record<Product, Preset> = {
  moodle: onSite({ authUrl: '/mod/lti/auth.php', tokenUrl: '/mod/lti/token.php', jwksUrl: '/mod/lti/certs.php' }),
  canvas,
  d2l,
  blackboard,
  // Its token URL ends in the number of the tool.
  sakai: onSite({ authUrl: '/imsoidc/lti13/oidc_auth', jwksUrl: '/imsblis/lti13/keyset' }),
  other: () => ({}),
};

/** What is always the same for a product, from what is given: its site's address, or its issuer. */
export const presetOf = (product: Product, given: Given): Partial<Connection> => presets[product](given);

const families: readonly (readonly [RegExp, Product])[] = [
  [/^moodle/i, 'moodle'],
  [/^canvas/i, 'canvas'],
  [/^(d2l|desire2learn|brightspace)/i, 'd2l'],
  [/^blackboard/i, 'blackboard'],
  [/^sakai/i, 'sakai'],
];

/** The product that a platform says it is, by its `product_family_code` (LTI 1.3 Core, 5.4.2). */
export const productOf = (familyCode: string | undefined): Product =>
  families.find(([pattern]) => pattern.test(familyCode ?? ''))?.[1] ?? 'other';
