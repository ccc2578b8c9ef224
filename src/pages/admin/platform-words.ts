import type { Product } from '../../lms/products.ts';

export const productNames: Record<Product, string> = {
  moodle: 'Moodle',
  canvas: 'Canvas',
  d2l: 'Brightspace (D2L)',
  blackboard: 'Blackboard',
  sakai: 'Sakai',
  other: 'another LMS',
};

type State = 'invited' | 'pending' | 'active' | 'disabled';

/** How a platform or a deployment stands: a word, its colour, and what it means. */
export const stateWords: Record<State, readonly [says: string, tone: 'good' | 'warn' | 'bad', means: string]> = {
  invited: ['invited', 'warn', 'Its administrator has not opened the invitation yet.'],
  pending: ['waits for approval', 'warn', 'Nobody can open anything from it before you approve it.'],
  active: ['connected', 'good', 'People can open the course from it.'],
  disabled: ['switched off', 'bad', 'Nobody can open anything from it, and no grade goes to it.'],
};

/** Where the LMS's administrator goes with an invitation; `null`: by hand alone. */
export const invitedSteps: Record<Product, string | null> = {
  moodle:
    'Site administration → Plugins → External tool → Manage tools: paste it under Tool URL. Then activate the tool there.',
  canvas: 'Admin → Developer Keys → + LTI Registration: paste it as the registration URL.',
  d2l: 'Admin Tools → Manage Extensibility → LTI Advantage → Register Tool, dynamic: paste it as the registration URL. Then add a deployment and a Deep Linking Quicklink.',
  blackboard: 'In versions that have it: Administrator → LTI Tool Providers → register by a URL. Else by hand.',
  sakai: 'Administration Workspace → External Tools → LTI 1.3 → Use LTI Advantage Auto Provision.',
  other: 'Wherever it registers LTI 1.3 tools by a URL (Dynamic Registration). Else by hand.',
};

/** What to do in the LMS where there is no invitation. */
export const handSteps: Record<Product, readonly string[]> = {
  moodle: [
    'Site administration → Plugins → External tool → Manage tools → configure a tool manually: LTI 1.3, key type Keyset URL, and the addresses below.',
    'Turn on Supports Deep Linking, grade sync and column management, and names and roles.',
    'View configuration details of the tool shows the client id and the deployment id.',
  ],
  canvas: [
    'Admin → Developer Keys → + LTI Key, by URL: the configuration URL below. Switch the key on.',
    'Settings → Apps → + by client ID, with the number over Show key.',
    'The gear beside the app shows its deployment id.',
  ],
  d2l: [
    'Admin Tools → Manage Extensibility → LTI Advantage → Register Tool, standard: the addresses below, with the extensions AGS, NRPS and Deep Linking.',
    'Add a deployment, and a link of type Deep Linking Quicklink.',
  ],
  blackboard: [
    'Register the tool at developer.blackboard.com with the addresses below.',
    'Administrator → LTI Tool Providers → Register LTI 1.3 tool, by the client id. Add a placement: Deep Linking content tool.',
    "The provider's page shows the deployment id.",
  ],
  sakai: ['Administration Workspace → External Tools → LTI 1.3: enter the addresses below.'],
  other: ['Wherever it adds LTI 1.3 or LTI Advantage tools: enter the addresses below.'],
};

type FieldName = 'siteUrl' | 'issuer' | 'clientId' | 'authUrl' | 'tokenUrl' | 'jwksUrl' | 'tokenAudience';

/** What each field of a connection is called by LMSs. */
export const fieldWords: Record<FieldName, string> = {
  siteUrl: "The LMS's own address",
  issuer: 'Issuer, or platform id',
  clientId: 'Client id',
  authUrl: 'Authentication request URL',
  tokenUrl: 'Access token URL',
  jwksUrl: 'Public keyset URL of the LMS',
  tokenAudience: 'Audience of our assertions, where it is not the access token URL',
};

/** What must be said of each product; the rest is known. */
export const wanted: Record<Product, readonly (readonly [FieldName, required: boolean])[]> = {
  moodle: [['siteUrl', true]],
  canvas: [['siteUrl', false]],
  d2l: [['siteUrl', true]],
  blackboard: [],
  sakai: [
    ['siteUrl', true],
    ['tokenUrl', true],
  ],
  other: [
    ['issuer', true],
    ['authUrl', true],
    ['tokenUrl', true],
    ['jwksUrl', true],
    ['tokenAudience', false],
  ],
};
