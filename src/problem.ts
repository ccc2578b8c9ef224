/**
 * Every way in which a request can fail: its stable name (the last part of the problem's `type`), status, title, and a
 * detail that says what to do. RFC 9457.
 */
export const problems = {
  'malformed-json': [
    400,
    'The body is not JSON',
    'Send a JSON object, or text, with the Content-Type that says which: takes lists what can be sent.',
  ],
  'cursor-invalid': [
    400,
    'The cursor is not ours',
    'Use the cursor of the Link header unchanged, or leave it out to start again.',
  ],
  'header-invalid': [400, 'A header cannot be used', 'An Idempotency-Key is 1 to 200 visible ASCII characters.'],
  'credentials-missing': [401, 'Who is asking?', 'Send Authorization: Bearer with an API key or a session token.'],
  'credentials-invalid': [
    401,
    'These credentials do not work',
    'The key or token is unknown, damaged or revoked. Ask for a new one.',
  ],
  'session-expired': [
    401,
    'The session has ended',
    'Open the course again from your LMS, or ask for a new session token.',
  ],
  'session-missing': [
    401,
    'Open it again from your course',
    'This page was reached without a session, or its time has passed. Go back to the LMS and open the activity there.',
  ],
  'sign-in-needed': [
    401,
    'Sign in',
    'Your session has ended, or there is none. Sign in at /admin in another tab, and send this again.',
  ],
  'enrolment-ended': [
    401,
    'Not in this course any more',
    'The person was withdrawn, or their role changed. Ask for a new session token.',
  ],
  'not-permitted': [
    403,
    'Not for this role or key',
    'Use credentials that may do this: another role, or a key with the scope named here.',
  ],
  'read-only': [
    403,
    'You can look, and change nothing',
    'Your LMS did not say who you are, so there is nobody whose work it could be. Sign in there, and open it again.',
  ],
  'not-yet-open': [403, 'Not open yet', 'Come back when it opens; opensAt says when.'],
  closed: [403, 'Closed', 'It takes no more work. Ask the instructor for an extension.'],
  'own-post': [403, 'This is your own post', 'Change or delete it; flags are for the posts of others.'],
  'post-first': [403, 'Post first', 'Commit a post of your own to this prompt; then you see and answer the others.'],
  'route-not-found': [404, 'No such address', 'See /docs for the routes.'],
  'content-not-found': [404, 'No such content', 'See /v1/units, /v1/sources and /v1/topics for what there is.'],
  'course-not-found': [
    404,
    'No such course',
    'A session token opens the one course it was made for; a key those of its institution.',
  ],
  'scenario-not-found': [404, 'No such scenario', 'GET /v1/courses/{course}/scenarios lists them.'],
  'prompt-not-found': [404, 'No such prompt', 'GET /v1/courses/{course}/prompts lists them.'],
  'answer-not-found': [404, 'No such answer', 'List your answers to the scenario for their ids.'],
  'post-not-found': [404, 'No such post', 'It does not exist, or it is not visible to you.'],
  'draft-not-found': [404, 'No draft', 'Nothing is kept for this prompt; PUT one.'],
  'person-not-found': [
    404,
    'No such person',
    'GET /v1/courses/{course}/people lists who is in the course. A session for somebody who came by LTI is asked for by person, the id that it gives.',
  ],
  'key-not-found': [404, 'No such key', 'GET /v1/keys lists the keys.'],
  'grade-not-found': [404, 'No such grade', 'The activity has no rule, or there is no override to lift.'],
  'rubric-not-found': [404, 'No rubric', 'The rules have no rubric for this activity, or nothing is marked by it.'],
  'grade-event-not-found': [404, 'No such grade event', 'It does not exist, or it is not yours to see.'],
  'rule-set-not-found': [404, 'No such rule set', 'GET /v1/courses/{course}/rule-sets lists those of the course.'],
  'rule-draft-not-found': [
    404,
    'No draft of the rules',
    'Change something first: PUT /v1/courses/{course}/rule-draft.',
  ],
  'dry-run-not-found': [404, 'No such dry run', 'POST /v1/courses/{course}/dry-runs makes one.'],
  'regrade-not-found': [404, 'No such regrade', 'POST /v1/courses/{course}/regrades applies a dry run.'],
  'appeal-not-found': [404, 'No such appeal', 'It does not exist, or it is not yours to see.'],
  'flag-not-found': [404, 'No such flag', 'The post is not flagged.'],
  'platform-not-found': [404, 'No such platform', 'GET /v1/platforms lists them.'],
  'deployment-not-found': [404, 'No such deployment', 'GET /v1/platforms/{platform}/deployments lists them.'],
  'invitation-not-found': [
    404,
    'No such open invitation',
    'It was used, or ended, or never was. GET /v1/platforms lists what there is; a platform that came is disabled there.',
  ],
  'webhook-not-found': [404, 'No such webhook', 'GET /v1/webhooks lists them.'],
  'line-item-not-found': [404, 'No such line item', 'GET /v1/courses/{course}/lms-sync lists them.'],
  'conflict-not-found': [
    404,
    'No such conflict',
    'It was decided already, or there is none. GET /v1/courses/{course}/lms-sync lists them.',
  ],
  'not-in-lms': [
    409,
    'This course is in no LMS',
    'Open the course from the LMS once; then it is known where its grades go.',
  ],
  'platform-incomplete': [
    409,
    'This platform is not registered yet',
    'Open its invitation in the LMS, or PATCH what is missing: issuer, clientId, authUrl, tokenUrl and jwksUrl.',
  ],
  'platform-claimed': [
    409,
    'This client is registered with other keys',
    'Compare clientId, tokenUrl and jwksUrl with what the LMS shows. If they are right, ask the operator of this tool.',
  ],
  'deployment-claimed': [
    409,
    'Another institution has this deployment',
    'Compare the deployment id with what the LMS shows, and disable it here if it is not yours. Else ask the operator of this tool.',
  ],
  'deployment-exists': [409, 'The platform has this deployment already', 'Approve it: PUT its approval.'],
  'method-not-allowed': [405, 'Not with this method', 'See the Allow header.'],
  'response-lost': [
    409,
    'The first response can no longer be given',
    'Its secret was sealed with a SESSION_SECRET that has changed. Revoke the key and make a new one.',
  ],
  'attempts-used-up': [
    409,
    'No attempts left',
    'All attempts at this scenario are used. The best, last or first counts, as the rules say.',
  ],
  'post-not-committed': [
    409,
    'The post is not committed yet',
    'It is under the floor of its prompt; it can be answered when its author has lifted it over.',
  ],
  'post-removed': [409, 'The post was removed', 'A removed post can no longer be changed or answered.'],
  'post-held': [
    409,
    'The post is held',
    'It takes no replies of others, and none of its replies is released, before it is.',
  ],
  'post-locked': [409, 'The thread is locked', 'It takes no more replies.'],
  'post-is-reply': [409, 'This is a reply', 'Name the post at the head of its thread: the one without a parentId.'],
  'pins-used-up': [409, 'No more pins', 'Five posts of a prompt may be pinned: unpin another one first.'],
  'claim-not-cited': [
    422,
    'The answer does not cite this claim',
    'Contest an answer by a claim that it cites; where attempts are left, cite another one in a new answer.',
  ],
  'regrade-running': [409, 'Another regrade is being applied', 'Wait until it is done, and make a new dry run then.'],
  'regrade-applied': [
    409,
    'This dry run was applied already',
    'It was applied under the other policy. Make a new dry run for what is left.',
  ],
  'last-instructor': [
    409,
    'The last instructor',
    'Enrol another instructor first; or let the institution do it with its key.',
  ],
  'appeal-exists': [409, 'There is an open appeal', 'This answer is contested already; wait for the decision.'],
  'appeal-decided': [409, 'The appeal was decided', 'A decision stands; an override changes a single grade.'],
  'dry-run-not-ready': [409, 'The dry run is not ready', 'Read it until its state is ready.'],
  'rules-not-current': [
    409,
    'These are not the rules of the course',
    'Publish them first, or make a dry run of the current rules.',
  ],
  'dry-run-stale': [
    412,
    'Grades have moved since the dry run',
    'Nothing was applied. Look at what moved, and make a new dry run.',
  ],
  stale: [412, 'Changed meanwhile', 'Read it again and send the new ETag in If-Match.'],
  'body-too-large': [413, 'The body is too large', 'A body has at most as many bytes as maxBytes says.'],
  'media-type-unsupported': [415, 'Not a media type that is taken here', 'Send one that takes lists, in Content-Type.'],
  'invalid-input': [422, 'The request cannot be used as it is', 'Mend what errors lists, and send it again.'],
  'text-too-long': [422, 'A text is too long', 'Shorten what errors lists; nothing was stored.'],
  'too-many-claims': [422, 'Too many claims', 'Cite fewer: choose those that carry the most.'],
  'unknown-claim': [422, 'No such claim', 'Cite claims by their ids, as /v1/sources/{source} gives them.'],
  'rules-not-publishable': [422, 'These rules cannot be published', 'Mend the findings of severity error.'],
  'import-faulty': [422, 'The file has faults', 'Mend the lines that errors lists; nothing was changed.'],
  'idempotency-key-reused': [
    422,
    'This Idempotency-Key was used for another request',
    'Use a new key for a new request.',
  ],
  'precondition-required': [428, 'If-Match is missing', 'Read the resource first and send its ETag in If-Match.'],
  'rate-limited': [429, 'Too many requests', 'Wait as long as Retry-After says.'],
  internal: [500, 'Something went wrong here', 'Nothing was changed. Try again; if it stays, report the request id.'],
  'lms-failed': [
    502,
    'The LMS did not do its part',
    'Nothing was changed here. reason says what the LMS answered: try again, or show it to whoever runs the LMS.',
  ],
  'database-busy': [
    503,
    'The database does not answer',
    'Try again after Retry-After seconds, with the same Idempotency-Key: nothing is done twice.',
  ],
  'not-ready': [503, 'Not ready', 'The database does not answer, takes no writes, or lacks its migrations.'],
  /** The request was carried out before: its first response is given again, so nobody sees this. */
  'request-seen': [409, 'This request was carried out before', 'Its first response stands.'],
  /** Refusals of a launch that only its transaction can know (lti/refusals.ts). */
  'launch-used': [403, 'This was opened already, and a launch opens once', 'Open it again from your course.'],
  'launch-overtaken': [403, 'Something changed while this was opening', 'Open it again from your course.'],
  /** The rules that an isolate believed current are not; it loads them and tries again. */
  'rules-moved': [503, 'The rules have just changed', 'Try again.'],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>;

export type ProblemName = keyof typeof problems;

/** The only class: thrown by domain code, written by the one `onError`. `members` are added to the document. */
export class Problem extends Error {
  readonly problem: ProblemName;
  readonly members: Record<string, unknown>;
  constructor(problem: ProblemName, { cause, ...members }: { cause?: unknown } & Record<string, unknown> = {}) {
    super(problem, { cause });
    this.problem = problem;
    this.members = members;
  }
}

/** A JSON pointer, RFC 6901. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A 422 for one fault of the input: a JSON pointer (RFC 6901) and what to do. */
export const invalid = (pointer: string, detail: string) =>
  new Problem('invalid-input', { errors: [{ pointer, detail }] });

/** The `application/problem+json` document. */
export const problemDocument = ({ problem, members }: Problem, requestId: string) => {
  const [status, title, detail] = problems[problem];
  return { type: `urn:cmgrclass:problem:${problem}`, title, status, detail, ...members, requestId };
};
