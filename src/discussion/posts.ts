import * as z from 'zod';
import { type Actor, actorName, asPerson, type Person } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { type CoursePrompt, promptIn } from '../catalogue/course-content.ts';
import { knownClaims, knownRole } from '../catalogue/known.ts';
import { windowIsShut, windowRows } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Database } from '../db/client.ts';
import type { Guard } from '../db/guard.ts';
import { keyFitsRequest, type Once, remember, unseen } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { participationBody } from '../grades/participation-body.ts';
import { countWords } from '../grading/count-words.ts';
import { countsOf, floorOf, gradeParticipation } from '../grading/participation.ts';
import type { PromptRule, RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { Problem } from '../problem.ts';
import { rulesByHash, withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { removeDraft } from './drafts-store.ts';
import { renderPost } from './markdown.ts';
import { insertParticipationEvent, mayCount, type Participating, postWritten } from './participation-store.ts';
import { postBody } from './post-body.ts';
import {
  changeIsRefused,
  findSubmittedPost,
  insertPost,
  insertVersion,
  type NewPost,
  replyIsRefused,
  updatePost,
  updatePostDeleted,
} from './posts-store.ts';
import { findPost, viewerOf } from './store.ts';

export const MAX_POST_CHARACTERS = 20_000;
export const MAX_CLAIMS_CITED = 20;

/** The longest HTML that a post may become: a page of fifty must fit what the database sends in one go. */
const MAX_HTML_CHARACTERS = 100_000;

const body = z
  .string()
  .max(MAX_POST_CHARACTERS)
  .refine((text) => text.trim() !== '', 'write something');
const claims = z.array(z.string().max(40)).max(MAX_CLAIMS_CITED);
const role = z.string().max(40).nullable();

export const writePostSchema = lazily(() =>
  z
    .strictObject({
      body,
      claims: claims.default([]),
      role: role.default(null),
      parentId: z.string().max(64).nullish(),
    })
    .meta({ id: 'NewPost' }),
);

/** What is left out stays as it was. */
export const changePostSchema = lazily(() =>
  z
    .strictObject({ body: body.optional(), claims: claims.optional(), role: role.optional() })
    .meta({ id: 'PostChange' }),
);

type Content = { body: string; claims: string[]; role: string | null };

const noRule: PromptRule = { criteria: [] };
const ruleOf = (ruleSet: RuleSet, prompt: string): PromptRule => ruleSet.prompts[prompt] ?? noRule;

/** Throws `prompt-not-found` for a prompt that the course does not have under these rules. */
export const knownPrompt = ({ catalogue }: Deps, ruleSet: RuleSet, id: string): CoursePrompt => {
  const prompt = promptIn(catalogue, ruleSet, id);
  if (!prompt) throw new Problem('prompt-not-found');
  return prompt;
};

const readContent = async ({ catalogue }: Deps, input: Content) => {
  const known = {
    claims: knownClaims(catalogue, input.claims, '/claims'),
    role: input.role === null ? null : knownRole(catalogue, input.role),
  };
  const html = await renderPost(catalogue, input.body);
  if (html.length > MAX_HTML_CHARACTERS)
    throw new Problem('text-too-long', {
      errors: [{ pointer: '/body', detail: 'use less formatting: it is too long as HTML' }],
    });
  return { body: input.body, html, ...known, words: countWords(input.body) };
};

/** Staff set no example of length: a welcome of theirs is seen by all. */
const meetsFloor = (person: Person, rule: PromptRule, post: { words: number; claims: string[] }): boolean => {
  const floor = floorOf(rule);
  return person.role !== 'learner' || (post.words >= floor.words && post.claims.length >= floor.claims);
};

const participating = (
  place: { person: Person; prompt: string; unit: string },
  { hash, rule }: { hash: string; rule: PromptRule },
  at: Pick<Participating, 'eventId' | 'now' | 'when'>,
): Participating => ({
  ...at,
  ...place,
  counts: countsOf(rule),
  max: gradeParticipation(rule, {}).max,
  ruleSet: hash,
});

/** What every write to a prompt is refused by: the actor's standing, rules that moved, for learners the dates, and `also`. */
const mayWrite = (
  db: Database,
  { person, prompt, unit }: { person: Person; prompt: string; unit: string },
  hash: string,
  once: Once | null,
  now: number,
  also: readonly Guard[],
) =>
  standing(
    db,
    person,
    'posts:write',
    person.courseId,
    [
      rulesMoved(person.courseId, hash, unseen(once)),
      ...(person.role === 'learner' ? windowIsShut(once, now) : []),
      ...also,
    ],
    windowRows({ ...person, kind: 'prompt', activity: prompt, unit }),
  );

/**
 * Stores a post or a reply with its first version, counts participation and grades it, drops the draft: one
 * transaction, one round trip. A post under the floor is kept but not committed, and opens no gate. Throws `prompt-not-found`,
 * `post-first`, `post-not-found`, `post-removed`, `post-held`, `post-locked`, `not-yet-open`, `closed` and what can be wrong
 * with the input.
 */
export const writePost = async (
  deps: Deps,
  actor: Actor,
  prompt: string,
  once: Once | null,
  input: z.output<ReturnType<typeof writePostSchema>>,
) => {
  const person = asPerson(actor);
  const written = await readContent(deps, input);
  const parentId = input.parentId ?? null;
  const db = deps.dbFor(person.institutionId);
  const [id, now] = [deps.newId(), deps.now()];

  const row = await withCurrentRules(deps, db, person, async ({ hash, ruleSet }) => {
    const { unit } = knownPrompt(deps, ruleSet, prompt);
    const rule = ruleOf(ruleSet, prompt);
    const commits = parentId === null && meetsFloor(person, rule, written);
    const post: NewPost = { id, person, prompt, parentId, ...written, meetsFloor: commits, now };
    const ledger = participating({ person, prompt, unit }, { hash, rule }, { eventId: id, now, when: postWritten(id) });
    const results = await db.batch([
      mayWrite(db, { person, prompt, unit }, hash, once, now, [...keyFitsRequest(once), ...replyIsRefused(post, once)]),
      insertPost(db, post, once),
      insertVersion(db, post),
      insertParticipationEvent(db, ledger),
      removeDraft(db, post),
      findSubmittedPost(db, person, once, id),
      ...(once ? [remember(db, once, { institutionId: person.institutionId, id, at: now })] : []),
    ]);
    return { ...results[5][0]!, current: rule };
  });

  const rule =
    row.ruleSet === null ? row.current : ruleOf(await rulesByHash(deps, db, person.institutionId, row.ruleSet), prompt);
  const asSent = { ...row, committedAt: row.committedAtFirst };
  const body = { ...postBody(asSent), participation: participationBody(rule, row.counted) };
  return { body, replayed: row.id !== id };
};

/**
 * Makes a new version of one's own post; what was committed stays. Throws `post-not-found`, `not-permitted`, `stale`,
 * `post-removed`, `closed`.
 */
export const changePost = async (
  deps: Deps,
  actor: Actor,
  id: string,
  ifMatch: string,
  input: z.output<ReturnType<typeof changePostSchema>>,
) => {
  const person = asPerson(actor);
  const revision = revisionOf(ifMatch);
  const db = deps.dbFor(person.institutionId);
  const viewer = viewerOf(person);
  const [, [before]] = await db.batch([
    standing(db, actor, 'posts:write', person.courseId, changeIsRefused(person, id, revision)),
    findPost(db, viewer, id),
  ]);
  const { prompt, body, claims, role } = before!;
  const kept: Content = { body: body ?? '', claims: JSON.parse(claims) as string[], role };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const written = await readContent(deps, { ...kept, ...given });
  const [now, eventId] = [deps.now(), deps.newId()];

  return withCurrentRules(deps, db, person, async ({ hash, ruleSet }) => {
    const rule = ruleOf(ruleSet, prompt);
    const place = { person, prompt, unit: promptIn(deps.catalogue, ruleSet, prompt)?.unit ?? '' };
    const ledger = participating(place, { hash, rule }, { eventId, now, when: mayCount(id, now) });
    const change = { id, ...written, now };
    const results = await db.batch([
      mayWrite(db, place, hash, null, now, changeIsRefused(person, id, before!.version)),
      updatePost(db, person, { ...change, meetsFloor: meetsFloor(person, rule, written) }),
      insertVersion(db, change),
      insertParticipationEvent(db, ledger),
      findPost(db, viewer, id),
    ]);
    return postBody(results[4][0]!);
  });
};

/** Leaves a tombstone where one's own post was. Throws `post-not-found`, `post-removed`. */
export const deletePost = async (deps: Deps, actor: Actor, id: string): Promise<void> => {
  const person = asPerson(actor);
  const { institutionId, courseId } = person;
  const db = deps.dbFor(institutionId);
  const at = deps.now();
  const audit = { institutionId, courseId, actor: actorName(actor), action: 'post-deleted', subject: id, at };
  await db.batch([
    standing(db, actor, 'posts:write', courseId, changeIsRefused(person, id, null)),
    updatePostDeleted(db, id, at),
    insertAudit(db, { id: deps.newId(), ...audit }),
  ]);
};
