import type { Catalogue } from '../../catalogue/shapes.ts';
import type { Problem } from '../../problem.ts';
import { at, type Fields, type Visit, withQuery } from '../visit.ts';
import type { Done } from './act.ts';
import type { Post, PromptRead } from './read-prompt.ts';
import type { Step, Typed } from './steps.ts';

/** A discussion as it is to be shown: what was read, what came of the form, and what the visitor may do. */
export type Shown = {
  catalogue: Catalogue;
  visit: Visit;
  read: PromptRead;
  /** The address of this part of the discussion. */
  here: string;
  fields: Fields;
  typed: Typed;
  step: Step;
  refused: Problem | undefined;
  done: Done | undefined;
  query: Readonly<Record<string, string | undefined>>;
  /** Whether work is taken from them now; and whether it is their own visit at all, not staff looking over somebody. */
  mayWrite: boolean;
  mayAct: boolean;
  /** The post of theirs that they are changing. */
  editing: string | null;
};

/** The address of this part of the discussion with more asked of it, at a post. */
export const atPost = ({ here }: Pick<Shown, 'here'>, id: string, more: Readonly<Record<string, string>>): string =>
  `${withQuery(here, more)}#post-${id}`;

/** Whether a preview of this text is to be shown, and what of. */
export const previewOf = ({ done }: Shown, verb: 'preview' | 'preview-edit', post: string): string | null =>
  done?.verb === verb && done.post === post ? (done.html ?? null) : null;

export const isOwn = ({ visit }: Shown, { author }: Post): boolean => author.id === visit.person.personId;

/** Whether what a post says is there to be changed. */
export const stands = ({ state }: Post): boolean => state === 'visible' || state === 'below-floor';

/** Whether the visitor is asked for a reply to it, or has typed one. */
export const isAnswerable = (shown: Shown, post: Post): boolean =>
  shown.mayWrite &&
  shown.read.gate.open &&
  shown.editing === null &&
  ((post.state === 'visible' && !post.locked && !isOwn(shown, post)) || post.id in shown.typed.replies);

/** The address of a post in its thread. */
export const threadAt = (visit: Visit, prompt: string, post: string): string =>
  `${withQuery(at(visit, 'prompts', prompt), { post })}#post-${post}`;
