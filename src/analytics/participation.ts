import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { type CourseAt, findCourse } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { knownPrompt } from '../discussion/posts.ts';
import { activitiesOf } from '../grades/gradebook.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { pageOf, pageQuery, readCursor } from '../paging.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { shareBody, shareSchema } from './figures.ts';
import { networkBody, networkSchema } from './network.ts';
import {
  countLearners,
  findNetwork,
  listPrompts,
  listTies,
  type NetworkRow,
  type PromptRow,
  type TieRow,
} from './participation-store.ts';
import { hidesSmallGroups, mayShow } from './suppression.ts';

const figure = z.number().nullable();
export const participationQuery = lazily(() => pageQuery().extend({ prompt: z.string().max(200).optional() }));

export const participationAnalysisSchema = lazily(() =>
  z
    .object({
      learners: z.number(),
      prompts: z.array(
        z.object({
          prompt: z.string(),
          suppressed: z.boolean(),
          people: shareSchema(),
          committed: shareSchema(),
          posts: figure,
          postWords: figure,
          replies: figure,
          replyWords: figure,
        }),
      ),
      network: networkSchema(),
    })
    .meta({ id: 'ParticipationAnalysis' }),
);

const nobody: PromptRow = {
  prompt: '',
  people: 0,
  committed: 0,
  posts: 0,
  posters: 0,
  postWords: null,
  replies: 0,
  repliers: 0,
  replyWords: null,
};

/** What a prompt's discussion amounts to: of the learners, those who wrote and those who committed a post; how much; medians of words. */
export const promptBody = (prompt: string, row: PromptRow = nobody, learners: number, hides: boolean) => {
  const { people, committed, posters, repliers } = row;
  const shown = mayShow(hides, [committed, people - committed, learners - people]);
  const [posts, replies] = [mayShow(hides, [posters]), mayShow(hides, [repliers])];
  return {
    prompt,
    suppressed: !(shown && posts && replies),
    people: shareBody(people, learners, shown),
    committed: shareBody(committed, learners, shown),
    posts: posts ? row.posts : null,
    postWords: posts ? row.postWords : null,
    replies: replies ? row.replies : null,
    replyWords: replies ? row.replyWords : null,
  };
};

/** What the participation asks of the database; the ties are a page of their own (`listTies`). */
export const participationQueries = (db: Database, at: CourseAt, prompt: string | null) =>
  [countLearners(db, at), listPrompts(db, at, prompt), findNetwork(db, at, prompt)] as const;

type Written = { learners: number; written: readonly PromptRow[]; network: NetworkRow; ties: readonly TieRow[] };

/** Participation by prompt (`null`: all of them), of what `participationQueries` gave and a page of ties. */
export const participationBody = (
  { catalogue }: Deps,
  ruleSet: RuleSet,
  prompt: string | null,
  { learners, written, network, ties }: Written,
  hides: boolean,
) => ({
  learners,
  prompts: activitiesOf(catalogue, ruleSet)
    .filter(({ kind, id }) => kind === 'prompt' && (prompt === null || id === prompt))
    .map(({ id }) =>
      promptBody(
        id,
        written.find((row) => row.prompt === id),
        learners,
        hides,
      ),
    ),
  network: networkBody(network, ties, learners, hides),
});

/**
 * Participation in the discussion by prompt, or in one prompt, and a page of who answers whom there. Throws
 * `prompt-not-found`, `cursor-invalid`.
 */
export const readParticipation = async (
  deps: Deps,
  actor: Actor,
  courseId: string,
  { cursor, limit, prompt: only }: z.output<ReturnType<typeof participationQuery>>,
  url: URL,
) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const prompt = only ?? null;
  const hides = hidesSmallGroups(actor);
  const secret = deps.config.sessionSecret;
  const list = `pairs ${courseId} ${prompt}`;
  const after = await readCursor(secret, list, cursor);
  const [, [current], [course], [counted], written, [network], ties] = await db.batch([
    standing(db, actor, 'analytics:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    ...participationQueries(db, at, prompt),
    listTies(db, at, prompt, after, hides ? 0 : limit),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  if (prompt !== null) knownPrompt(deps, ruleSet, prompt);
  const { items, link } = await pageOf(secret, list, url, hides ? [] : ties, limit, ({ from, to, replies }) => ({
    at: replies,
    id: `${from}.${to}`,
  }));
  const all = { learners: counted!.n, written, network: network!, ties: items };
  return { body: participationBody(deps, ruleSet, prompt, all, hides), link, ruleSet, course: course! };
};
