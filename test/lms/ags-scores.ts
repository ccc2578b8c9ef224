import { lineItemOf } from './ags-line-items.ts';
import type { Ctx } from './context.ts';
import { type LineItem, type Platform, profileOf, type Result, timeOf } from './platforms.ts';
import { demand, refuse } from './refuse.ts';
import { isLearner } from './roles.ts';
import { bodyAs } from './service.ts';

// AGS 2.0 section 3.4: scores.
const activity = ['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed'];
const grading = ['FullyGraded', 'Pending', 'PendingManual', 'Failed', 'NotReady'];
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

type CanvasExtension = { new_submission?: boolean; submitted_at?: string; prioritize_non_tool_grade?: boolean };

type Score = {
  userId: string;
  timestamp: number;
  fullyGraded: boolean;
  scoreGiven?: number;
  scoreMaximum?: number;
  comment?: string;
  submittedAt?: string;
  canvas: CanvasExtension;
};

const parse = (body: Record<string, unknown>): Score => {
  const { userId, timestamp, activityProgress, gradingProgress, scoreGiven, scoreMaximum, comment, submission } = body;
  demand(typeof userId === 'string' && userId !== '', 400, 'userId is required and a string');
  demand(typeof timestamp === 'string' && ISO.test(timestamp), 400, 'timestamp is required: ISO 8601 with a time zone');
  demand(activity.includes(activityProgress as string), 400, `activityProgress must be one of ${activity.join(', ')}`);
  demand(grading.includes(gradingProgress as string), 400, `gradingProgress must be one of ${grading.join(', ')}`);
  demand(
    scoreGiven === undefined || (typeof scoreGiven === 'number' && scoreGiven >= 0),
    400,
    'scoreGiven must be a number from 0',
  );
  demand(
    scoreGiven === undefined || (typeof scoreMaximum === 'number' && scoreMaximum > 0),
    400,
    'scoreMaximum must be above 0 where scoreGiven is',
  );
  demand(comment === undefined || typeof comment === 'string', 400, 'comment must be a string');
  const { submittedAt } = (submission ?? {}) as { submittedAt?: string };
  demand(
    submittedAt === undefined || ISO.test(submittedAt),
    400,
    'submission.submittedAt must be ISO 8601 with a time zone',
  );
  return {
    userId,
    timestamp: Date.parse(timestamp),
    fullyGraded: gradingProgress === 'FullyGraded',
    scoreGiven,
    scoreMaximum: scoreMaximum as number | undefined,
    comment: comment as string | undefined,
    submittedAt,
    canvas: (body['https://canvas.instructure.com/lti/submission'] ?? {}) as CanvasExtension,
  };
};

/** What the line item shows for the person after a score: refusals for people and for stale timestamps included. */
const apply = (platform: Platform, item: LineItem, score: Score): Result => {
  const profile = profileOf(platform);
  const now = timeOf(platform);
  const context = platform.contexts.find(({ id }) => id === item.contextId);
  const member = context?.members.find(({ userId, status }) => userId === score.userId && status === 'Active');
  if (!member) return refuse(profile.unknownUser.status, `${profile.unknownUser.detail} (${score.userId})`);
  if (!isLearner(member.roles)) refuse(profile.notGradable.status, `${profile.notGradable.detail} (${score.userId})`);
  const before = item.results[score.userId];
  const cut = (ms: number) => (profile.wholeSeconds ? Math.floor(ms / 1000) : ms);
  if (before && cut(score.timestamp) <= cut(before.timestamp))
    refuse(
      profile.staleStatus,
      `timestamp ${new Date(score.timestamp).toISOString()} is not later than the last one, ${new Date(before.timestamp).toISOString()}`,
    );
  const { submitted_at } = score.canvas;
  if (profile.countsAttempts && submitted_at && Date.parse(submitted_at) > now + 60_000)
    refuse(400, 'submitted_at is more than a minute in the future');
  const attempts = (before?.attempts ?? 0) + (profile.countsAttempts && score.canvas.new_submission !== false ? 1 : 0);
  const stamped = profile.ownColumnStampedOnReceipt && item.own ? now : score.timestamp;
  const submittedAt = score.submittedAt ?? submitted_at ?? before?.submittedAt;
  const kept = { attempts, timestamp: stamped, ...(submittedAt ? { submittedAt } : {}) };
  const maximum = item.members.scoreMaximum;
  const cleared: Result = { ...kept, resultScore: null, resultMaximum: maximum, byHand: false };
  if (before?.byHand && !(profile.handYields && !score.canvas.prioritize_non_tool_grade)) return { ...before, ...kept };
  if (!score.fullyGraded)
    return profile.unfinishedClears ? { ...cleared, timestamp: now } : { ...(before ?? cleared), ...kept };
  if (score.scoreGiven === undefined) return cleared;
  const scaled = (score.scoreGiven / score.scoreMaximum!) * maximum;
  return {
    ...cleared,
    // Rescaled to the column's maximum, to a hundred-thousandth as LMS store it.
    resultScore: Math.round(Math.min(scaled, profile.name === 'moodle' ? maximum : scaled) * 1e5) / 1e5,
    ...(score.comment ? { comment: score.comment } : {}),
  };
};

export const postScore = async (c: Ctx) => {
  const platform = c.get('platform');
  const item = lineItemOf(c);
  const body = await bodyAs(c, 'application/vnd.ims.lis.v1.score+json');
  const received = { at: timeOf(platform), lineItem: item.id, user: body.userId as string, status: 0, body };
  platform.scores.push(received);
  try {
    const score = parse(body);
    item.results[score.userId] = apply(platform, item, score);
    received.status = 200;
  } catch (error) {
    received.status = (error as { status: number }).status;
    throw error;
  }
  if (platform.profileName === 'canvas') return c.json({ resultUrl: `${platform.issuer}/results/${item.id}` });
  return c.body(null, platform.profileName === 'moodle' ? 200 : 204);
};
