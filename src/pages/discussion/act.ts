import { permit } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { draftSchema, saveDraft } from '../../discussion/drafts.ts';
import { flagPost, flagSchema, unflagPost } from '../../discussion/flags.ts';
import { renderPost } from '../../discussion/markdown.ts';
import { changePost, changePostSchema, deletePost, writePost, writePostSchema } from '../../discussion/posts.ts';
import { revisionTag } from '../../etag.ts';
import { invalid } from '../../problem.ts';
import { validate } from '../../validate.ts';
import { isModeration, moderate } from '../review/moderate.ts';
import { at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import { type Step, textAt, typedIn } from './steps.ts';

/** What came of a step; a preview has the text as it will look. */
export type Done = Step & { html?: string };

/** The text that a step is about, with the claims and the role where it is no reply. */
const textOf = (fields: Fields, { verb, post }: Step) => {
  const { body, claims, role, replies } = typedIn(fields);
  const isReply = post !== '' && verb !== 'edit' && verb !== 'preview-edit';
  return isReply ? { body: textAt(replies, post), parentId: post } : { body, claims, role: role === '' ? null : role };
};

const written = <Text extends { body: string }>(text: Text): Text => {
  if (text.body.trim() === '') throw invalid('/body', 'Write something first.');
  return text;
};

const write = async (deps: Deps, visit: Visit, prompt: string, step: Step, fields: Fields) => {
  const input = validate(writePostSchema(), written(textOf(fields, step)));
  const once = await onceOf(visit.person, at(visit, 'prompts', prompt), fields);
  await writePost(deps, visit.person, prompt, once, input);
};

/** The form of a reply has no roles, and leaves its claims as they are. */
const edit = async (deps: Deps, { person }: Visit, step: Step, fields: Fields) => {
  const { body, ...more } = written(textOf(fields, step));
  const input = validate(changePostSchema(), 'role' in fields ? { body, ...more } : { body });
  await changePost(deps, person, step.post, fieldOf(fields, 'tag'), input);
};

const keepDraft = async (deps: Deps, { person }: Visit, prompt: string, step: Step, fields: Fields) => {
  const known = fieldOf(fields, 'draft');
  const ifMatch = known === '' ? undefined : revisionTag(Number(known));
  await saveDraft(deps, person, prompt, ifMatch, validate(draftSchema(), textOf(fields, step)));
};

/** Carries out what a button of a discussion asked for; a preview changes nothing. */
export const act = async (deps: Deps, visit: Visit, prompt: string, step: Step, fields: Fields): Promise<Done> => {
  const { person } = visit;
  const { verb, post } = step;
  const reason = textAt(typedIn(fields).reasons, post);
  if (isModeration(verb)) {
    await moderate(deps, person, { verb, post, reason });
    return step;
  }
  const action = verb === 'flag' || verb === 'unflag' ? 'posts:flag' : 'posts:write';
  permit(person, action);
  switch (verb) {
    case 'find':
      return step;
    case 'preview':
    case 'preview-edit': {
      const { body } = validate(draftSchema(), written(textOf(fields, step)));
      return { ...step, html: await renderPost(deps.catalogue, body) };
    }
    case 'draft':
      await keepDraft(deps, visit, prompt, step, fields);
      return step;
    case 'edit':
      await edit(deps, visit, step, fields);
      return step;
    case 'delete':
      await deletePost(deps, person, post);
      return step;
    case 'flag':
      if (reason.trim() === '') throw invalid('/reason', 'Say why the staff should look at it.');
      await flagPost(deps, person, post, validate(flagSchema(), { reason }).reason);
      return step;
    case 'unflag':
      await unflagPost(deps, person, post);
      return step;
    default:
      await write(deps, visit, prompt, step, fields);
      return step;
  }
};
