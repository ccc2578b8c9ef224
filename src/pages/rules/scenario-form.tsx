import type { Catalogue } from '../../catalogue/shapes.ts';
import { roleName } from '../claims.tsx';
import { Change } from '../screen.tsx';
import type { Visit } from '../visit.ts';
import { BenchFields, type Earns } from './bench-fields.tsx';
import { Began, Foot, SaveByEnter } from './draft-form.tsx';
import { EntryFields } from './entry-fields.tsx';
import { AreaField, NotesAt, NumberField, type Option, SelectField, Step, type Told, ToldAt, tied } from './fields.tsx';
import type { Notes } from './findings.ts';
import { RubricFields } from './rubric-fields.tsx';
import type { TypedScenario } from './rule-steps.ts';

const treats: readonly Option[] = [
  ['', 'Graded by the entries below'],
  ['void', 'Counts for nobody'],
  ['full-credit', 'All points to everybody who answers'],
];

/** Every claim of the readings, to be proposed where one is typed. */
export const ClaimList = ({ catalogue }: { catalogue: Catalogue }) => (
  <datalist id="all-claims">
    {Object.values(catalogue.claims).map(({ id, text }) => (
      <option value={id}>{text}</option>
    ))}
  </datalist>
);

const Says = ({ catalogue, notes, says }: { catalogue: Catalogue; notes: Notes; says: Record<string, string> }) => {
  const roles = [...new Set([...catalogue.module.roles.map(({ id }) => id), ...Object.keys(says)])];
  return (
    <details open={[...notes.keys()].some((at) => at.startsWith('says'))}>
      <summary>What students are told once the key is open to them</summary>
      <fieldset {...tied(notes, 'says')}>
        <legend class="unseen">What students are told</legend>
        <NotesAt notes={notes} at="says" />
        {roles.map((role) => (
          <AreaField
            notes={notes}
            name={`says-${role}`}
            label={`To who chose: ${roleName(catalogue, role)}`}
            value={Object.hasOwn(says, role) ? says[role]! : ''}
          />
        ))}
      </fieldset>
    </details>
  );
};

type Props = {
  catalogue: Catalogue;
  visit: Visit;
  address: string;
  typed: TypedScenario;
  notes: Notes;
  earns: Earns;
  began: { tag: string; was: string };
  unsaved: boolean;
  told: Told;
};

/** A scenario's rule and samples as one form, whole without script: its buttons add, take away and try what is typed. */
export const ScenarioForm = ({ catalogue, visit, address, typed, notes, earns, began, unsaved, told }: Props) => {
  const { topic, rule, bench, sample } = typed;
  const roles = catalogue.module.roles.map(({ id, label }) => [id, label] as const);
  const about = { catalogue, topic, notes, roles };
  return (
    <Change visit={visit} to={address} id="rule">
      <SaveByEnter />
      <Began {...began} />
      <input type="hidden" name="topic" value={topic} />
      <NotesAt notes={notes} at="" />
      <div class="fields">
        <NumberField notes={notes} name="points" label="Points" value={rule.points} />
        <SelectField notes={notes} name="treat" label="How it counts" value={rule.treat} options={treats} />
      </div>
      <h2 id="entries">Who earns what</h2>
      <p>An answer earns the highest of these entries that fits it. No entry, no points.</p>
      <NotesAt notes={notes} at="entries" />
      {rule.entries.map((entry, index) => (
        <>
          <ToldAt told={told} at={`e${index}`} />
          <EntryFields about={about} entry={entry} index={index} />
        </>
      ))}
      <ToldAt told={told} at="entries" />
      <p>
        <Step step="add-entry">Add an entry</Step>
      </p>
      <ToldAt told={told} at="bench" />
      <BenchFields about={about} bench={bench} sample={sample} earns={earns} />
      <h2>Words</h2>
      <Says catalogue={catalogue} notes={notes} says={rule.says} />
      <AreaField
        notes={notes}
        name="signOff"
        label="Why one role alone is right"
        hint="Asked for where the readings contest the topic and one role alone can earn full credit."
        value={rule.signOff}
      />
      <ToldAt told={told} at="rubric" />
      <RubricFields notes={notes} rubric={rule.rubric} of="the reason of an answer" />
      <Foot unsaved={unsaved} tries />
    </Change>
  );
};
