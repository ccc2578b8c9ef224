import { NotesAt, NumberField, Step, TextField } from './fields.tsx';
import type { Notes } from './findings.ts';
import type { TypedMark } from './rubric-form.ts';

/** What people mark by hand beside what is graded automatically. */
export const RubricFields = ({ notes, rubric, of }: { notes: Notes; rubric: readonly TypedMark[]; of: string }) => (
  <details open={rubric.length > 0}>
    <summary>Marked by hand, on top</summary>
    <fieldset>
      <legend>Rubric</legend>
      <p class="quiet">
        Points that a person gives for {of}, added to the others. Changing them moves everybody's maximum when it is
        published.
      </p>
      <NotesAt notes={notes} at="rubric" />
      {rubric.map(({ id, title, points }, index) => (
        <div class="fields">
          <input type="hidden" name={`r${index}-id`} value={id} />
          <TextField notes={notes} name={`r${index}-title`} label={`What is marked (${index + 1})`} value={title} />
          <NumberField notes={notes} name={`r${index}-points`} label="Up to (points)" value={points} />
          <p class="actions">
            <Step step={`remove-mark ${index}`} label={`Remove row ${index + 1} of the rubric`}>
              Remove
            </Step>
          </p>
        </div>
      ))}
      <Step step="add-mark">Add a row</Step>
    </fieldset>
  </details>
);
