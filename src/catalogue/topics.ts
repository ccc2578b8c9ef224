import type { Claim, TopicVerdict } from './shapes.ts';

/**
 * What the claims on a topic add up to. Different roles said outright (asserted or quoted, not implied), or a denial of
 * a role that another claim asserts, make it contested; where a single source says anything at all, it is thin.
 * That a topic is split (two parts, each agreed) is for a person to see.
 */
export const countVerdict = (topic: string, claims: readonly Claim[]): TopicVerdict => {
  const onTopic = claims.filter((claim) => claim.role !== null && claim.topics.includes(topic));
  const outright = onTopic.filter((claim) => !claim.implied.includes(topic));
  const given = outright.filter(({ stance }) => stance === 'asserts' || stance === 'quotes');
  const roles = new Set(given.map(({ role }) => role));
  const denied = outright.some(({ stance, role }) => stance === 'denies' && roles.has(role));
  if (roles.size > 1 || denied) return 'contested';
  return new Set(onTopic.map(({ source }) => source)).size > 1 ? 'agreed' : 'thin';
};
