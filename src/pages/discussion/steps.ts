import { moderationVerbs } from '../review/moderate.ts';
import { type Fields, fieldOf, fieldsOf } from '../visit.ts';

const verbs = [
  'post',
  'reply',
  'preview',
  'draft',
  'edit',
  'preview-edit',
  'find',
  'delete',
  'flag',
  'unflag',
  ...moderationVerbs,
] as const;
export type Verb = (typeof verbs)[number];

/** Which button of the page was pressed, and at which post; `post` '': none. */
export type Step = { verb: Verb; post: string };

export const isVerb = (verb: string | undefined): verb is Verb =>
  (verbs as readonly (string | undefined)[]).includes(verb);

/** Whether a step changes nothing: all that was typed is shown again. */
export const onlyShows = (verb: Verb): boolean => verb === 'preview' || verb === 'preview-edit' || verb === 'find';

/**
 * The step of a form; without one it is a post of one's own. A claim that is searched for or cited from its note, like a
 * step that no page of ours has, changes nothing.
 */
export const stepOf = (fields: Fields): Step => {
  const [verb = '', post = ''] = fieldOf(fields, 'step').split(':');
  if (verb === '' && fieldOf(fields, 'cite') === '') return { verb: 'post', post: '' };
  return isVerb(verb) && verb !== 'find' ? { verb, post } : { verb: 'find', post: fieldOf(fields, 'editing') };
};

/** Everything that was typed into the page's forms. */
export type Typed = {
  body: string;
  claims: string[];
  role: string;
  /** What is searched for in the claims. */
  find: string;
  /** By the post that they answer. */
  replies: Readonly<Record<string, string>>;
  /** By the post that they are about: why to flag or to hide it. */
  reasons: Readonly<Record<string, string>>;
};

/** What was typed for a post; `post` is whatever a form says, so not what every object has. */
export const textAt = (texts: Readonly<Record<string, string>>, post: string): string =>
  Object.hasOwn(texts, post) ? texts[post]! : '';

export const nothing: Typed = { body: '', claims: [], role: '', find: '', replies: {}, reasons: {} };

const named = (fields: Fields, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.keys(fields)
      .filter((name) => name.startsWith(prefix) && fieldOf(fields, name) !== '')
      .map((name) => [name.slice(prefix.length), fieldOf(fields, name)]),
  );

export const typedIn = (fields: Fields): Typed => ({
  body: fieldOf(fields, 'body'),
  claims: [...new Set([...fieldsOf(fields, 'claims'), ...fieldsOf(fields, 'cite')])],
  role: fieldOf(fields, 'role'),
  find: fieldOf(fields, 'find'),
  replies: named(fields, 'reply-'),
  reasons: named(fields, 'reason-'),
});

const without = (record: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== name));

/** What is left of it once a step was carried out: nothing that was typed for another one is lost by that. */
export const leftAfter = (typed: Typed, { verb, post }: Step): Typed => {
  if (verb === 'post' || verb === 'edit') return { ...nothing, replies: typed.replies, reasons: typed.reasons };
  if (verb === 'reply') return { ...typed, replies: without(typed.replies, post) };
  return { ...typed, reasons: without(typed.reasons, post) };
};

export const isEmpty = ({ body, replies, reasons }: Typed): boolean =>
  body === '' && Object.keys(replies).length === 0 && Object.keys(reasons).length === 0;

type Draft = { body: string; claims: string[]; role: string | null; parentId: string | null };

/** What was typed, else the draft that the server keeps, where nothing was typed in its place. */
export const withDraft = (typed: Typed, draft: Draft | null): Typed => {
  if (!draft || draft.body === '') return typed;
  const { body, claims, role, parentId } = draft;
  if (parentId !== null) return { ...typed, replies: { [parentId]: body, ...typed.replies } };
  return typed.body === '' ? { ...typed, body, claims, role: role ?? '' } : typed;
};

/** Whether what was typed is in the form that changes a post. */
export const editsIn = ({ verb, post }: Step): boolean =>
  verb === 'edit' || verb === 'preview-edit' || (verb === 'find' && post !== '');
