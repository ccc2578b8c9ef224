import type { Catalogue } from '../../catalogue/shapes.ts';
import { ClaimLink, roleName, shortSourceName } from '../claims.tsx';
import { NotesAt, NumberField, type Option, SelectField, Step, TextField, tied } from './fields.tsx';
import type { Notes } from './findings.ts';
import type { TypedEntry } from './rule-form.ts';
import { choicesFor, saysHow } from './voices.ts';

const asks: readonly Option[] = [
  ['none', 'none: the role alone'],
  ['any', 'any of these claims'],
  ['all', 'all of these claims'],
];

export type About = { catalogue: Catalogue; topic: string; notes: Notes; roles: readonly Option[] };

const choiceWords = ({ catalogue, topic }: About, id: string): string => {
  const claim = Object.hasOwn(catalogue.claims, id) ? catalogue.claims[id]! : undefined;
  if (!claim) return 'no reading makes this claim';
  const source = catalogue.sources.find((one) => one.id === claim.source)!;
  const role = claim.role === null ? '' : `: ${roleName(catalogue, claim.role)}`;
  return `${shortSourceName(source)} ${saysHow(claim, topic)}${role}`;
};

/** Claims to tick, and a field for others. */
const Evidence = ({
  about,
  name,
  chosen,
  role,
}: {
  about: About;
  name: string;
  chosen: readonly string[];
  role: string;
}) => (
  <ul class="evidence">
    {choicesFor(about.catalogue, about.topic, role, chosen).map((id) => {
      const known = Object.hasOwn(about.catalogue.claims, id);
      return (
        <li>
          <label>
            <input
              type="checkbox"
              name={name}
              value={id}
              checked={chosen.includes(id)}
              aria-label={`${id}: ${choiceWords(about, id)}`}
            />
            {choiceWords(about, id)}
          </label>
          {known ? <ClaimLink id={id} /> : <b dir="auto">{id}</b>}
        </li>
      );
    })}
  </ul>
);

const More = ({ about, index, name }: { about: About; index: number; name: string }) => (
  <div class="with-button">
    <TextField notes={about.notes} name={`e${index}-more-${name}`} label="Another claim" value="" list="all-claims" />
    <Step step="add-claim" label={`Add the claim to entry ${index + 1}`}>
      Add
    </Step>
  </div>
);

/** One entry of a rule: the role, what it earns, given which evidence. */
export const EntryFields = ({ about, entry, index }: { about: About; entry: TypedEntry; index: number }) => {
  const { notes, catalogue } = about;
  const { role, credit, claims, shows } = entry;
  const unnoticed = (notes.get(`e${index}`) ?? []).some(({ says }) => says.startsWith('No sample answer notices'));
  return (
    <fieldset class="entry" {...tied(notes, `e${index}`)}>
      <legend>
        Entry {index + 1}: {roleName(catalogue, role)}
      </legend>
      <NotesAt notes={notes} at={`e${index}`} />
      {unnoticed && (
        <p class="actions">
          <Step step={`notice ${index}`} label={`Add the samples that would notice, for entry ${index + 1}`}>
            Add the samples that would notice
          </Step>
        </p>
      )}
      <div class="fields">
        <SelectField notes={notes} name={`e${index}-role`} label="Who chooses" value={role} options={about.roles} />
        <NumberField notes={notes} name={`e${index}-credit`} label="earns (% of the points)" value={credit} />
        <SelectField
          notes={notes}
          name={`e${index}-asks`}
          label="with this evidence"
          value={entry.asks}
          options={asks}
        />
      </div>
      <details open={entry.asks !== 'none' || claims.length > 0}>
        <summary>Claims that license it</summary>
        <fieldset {...tied(notes, `e${index}-claims`)}>
          <legend class="unseen">Claims that license it</legend>
          <NotesAt notes={notes} at={`e${index}-claims`} />
          <Evidence about={about} name={`e${index}-claims`} chosen={claims} role={role} />
          <More about={about} index={index} name="claims" />
        </fieldset>
      </details>
      <details open={shows.length > 0}>
        <summary>Claims shown beside it, not asked for</summary>
        <fieldset {...tied(notes, `e${index}-shows`, 'yes')}>
          <legend>Shown as evidence</legend>
          <span id={`e${index}-shows-hint`} class="hint">
            Students see these once the key is open to them. They earn nothing.
          </span>
          <NotesAt notes={notes} at={`e${index}-shows`} />
          <Evidence about={about} name={`e${index}-shows`} chosen={shows} role={role} />
          <More about={about} index={index} name="shows" />
        </fieldset>
      </details>
      <p class="actions">
        <Step step={`remove-entry ${index}`} label={`Remove this entry (${index + 1})`}>
          Remove this entry
        </Step>
      </p>
    </fieldset>
  );
};
