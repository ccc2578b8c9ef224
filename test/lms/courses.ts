import { clientFor } from './initiate.ts';
import { addLink } from './line-items.ts';
import { type Context, type LineItem, type Member, newId, type Platform, type Result, timeOf } from './platforms.ts';

/** Enrols somebody, or changes how; a removed member is remembered for those who ask for differences. */
export const setMember = (context: Context, member: Omit<Member, 'version'>): Member => {
  context.version += 1;
  const kept = { ...member, version: context.version };
  context.members = [...context.members.filter(({ userId }) => userId !== member.userId), kept];
  return kept;
};

/** A course copy: everything gets a new id, and remembers what it was (LTI 1.3 Core appendix B, `…id.history`). */
export const copyContext = (platform: Platform, original: Context) => {
  const { label, title, members } = original;
  const context: Context = {
    id: newId(platform),
    label: `${label} (copy)`,
    title: `${title} (copy)`,
    history: [original.id, ...original.history],
    version: 0,
    members: structuredClone(members),
  };
  platform.contexts.push(context);
  const copied = platform.links
    .filter(({ contextId }) => contextId === original.id)
    .map((link) => {
      const item = platform.lineItems.find(({ id }) => id === link.lineItemId);
      const { id, contextId, clientId, lineItemId, ...kept } = structuredClone(link);
      return addLink(platform, clientFor(platform, clientId), context, {
        ...kept,
        history: [id, ...link.history],
        ...(item ? { lineItem: structuredClone(item.members) } : {}),
      });
    });
  return { ...context, links: copied };
};

/** A mark that an instructor sets in the LMS's own gradebook; `null` empties the cell. */
export const setMark = (
  platform: Platform,
  item: LineItem,
  userId: string,
  score: number | null,
  comment?: string,
): Result => {
  const before = item.results[userId];
  const result: Result = {
    attempts: before?.attempts ?? 0,
    // A mark by hand does not make the tool's next score a stale one.
    timestamp: before?.timestamp ?? timeOf(platform) - 1000,
    resultScore: score,
    resultMaximum: item.members.scoreMaximum,
    byHand: score !== null,
    ...(comment ? { comment } : {}),
  };
  item.results[userId] = result;
  return result;
};
