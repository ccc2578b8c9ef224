import type { Fault } from '../lms/fault.ts';

export const outcomes = [
  'sent',
  'unchanged',
  'waiting',
  'throttled',
  'platform-down',
  'registration-broken',
  'needs-student-launch',
  'not-enrolled',
  'line-item-gone',
  'superseded',
  'kept-there',
  'refused',
] as const;
/** What came of a delivery, as a class that says whose move it is. */
export type Outcome = (typeof outcomes)[number];

/** What an answer to a score means. `pausesMs`: the whole platform is left alone so long, and no try is counted. */
export type Verdict =
  | { is: 'retry'; outcome: Outcome; afterMs: number | null; pausesMs: number | null }
  | { is: 'refused'; outcome: Outcome }
  | { is: 'line-item-gone' }
  /** A newer score stands there: whose, the result tells. */
  | { is: 'stale' };

const BROKEN_PAUSES_MS = 30_000;

const retry = (outcome: Outcome, afterMs: number | null = null, pausesMs: number | null = null): Verdict => ({
  is: 'retry',
  outcome,
  afterMs,
  pausesMs,
});
const refused = (outcome: Outcome): Verdict => ({ is: 'refused', outcome });
const broken = retry('registration-broken');
const unknown = retry('registration-broken', null, BROKEN_PAUSES_MS);

type Rule = [statuses: readonly number[], words: RegExp, verdict: Verdict];

/** By status and what platforms are known to write; the first that fits counts. Sources: lti.md sections 3, 4 and 7. */
const rules: readonly Rule[] = [
  [[409], /(?:)/, { is: 'stale' }],
  [[400], /timestamp.*(earlier|before|later|older|stale|last)|(earlier|older|stale).*timestamp/is, { is: 'stale' }],
  // Blackboard knows a student for a content item only once they have opened it.
  [[400], /user could not be found/i, refused('needs-student-launch')],
  // Canvas, until the instructor publishes the assignment: nothing is wrong with the score.
  [[422], /unpublished/i, retry('waiting')],
  [[422], /concluded|attempts has been reached|cannot grade/i, refused('refused')],
  [
    [400, 403, 404, 422],
    /^(?!.*(permission|authori[sz]|scope|token)).*\b(user|student|member|learner)\b.*\b(not|no longer|cannot)\b/is,
    refused('not-enrolled'),
  ],
  // Moodle's words for whatever is wrong with a score; ours are well-formed, so it is the person.
  [[400], /incorrect score received/i, refused('not-enrolled')],
  [[404, 410], /(?:)/, { is: 'line-item-gone' }],
  [[401, 403], /(?:)/, broken],
  [[408, 425], /(?:)/, retry('platform-down')],
];

/** What to do about a fault of a score, of reading a result, or of the token they need. */
export const verdictOn = (fault: Fault): Verdict => {
  const { reason, status, detail, retryAfterMs } = fault;
  if (fault.throttled) return retry('throttled', retryAfterMs, retryAfterMs);
  if (status !== null && status >= 500) return retry('platform-down', retryAfterMs, retryAfterMs);
  // Without a token nothing goes; what one call or one course may not do the others may.
  if (reason === 'token' || reason === 'scope') return unknown;
  if (reason === 'not-offered') return broken;
  if (reason === 'url-refused') return refused('registration-broken');
  if (reason === 'key') return retry('waiting');
  if (reason !== 'status') return retry('platform-down');
  const rule = rules.find(([statuses, words]) => statuses.includes(status ?? 0) && words.test(detail));
  return rule?.[2] ?? refused('refused');
};

/** Whether it may have been carried out all the same. */
export const mayHaveArrived = ({ reason, status }: Fault): boolean =>
  reason === 'no-answer' ||
  reason === 'timeout' ||
  reason === 'too-large' ||
  (reason === 'status' && (status ?? 0) >= 500);

const sentences: Record<Outcome, string> = {
  sent: 'The LMS has this score.',
  unchanged: 'The LMS has this score already, so it was not sent again.',
  waiting: 'The score is on its way; it is sent within a minute or two.',
  throttled: 'The LMS asked us to slow down; the score is sent again by itself.',
  'platform-down': 'The LMS does not answer as it should; the score is sent again by itself, for a day.',
  'registration-broken':
    'The LMS does not let this tool in any more. Ask its administrator to look at the registration of the tool and at its right to send grades.',
  'needs-student-launch':
    'The LMS does not know this student for the activity yet. Once they open it from the LMS, send the score again.',
  'not-enrolled': 'The LMS has no such student in the course: they left it, or are no student there.',
  'line-item-gone':
    'The LMS has no column for this activity, and none can be made from here. Add the activity in the LMS again, then send the score again.',
  superseded: 'Somebody typed another mark into the LMS. It stays until an instructor decides which one counts.',
  'kept-there':
    'The LMS took our score and keeps the mark that was typed there. Clear that mark in the LMS first, then send ours.',
  refused: 'The LMS refused the score; detail has its words. Put that right there, then send the score again.',
};

/** An outcome in a sentence for people. */
export const sentenceFor = (outcome: Outcome): string => sentences[outcome];

const TRIMMED = 300;

/** What a platform said, for people: without tags, e-mail addresses and the person's id, and not long. */
export const wordsOf = (detail: string, userId: string): string => {
  const id = userId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return detail
    .replace(/<[^>]*>/g, ' ')
    .replace(/[^\s"'<>]+@[^\s"'<>]+/g, '…')
    .replace(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'g'), '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, TRIMMED);
};
