import type { Child } from 'hono/jsx';
import type { Catalogue } from '../../catalogue/shapes.ts';
import { MAX_CLAIMS_CITED } from '../../discussion/posts.ts';
import { countWords } from '../../grading/count-words.ts';
import { ClaimPicker } from '../claim-picker.tsx';
import { ClaimLinks, claimsNamed } from '../claims.tsx';
import { SafeHtml } from '../safe-html.tsx';
import { checksOf, type Floor, markOf } from './checks.ts';
import { plainHeadings } from './post-html.ts';

type Text = { body: string; claims: string[]; role: string; find: string };

/** What a text must have to count, as far as the server knows it; script goes on from here (script/checks.ts). */
export const Checks = ({ of, floor, text }: { of: string; floor: Floor; text: Pick<Text, 'body' | 'claims'> }) => (
  <ul id={`checks-${of}`} class="checks" data-of={of} data-words={floor.words} data-claims={floor.claims}>
    {checksOf(floor, { words: countWords(text.body), claims: text.claims.length }).map((check) => (
      <li>
        {markOf(check)} {check.says}
      </li>
    ))}
  </ul>
);

/** A text as it will look; nothing was sent. */
export const Preview = ({ html, claims = [] }: { html: string; claims?: readonly string[] }) => (
  <section id="result" class="box" tabindex={-1} aria-label="Preview">
    <p class="quiet">This is how it will look. Nothing is sent yet.</p>
    <SafeHtml html={plainHeadings(html)} />
    {claims.length > 0 && (
      <p class="quiet">
        Cites <ClaimLinks ids={claims} />
      </p>
    )}
  </section>
);

/** Text, role and claims of a post of one's own. `floor` `null`: whose posts have none. */
export const PostFields = ({
  id,
  catalogue,
  floor,
  text,
  note,
}: {
  id: string;
  catalogue: Catalogue;
  floor: Floor | null;
  text: Text;
  /** Where it says that it is kept as a draft; without it no draft of it is kept. */
  note?: Child;
}) => {
  const unticked = [...new Set(claimsNamed(catalogue, text.body))].filter((claim) => !text.claims.includes(claim));
  return (
    <>
      <label for={id}>What you think</label>
      <textarea
        id={id}
        name="body"
        maxlength={20000}
        rows={10}
        dir="auto"
        aria-describedby={`help-${id}${floor ? ` checks-${id}` : ''}`}
        data-draft={note ? '' : undefined}
      >
        {text.body}
      </textarea>
      {note}
      <p id={`help-${id}`} class="quiet">
        **bold**, *italic*, - lists and [links](https://…) work. A claim in brackets, such as [
        {Object.keys(catalogue.claims)[0]}], becomes a link; tick it below to cite it.
      </p>
      {floor && <Checks of={id} floor={floor} text={text} />}
      {floor && unticked.length > 0 && (
        <p class="quiet">
          Named in your text and not ticked: <ClaimLinks ids={unticked} />
        </p>
      )}
      <label>
        The role that you give it to
        <select name="role">
          <option value="">none</option>
          {catalogue.module.roles.map((role) => (
            <option value={role.id} selected={text.role === role.id}>
              {role.label}
            </option>
          ))}
        </select>
      </label>
      <ClaimPicker
        catalogue={catalogue}
        legend="Claims that you cite"
        chosen={text.claims}
        most={MAX_CLAIMS_CITED}
        find={text.find}
      />
    </>
  );
};
