import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimPicker } from '../claim-picker.tsx';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, fieldsOf, type Visit } from '../visit.ts';
import type { PromptRead } from './read-prompt.ts';

/** What was typed, from a form that was refused; else nothing. */
export type TypedPost = { body: string; claims: string[]; role: string; parentId: string };
export const nothing: TypedPost = { body: '', claims: [], role: '', parentId: '' };

export const typedIn = (fields: Fields): TypedPost => {
  const parentId = fieldOf(fields, 'parentId');
  return {
    body: fieldOf(fields, parentId === '' ? 'body' : `reply-${parentId}`),
    claims: fieldsOf(fields, 'claims'),
    role: fieldOf(fields, 'role'),
    parentId,
  };
};

/** The form of a post of one's own; every part of it works without script. */
export const WriteForm = ({
  catalogue,
  visit,
  read,
  typed,
}: {
  catalogue: Catalogue;
  visit: Visit;
  read: PromptRead;
  typed: TypedPost;
}) => {
  const own = typed.parentId === '' ? typed : nothing;
  return (
    <Change visit={visit} to={`${at(visit, 'prompts', read.prompt.id)}#result`}>
      <h2>Your post</h2>
      {read.gate.needs.map((need) => (
        <p>{need} Then you see what the others wrote.</p>
      ))}
      <label>
        What you think (Markdown; a claim in brackets, such as [{Object.keys(catalogue.claims)[0]}], becomes a link)
        <textarea name="body" maxlength={20000} required dir="auto">
          {own.body}
        </textarea>
      </label>
      <label>
        The role that you give it to
        <select name="role">
          <option value="">none</option>
          {catalogue.module.roles.map(({ id, label }) => (
            <option value={id} selected={own.role === id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <ClaimPicker catalogue={catalogue} legend="Claims that you cite" chosen={own.claims} />
      <p>
        <button type="submit" class="button">
          Post
        </button>
      </p>
    </Change>
  );
};
