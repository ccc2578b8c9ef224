import * as z from 'zod';
import { type Actor, asPerson } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { timeOf } from '../courses/schedule.ts';
import type { Deps } from '../deps.ts';
import { revisionOf } from '../etag.ts';
import { lazily } from '../lazily.ts';
import { withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { type DraftRow, draftIsStale, findDraft, upsertDraft } from './drafts-store.ts';
import { knownPrompt, MAX_CLAIMS_CITED, MAX_POST_CHARACTERS } from './posts.ts';

/** A draft may be anything: unfinished text, claims that do not exist yet. It is checked when it is posted. */
export const draftSchema = lazily(() =>
  z
    .strictObject({
      body: z.string().max(MAX_POST_CHARACTERS),
      claims: z.array(z.string().max(40)).max(MAX_CLAIMS_CITED).default([]),
      role: z.string().max(40).nullish(),
      parentId: z.string().max(64).nullish(),
    })
    .meta({ id: 'NewDraft' }),
);

export const keptDraftSchema = lazily(() =>
  z
    .object({
      body: z.string(),
      claims: z.array(z.string()),
      role: z.string().nullable(),
      parentId: z.string().nullable(),
      revision: z.int(),
      updatedAt: z.iso.datetime(),
    })
    .meta({ id: 'Draft' }),
);

/** A draft for JSON. */
export const draftBody = (row: DraftRow) => ({
  body: row.body,
  claims: JSON.parse(row.claims) as string[],
  role: row.role,
  parentId: row.parentId,
  revision: row.revision,
  updatedAt: timeOf(row.updatedAt),
});

/** Keeps what a person is writing. The first needs no If-Match; after that it must name the revision it changes. */
export const saveDraft = async (
  deps: Deps,
  actor: Actor,
  prompt: string,
  ifMatch: string | undefined,
  { role, parentId, ...input }: z.output<ReturnType<typeof draftSchema>>,
): Promise<DraftRow> => {
  const person = asPerson(actor);
  const db = deps.dbFor(person.institutionId);
  const revision = ifMatch === undefined ? undefined : revisionOf(ifMatch);
  return withCurrentRules(deps, db, person, async ({ hash, ruleSet }) => {
    knownPrompt(deps, ruleSet, prompt);
    const [, , [row]] = await db.batch([
      standing(db, actor, 'posts:write', person.courseId, [
        rulesMoved(person.courseId, hash, null),
        ...draftIsStale(person, prompt, revision),
      ]),
      upsertDraft(db, person, prompt, { ...input, role: role ?? null, parentId: parentId ?? null, now: deps.now() }),
      findDraft(db, person, prompt),
    ]);
    return row!;
  });
};
