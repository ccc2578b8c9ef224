// What each LMS does differently, as data (facts: lti.md sections 4 and 7). The rest of the folder asks here, never for a name.

export const profileNames = ['moodle', 'canvas', 'd2l', 'blackboard', 'sakai', 'hostile'] as const;
export type ProfileName = (typeof profileNames)[number];

export type Profile = {
  name: ProfileName;
  product: string;
  version: string;
  /** Ids are small decimal numbers, as Moodle's are; else UUIDs. */
  numericIds: boolean;
  /** The one string that a client assertion must name as its audience; undefined: the token URL. */
  tokenAudience: string | undefined;
  idTokenSeconds: number;
  /** `prompt` may be left out of the authentication request. */
  promptOptional: boolean;
  /** The id token names the client as `azp` too. */
  azp: boolean;
  /** A launch's hint is used up by one authentication request. */
  singleUseHint: boolean;
  /** Tolerance for an `iat` of an assertion in the future, in seconds. */
  skewSeconds: number;
  /** Every fault of the token endpoint is a 400, its JSON labelled text/html. */
  tokenAnswers400: boolean;
  /** What a bearer token without the scope is answered. */
  missingScopeStatus: number;
  /** `Accept` is compared as one whole string, or must hold `*\/*`. */
  wholeAccept: boolean;
  /** The `lineitem` scope lets a tool read line items as well. */
  lineItemScopeReads: boolean;
  /** Line items' paging links are written with `&amp;` and typographic quotes. */
  brokenLinks: boolean;
  /** What a line item's URL ends on, and the query that it and the list carry. */
  lineItemEnd: string;
  lineItemQuery: string;
  /** Timestamps of scores are cut to whole seconds before they are compared. */
  wholeSeconds: boolean;
  /** Answers to: a stale timestamp, an unknown user, somebody who cannot be graded. */
  staleStatus: number;
  unknownUser: { status: number; detail: string };
  notGradable: { status: number; detail: string };
  /** A score that is not FullyGraded removes the grade that was there. */
  unfinishedClears: boolean;
  /** The activity's own column is stamped with the time of receipt, not with the score's time. */
  ownColumnStampedOnReceipt: boolean;
  /** A mark given by hand in the LMS yields to a later score, unless the score says not to. */
  handYields: boolean;
  /** Each score that does not say `new_submission: false` is another attempt. */
  countsAttempts: boolean;
  /** Results asked for one user come without their comments. */
  userFilterDropsComments: boolean;
  needsUserAgent: boolean;
  throttle: { status: number; headers: Record<string, string>; body: string };
  /** Names and addresses are shared unless the platform's privacy says otherwise. */
  sharesNames: boolean;
  shortRoles: boolean;
  contextTitles: boolean;
  /** Custom keys come as written and in lower case; unresolved variables are null. */
  doublesCustomKeys: boolean;
  lti1p1: boolean;
  deepLink: {
    /** A link's url must be the registered launch URL, with no query. */
    registeredUrlOnly: boolean;
    /** Whether requests carry `data`. */
    data: boolean;
    placement: string;
    /** The platform GETs each link's url. */
    fetchesUrl: boolean;
    /** Of several items, those without `lineItem` become graded all the same, out of 100. */
    severalAlwaysGraded: boolean;
  };
  /** The frame that answers Platform Storage, `_parent`, or none. */
  storageTarget: string | undefined;
  registration: {
    sendsToken: boolean;
    tokenForConfiguration: boolean;
    everyMember: boolean;
    domainIsHost: boolean;
    returnsDeployment: boolean;
  };
};

/** What the specifications ask for; the others say where they differ. */
const sakai: Profile = {
  name: 'sakai',
  product: 'sakai',
  version: '25.0',
  numericIds: false,
  tokenAudience: undefined,
  idTokenSeconds: 300,
  promptOptional: false,
  azp: false,
  singleUseHint: false,
  skewSeconds: 60,
  tokenAnswers400: false,
  missingScopeStatus: 403,
  wholeAccept: false,
  lineItemScopeReads: true,
  brokenLinks: false,
  lineItemEnd: '',
  lineItemQuery: '',
  wholeSeconds: false,
  staleStatus: 409,
  unknownUser: { status: 404, detail: 'User not found' },
  notGradable: { status: 400, detail: 'User cannot be graded in this course' },
  unfinishedClears: false,
  ownColumnStampedOnReceipt: false,
  handYields: false,
  countsAttempts: false,
  userFilterDropsComments: false,
  needsUserAgent: false,
  throttle: { status: 429, headers: {}, body: 'Too Many Requests' },
  sharesNames: true,
  shortRoles: false,
  contextTitles: false,
  doublesCustomKeys: false,
  lti1p1: true,
  deepLink: {
    registeredUrlOnly: false,
    data: true,
    placement: 'ContentArea',
    fetchesUrl: false,
    severalAlwaysGraded: false,
  },
  storageTarget: 'sakai_lti_storage',
  registration: {
    sendsToken: true,
    tokenForConfiguration: false,
    everyMember: false,
    domainIsHost: false,
    returnsDeployment: true,
  },
};

const moodle: Profile = {
  ...sakai,
  name: 'moodle',
  product: 'moodle',
  version: '2024100700',
  numericIds: true,
  idTokenSeconds: 60,
  promptOptional: true,
  singleUseHint: true,
  skewSeconds: 0,
  tokenAnswers400: true,
  missingScopeStatus: 401,
  wholeAccept: true,
  lineItemScopeReads: false,
  brokenLinks: true,
  lineItemEnd: '/lineitem',
  lineItemQuery: '?type_id=1',
  wholeSeconds: true,
  unknownUser: { status: 400, detail: 'Incorrect score received: user not found' },
  notGradable: { status: 400, detail: 'Incorrect score received: user is not gradable' },
  unfinishedClears: true,
  ownColumnStampedOnReceipt: true,
  shortRoles: true,
  contextTitles: true,
  doublesCustomKeys: true,
  deepLink: {
    registeredUrlOnly: false,
    data: false,
    placement: 'ContentArea',
    fetchesUrl: true,
    severalAlwaysGraded: true,
  },
  lti1p1: false,
  storageTarget: undefined,
  registration: { ...sakai.registration, domainIsHost: true },
};

const canvas: Profile = {
  ...sakai,
  name: 'canvas',
  product: 'canvas',
  version: 'cloud',
  idTokenSeconds: 3600,
  azp: true,
  staleStatus: 400,
  unknownUser: { status: 422, detail: 'User not found in course or is not a student' },
  notGradable: { status: 422, detail: 'User not found in course or is not a student' },
  handYields: true,
  countsAttempts: true,
  needsUserAgent: true,
  throttle: { status: 403, headers: { 'x-rate-limit-remaining': '0' }, body: '403 Forbidden (Rate Limit Exceeded)' },
  sharesNames: false,
  contextTitles: true,
  deepLink: { ...sakai.deepLink, placement: 'assignment_selection' },
  storageTarget: 'post_message_forwarding',
  registration: { ...sakai.registration, tokenForConfiguration: true, everyMember: true, returnsDeployment: false },
};

const d2l: Profile = {
  ...sakai,
  name: 'd2l',
  product: 'desire2learn',
  version: '20.26.1',
  tokenAudience: 'https://api.brightspace.com/auth/token',
  azp: true,
  unknownUser: { status: 404, detail: 'The user is not enrolled in the org unit' },
  notGradable: { status: 403, detail: 'User in requested score is not gradable' },
  contextTitles: true,
  deepLink: { ...sakai.deepLink, registeredUrlOnly: true },
  storageTarget: 'd2l_lti_storage',
  registration: { ...sakai.registration, sendsToken: false, returnsDeployment: false },
};

const blackboard: Profile = {
  ...sakai,
  name: 'blackboard',
  product: 'BlackboardLearn',
  version: '4000.1.0',
  unknownUser: { status: 400, detail: 'User could not be found' },
  notGradable: { status: 400, detail: 'User could not be found' },
  userFilterDropsComments: true,
  contextTitles: true,
  lti1p1: false,
  deepLink: { ...sakai.deepLink, registeredUrlOnly: true },
  storageTarget: 'bb_lti_storage',
};

const hostile: Profile = {
  ...sakai,
  name: 'hostile',
  product: '<img src=x onerror=alert(1)>',
  version: '"><script>alert(1)</script>',
  contextTitles: true,
  storageTarget: '_parent',
};

export const profiles: Record<ProfileName, Profile> = { moodle, canvas, d2l, blackboard, sakai, hostile };
