import * as z from 'zod';
import { knownClaims, knownRole } from '../answers/submit.ts';
import { type Actor, actorName, asPerson, type Person } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { windowIsShut } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import { keyFitsRequest, type Once, remember, unseen } from '../db/once.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { countsOf, countWords, floorOf, gradeParticipation } from '../grading/participation.ts';
import type { PromptRule, RuleSet } from '../grading/rule-set.ts';
import { Problem } from '../problem.ts';
import { rulesByHash, withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { renderPost } from './markdown.ts';
import {
  insertParticipationEvent,
  newlyCommitted,
  type Participating,
  postWritten,
  upsertParticipationGrade,
} from './participation-store.ts';
import { participationBody, postBody } from './post-body.ts';
import {
  changeIsRefused,
  findPost,
  findSubmittedPost,
  insertPost,
  insertVersion,
  type NewPost,
  removeDraft,
  replyIsRefused,
  updatePost,
  updatePostDeleted,
} from './store.ts';

export const MAX_POST_CHARACTERS = 20_000;

const content = {
  body: z.string().trim().min(1, 'write something').max(MAX_POST_CHARACTERS),
  claims: z.array(z.string().max(40)).max(20).default([]),
  role: z.string().max(40).nullish(),
};

export const writePostSchema = z
  .strictObject({ ...content, parentId: z.string().max(64).nullish() })
  .meta({ id: 'NewPost' });
export const changePostSchema = z.strictObject(content).meta({ id: 'PostChange' });

const noRule: PromptRule = { criteria: [] };
const ruleOf = (ruleSet: RuleSet, prompt: string): PromptRule => ruleSet.prompts[prompt] ?? noRule;

/** Throws `prompt-not-found` for a prompt that the module does not have. */
export const knownPrompt = ({ catalogue }: Deps, id: string): string => {
  if (!Object.hasOwn(catalogue.prompts, id)) throw new Problem('prompt-not-found');
  return id;
};

const readContent = async ({ catalogue }: Deps, input: z.output<typeof changePostSchema>) => ({
  body: input.body,
  html: await renderPost(catalogue, input.body),
  claims: knownClaims(catalogue, input.claims, '/claims'),
  role: input.role == null ? null : knownRole(catalogue, input.role),
  words: countWords(input.body),
});

const participating = (
  person: Person,
  prompt: string,
  { hash, rule }: { hash: string; rule: PromptRule },
  at: Pick<Participating, 'eventId' | 'now' | 'when'>,
): Participating => ({
  ...at,
  person,
  prompt,
  counts: countsOf(rule),
  max: gradeParticipation(rule, {}).max,
  ruleSet: hash,
});

/**
 * Stores a post or a reply with its first version, counts participation and grades it, drops the draft: one
 * transaction, one round trip. A post under the floor is kept but not committed, and opens no gate. Throws `post-first`,
 * `post-not-found`, `post-removed`, `not-yet-open`, `closed` and what can be wrong with the input.
 */
export const writePost = async (
  deps: Deps,
  actor: Actor,
  promptId: string,
  once: Once | null,
  input: z.output<typeof writePostSchema>,
) => {
  const person = asPerson(actor);
  const prompt = knownPrompt(deps, promptId);
  const written = await readContent(deps, input);
  const parentId = input.parentId ?? null;
  const db = deps.dbFor(person.institutionId);
  const [id, now] = [deps.newId(), deps.now()];

  const row = await withCurrentRules(deps, db, person, async ({ hash, ruleSet }) => {
    const rule = ruleOf(ruleSet, prompt);
    const floor = floorOf(rule);
    const meetsFloor = parentId === null && written.words >= floor.words && written.claims.length >= floor.claims;
    const post: NewPost = { id, person, prompt, parentId, ...written, meetsFloor, now };
    const ledger = participating(person, prompt, { hash, rule }, { eventId: id, now, when: postWritten(id) });
    const results = await db.batch([
      standing(db, actor, 'posts:write', person.courseId, [
        ...keyFitsRequest(once),
        rulesMoved(person.courseId, hash, unseen(once)),
        ...(person.role === 'learner' ? windowIsShut({ ...person, kind: 'prompt', activity: prompt }, once, now) : []),
        ...replyIsRefused(post, once),
      ]),
      insertPost(db, post, once),
      insertVersion(db, post),
      insertParticipationEvent(db, ledger),
      upsertParticipationGrade(db, ledger),
      removeDraft(db, person, prompt),
      remember(db, once, { institutionId: person.institutionId, id, at: now }),
      findSubmittedPost(db, person, once, id),
    ]);
    return { ...results[7][0]!, current: rule };
  });

  const rule =
    row.ruleSet === null ? row.current : ruleOf(await rulesByHash(deps, db, person.institutionId, row.ruleSet), prompt);
  const body = { ...postBody(row), participation: participationBody(rule, row.counted) };
  return { body, replayed: row.id !== id, version: row.version };
};

/** Makes a new version of one's own post; what was committed stays. Throws `stale`, `post-removed`, `closed`. */
export const changePost = async (
  deps: Deps,
  actor: Actor,
  id: string,
  ifMatch: string,
  input: z.output<typeof changePostSchema>,
) => {
  const person = asPerson(actor);
  const written = await readContent(deps, input);
  const db = deps.dbFor(person.institutionId);
  const viewer = { ...person, staff: false };
  const [before] = await findPost(db, viewer, id);
  if (!before) throw new Problem('post-not-found');
  const { prompt } = before;
  const [now, eventId] = [deps.now(), deps.newId()];

  return withCurrentRules(deps, db, person, async ({ hash, ruleSet }) => {
    const rule = ruleOf(ruleSet, prompt);
    const ledger = participating(person, prompt, { hash, rule }, { eventId, now, when: newlyCommitted(id, now) });
    const change = { id, ...written, now };
    const results = await db.batch([
      standing(db, actor, 'posts:write', person.courseId, [
        ...changeIsRefused(person, id, revisionOf(ifMatch)),
        rulesMoved(person.courseId, hash, unseen(null)),
        ...(person.role === 'learner' ? windowIsShut({ ...person, kind: 'prompt', activity: prompt }, null, now) : []),
      ]),
      updatePost(db, { ...change, claims: written.claims.length, floor: floorOf(rule) }),
      insertVersion(db, change),
      insertParticipationEvent(db, ledger),
      upsertParticipationGrade(db, ledger),
      findPost(db, viewer, id),
    ]);
    return postBody(results[5][0]!);
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
