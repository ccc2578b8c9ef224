import { criterionKinds } from '../../grading/criteria/kinds.ts';
import { Change } from '../screen.tsx';
import type { Visit } from '../visit.ts';
import { manyOf, type TypedCriterion, type TypedPrompt } from './criteria-form.ts';
import { Began, Foot, SaveByEnter } from './draft-form.tsx';
import { NotesAt, NumberField, Step, TextField, type Told, ToldAt } from './fields.tsx';
import type { Notes } from './findings.ts';
import { RubricFields } from './rubric-fields.tsx';

const kindTitle = (kind: string) => criterionKinds.find(({ id }) => id === kind)?.title ?? kind;

const Criterion = ({ notes, criterion, index }: { notes: Notes; criterion: TypedCriterion; index: number }) => {
  const { id, kind, title, points, words, many } = criterion;
  return (
    <fieldset class="entry">
      <legend>
        Criterion {index + 1}: {kindTitle(kind)}
      </legend>
      <input type="hidden" name={`c${index}-id`} value={id} />
      <input type="hidden" name={`c${index}-kind`} value={kind} />
      <div class="fields">
        <TextField notes={notes} name={`c${index}-title`} label="What students see it called" value={title} />
        <NumberField notes={notes} name={`c${index}-points`} label="Points" value={points} />
        <NumberField notes={notes} name={`c${index}-words`} label="Words, at least" value={words} />
        <NumberField notes={notes} name={`c${index}-many`} label={manyOf(kind).label} value={many} />
      </div>
      <p class="actions">
        <Step step={`remove-criterion ${index}`} label={`Remove this criterion (${index + 1})`}>
          Remove this criterion
        </Step>
      </p>
    </fieldset>
  );
};

type Props = {
  visit: Visit;
  address: string;
  typed: TypedPrompt;
  notes: Notes;
  began: { tag: string; was: string };
  unsaved: boolean;
  told: Told;
};

/** The criteria of a discussion as a form, whole without script. */
export const CriteriaForm = ({ visit, address, typed, notes, began, unsaved, told }: Props) => (
  <Change visit={visit} to={address} id="rule">
    <SaveByEnter />
    <Began {...began} />
    <NotesAt notes={notes} at="criteria" />
    {typed.criteria.map((criterion, index) => (
      <Criterion notes={notes} criterion={criterion} index={index} />
    ))}
    <ToldAt told={told} at="criteria" />
    <fieldset>
      <legend>Add a criterion</legend>
      <p class="actions">
        {criterionKinds.map(({ id, title }) => (
          <Step step={`add-criterion ${id}`}>{title}</Step>
        ))}
      </p>
    </fieldset>
    <ToldAt told={told} at="rubric" />
    <RubricFields notes={notes} rubric={typed.rubric} of="the prose of a person's posts" />
    <Foot unsaved={unsaved} tries={false} />
  </Change>
);
