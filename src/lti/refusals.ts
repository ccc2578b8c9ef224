type Row = readonly [status: 400 | 401 | 403, says: string, advice: string, clause: string];

// Clauses: SEC is the 1EdTech Security Framework 1.0, CORE is LTI Core 1.3, OIDC is OpenID Connect Core 1.0.

/**
 * Every way in which a login or a launch is refused, by its code in the launch log: HTTP status, one sentence for whoever
 * opened it, what the LMS's administrator can do, and the clause of the specification.
 */
export const refusals = {
  'login-incomplete': [
    400,
    'Your LMS did not say what it wants to open, and for whom.',
    'A login request needs iss, login_hint and target_link_uri. Open the tool from a course, not by its address.',
    'SEC 5.1.1.1',
  ],
  'platform-unknown': [
    403,
    'This LMS is not connected to this tool.',
    'No platform has this issuer and client id. Register it, or correct what was pasted: both are compared letter by letter.',
    'SEC 5.1.1.1',
  ],
  'platform-pending': [
    403,
    'The connection to this LMS waits for approval.',
    'Approve the platform: PUT /v1/platforms/{platform}/approval.',
    'SEC 5.1.1.1',
  ],
  'platform-disabled': [
    403,
    'The connection to this LMS was switched off.',
    'Approve the platform again if this was not meant.',
    'SEC 5.1.1.1',
  ],
  'issuer-differs': [
    403,
    'This LMS used the login address of another one.',
    'The login address belongs to a platform with another issuer or client id. Paste the address of this one.',
    'SEC 5.1.1.1',
  ],
  'client-ambiguous': [
    400,
    'Your LMS did not say which of its registrations of this tool it means.',
    "This issuer has several registrations and sends no client_id. Use the platform's own login address, /lti/login/{platform}.",
    'CORE 4.1.3',
  ],
  'login-url-ambiguous': [
    400,
    'Several LMSs share this registration, and it is not clear which one is asking.',
    "Two platforms have this issuer and client id. Use each platform's own login address, /lti/login/{platform}.",
    'SEC 5.1.1.1',
  ],
  'target-foreign': [
    400,
    'Your LMS asked to open an address that is not of this tool.',
    "The link's URL must be on this tool's host: https as pasted, no other name for it.",
    'CORE 4.1.2',
  ],
  'platform-error': [
    403,
    'Your LMS did not sign you in to this tool.',
    'The platform answered with an error, which detail gives: often nobody was signed in, or the redirect address is not registered exactly.',
    'SEC 5.1.1.5',
  ],
  'state-missing': [
    400,
    'Something was missing in what your LMS sent.',
    'A launch begins at the login address; a launch without a state was not begun there.',
    'SEC 5.1.1.3',
  ],
  'state-unknown': [
    401,
    'This launch was not started here.',
    'The state was not made by this tool, or SESSION_SECRET has changed since.',
    'SEC 5.1.1.3',
  ],
  'state-expired': [
    401,
    'This took too long.',
    'More than ten minutes lay between login and launch. Opening it again is enough.',
    'SEC 5.1.1.3',
  ],
  'token-missing': [
    400,
    'Something was missing in what your LMS sent.',
    'The platform sent no id_token, or more than one.',
    'SEC 5.1.1.3',
  ],
  'token-malformed': [400, 'What your LMS sent cannot be read.', 'The id_token is no signed JWT.', 'SEC 5.1.2'],
  'algorithm-refused': [
    401,
    'What your LMS sent is not signed in a way that can be trusted.',
    'The id_token must be signed with RS256.',
    'SEC 5.1.3 step 5',
  ],
  'kid-missing': [
    401,
    'What your LMS sent is not signed in a way that can be trusted.',
    "The id_token's header names no key (kid).",
    'SEC 6.3',
  ],
  'keys-unreachable': [
    401,
    'The keys of your LMS cannot be read just now.',
    "The platform's key set did not answer within five seconds, or with no key set; detail says how. It must be reachable from the internet.",
    'SEC 6.3',
  ],
  'key-unknown': [
    401,
    'What your LMS sent is signed with a key that it does not publish.',
    "The id_token's kid is not in the platform's key set. Check the key set URL.",
    'SEC 6.3',
  ],
  'key-unsuitable': [
    401,
    'What your LMS sent is signed with a key that cannot be used.',
    'The key of this kid is not an RSA key for RS256 signatures of at least 2048 bits.',
    'SEC 6.2',
  ],
  'signature-wrong': [
    401,
    'What your LMS sent was changed on the way, or signed by somebody else.',
    "The signature does not fit the platform's key of that kid.",
    'SEC 5.1.3 step 1',
  ],
  'claim-missing': [
    400,
    'Something was missing in what your LMS sent.',
    'The id_token lacks a required claim, or has it in another shape; detail names it.',
    'CORE 5.3',
  ],
  'issuer-wrong': [401, 'This came from another LMS.', 'iss is not the issuer of the platform.', 'SEC 5.1.3 step 2'],
  'audience-wrong': [
    401,
    'This was meant for another tool.',
    'aud does not name our client id, or names others that are not trusted.',
    'SEC 5.1.3 step 3',
  ],
  'party-wrong': [
    401,
    'This was meant for another tool.',
    'azp must be our client id, and must be there where aud lists several.',
    'SEC 5.1.3 step 4',
  ],
  'token-expired': [
    401,
    'This launch is over.',
    "The id_token has expired. If that stays, the platform's clock is wrong by more than a minute.",
    'SEC 5.1.3 step 6',
  ],
  'token-old': [
    401,
    'This launch is over.',
    "The id_token is more than ten minutes old. If that stays, the platform's clock is wrong.",
    'SEC 5.1.3 step 7',
  ],
  'token-early': [
    401,
    'The clock of your LMS is ahead.',
    "The id_token is of more than a minute from now: set the platform's clock.",
    'SEC 5.1.3 step 7',
  ],
  'nonce-wrong': [
    401,
    'This belongs to another launch.',
    'The nonce is not the one that this login asked for.',
    'SEC 5.1.3 step 8',
  ],
  'version-wrong': [400, 'Your LMS speaks another version of LTI.', 'The version claim must be 1.3.0.', 'CORE 5.3.2'],
  'message-unknown': [
    400,
    'Your LMS asked for something that this tool does not do.',
    'It takes LtiResourceLinkRequest, LtiDeepLinkingRequest and LtiSubmissionReviewRequest.',
    'CORE 5.3.1',
  ],
  'target-differs': [
    401,
    'This launch asks for another address than its login did.',
    'target_link_uri must be the same at login and launch.',
    'CORE 5.3.4',
  ],
  anonymous: [
    403,
    'Your LMS did not say who you are, and this activity needs to know.',
    'The id_token has no sub. Let the platform send a user id; no name or address is needed.',
    'CORE 5.3.6.1',
  ],
  'deployment-unknown': [
    403,
    'This place in your LMS is not connected yet.',
    'A new deployment id; detail names it. Where it can be told whose it is, it waits under the platform for approval; else add it there.',
    'CORE 3.1.3',
  ],
  'deployment-pending': [
    403,
    'This place in your LMS waits for approval.',
    'Approve the deployment: PUT /v1/platforms/{platform}/deployments/{deployment}/approval.',
    'CORE 3.1.3',
  ],
  'deployment-disabled': [
    403,
    'This place in your LMS was disconnected.',
    'Approve the deployment again if this was not meant.',
    'CORE 3.1.3',
  ],
  'deployment-ambiguous': [
    403,
    'It is not clear to whom this place in your LMS belongs.',
    'Two active platforms have this deployment id under one client id. Disable one of them.',
    'CORE 3.1.3',
  ],
  'launch-used': [
    403,
    'This was opened already, and a launch opens once.',
    'A reload or a second copy of a launch. Opening it again from the course is enough.',
    'SEC 5.1.3 step 8',
  ],
  'launch-overtaken': [
    403,
    'Something changed while this was opening.',
    'The platform or deployment was switched off in that moment.',
    'CORE 3.1.3',
  ],
  'cookies-lost': [
    403,
    'Your browser did not keep what it was given a moment ago.',
    'The browser kept no cookie of this tool in the frame, and the LMS offers no storage (lti_storage_target). Let the link open in a new window.',
    'SEC 5.1.1.3',
  ],
  'other-browser': [
    403,
    'This launch was started in another browser, or somewhere else.',
    'The browser keeps our cookies, but not that of this login. Opening it again from the course is enough.',
    'SEC 5.1.1.3',
  ],
  'proof-wrong': [
    403,
    'Your LMS did not give back what was stored with it a moment ago.',
    "The platform's storage answered with nothing or another value, or another site's page posted the launch. Let the link open in a new window.",
    'LTI OIDC Login with Client Side postMessages 0.1',
  ],
  'review-of-another': [
    403,
    "This is another student's work.",
    'A submission review for somebody else was opened by a person without a teaching role.',
    'LTI Submission Review 1.0',
  ],
} as const satisfies Record<string, Row>;

export type RefusalCode = keyof typeof refusals;

/** A refusal as a value. `detail` is for the log: what was found, without names or tokens. */
export type Refused = { refused: RefusalCode; detail?: string };

export const refuse = (refused: RefusalCode, detail?: string): Refused =>
  detail === undefined ? { refused } : { refused, detail: detail.slice(0, 300).toWellFormed() };

export const isRefused = (value: object): value is Refused => 'refused' in value;

/** The HTTP status of a refusal. */
export const statusOf = ({ refused }: Refused): number => refusals[refused][0];
