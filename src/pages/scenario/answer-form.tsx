import type { Deps } from '../../deps.ts';
import { MAX_CLAIMS } from '../../grading/grade-answer.ts';
import { ClaimPicker } from '../claim-picker.tsx';
import { lateWords } from '../grades/grade-words.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, fieldsOf, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import type { ScenarioRead } from './read-scenario.ts';

/** What stands in the form, and what was searched for in its claims. */
export type TypedAnswer = { role: string; claims: string[]; reason: string; find: string };
export const nothing: TypedAnswer = { role: '', claims: [], reason: '', find: '' };

/** What was typed; a claim cited from the margin of the text is ticked with the others. */
export const typedIn = (fields: Fields): TypedAnswer => ({
  role: fieldOf(fields, 'role'),
  claims: [...new Set([...fieldsOf(fields, 'claims'), ...fieldsOf(fields, 'cite')])],
  reason: fieldOf(fields, 'reason'),
  find: fieldOf(fields, 'find'),
});

/** The form of a scenario; every part of it works without script. */
export const AnswerForm = ({
  deps,
  visit,
  read,
  typed,
}: {
  deps: Deps;
  visit: Visit;
  read: ScenarioRead;
  typed: TypedAnswer;
}) => {
  const { scenario, policy } = read;
  const { used, max } = scenario.attempts;
  const counts = { best: 'the best', last: 'the last', first: 'the first' }[policy.attempts.keep];
  const form = (
    <Change visit={visit} to={`${at(visit, 'scenarios', scenario.id)}#result`} id="answer">
      <h2>Your answer</h2>
      <p>
        Attempt {used + 1} of {max}
        {max > 1 && `; ${counts} one counts`}. The role alone does not earn everything: cite what supports it.
        {scenario.dueAt !== null && ` ${lateWords(policy)}`}
      </p>
      <fieldset>
        <legend>Whose job is it?</legend>
        {scenario.roles.map(({ id, label }) => (
          <label>
            <input type="radio" name="role" value={id} checked={typed.role === id} required />
            {label}
          </label>
        ))}
      </fieldset>
      <ClaimPicker
        catalogue={deps.catalogue}
        legend={`Cite up to ${counted(MAX_CLAIMS, 'claim')} (you may leave this out)`}
        chosen={typed.claims}
        most={MAX_CLAIMS}
        find={typed.find}
      />
      <label>
        Why? (you may leave this out)
        <textarea name="reason" maxlength={20000} dir="auto">
          {typed.reason}
        </textarea>
      </label>
      <p class="actions">
        <button type="submit" class="button main">
          Submit
        </button>
      </p>
    </Change>
  );
  if (used === 0) return form;
  return (
    <details open={typed !== nothing}>
      <summary>Answer again: {counted(max - used, 'attempt')} left</summary>
      {form}
    </details>
  );
};

/** What was typed and cannot be sent any more, to keep. */
export const Typed = ({ typed: { role, claims, reason } }: { typed: TypedAnswer }) => (
  <div class="box">
    <p>What you typed: {[role, ...claims].join(', ')}</p>
    {reason && <blockquote dir="auto">{reason}</blockquote>}
  </div>
);
