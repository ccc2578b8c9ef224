import { creditOf } from '../../grading/grade-answer.ts';
import type { Accept } from '../../grading/rule-set.ts';
import { ClaimLinks, roleName } from '../claims.tsx';
import { Table } from '../table.tsx';
import type { TypedSample } from './bench-form.ts';
import type { About } from './entry-fields.tsx';
import { NotesAt, NumberField, SelectField, Step, TextField, tied } from './fields.tsx';
import { creditWords } from './rule-words.ts';

/** What a sample earns: by the rules in force, and by what is typed; `null` where that cannot be said. */
export type Earns = { before: readonly Accept[] | null; now: readonly Accept[] | null };

const earned = (accepts: readonly Accept[] | null, { role, claims }: TypedSample): string =>
  accepts === null ? '–' : creditWords(creditOf(accepts, role, claims));

/** What a sample gets now, and what it would get: told apart by words, not by colour alone. */
const BeforeAndNow = ({ earns, sample }: { earns: Earns; sample: TypedSample }) => {
  const [before, now] = [earned(earns.before, sample), earned(earns.now, sample)];
  return before === now ? (
    <span>{now}</span>
  ) : (
    <>
      {before} → <b>{now}</b>
    </>
  );
};

/** The sample answers of a scenario: what each must earn, and what it gets. */
export const BenchFields = ({
  about,
  bench,
  sample,
  earns,
}: {
  about: About;
  bench: readonly TypedSample[];
  sample: TypedSample;
  earns: Earns;
}) => {
  const { notes, catalogue, roles } = about;
  return (
    <section aria-labelledby="bench">
      <h2 id="bench">Sample answers</h2>
      <p>
        Each says what an answer must earn. The rules cannot be published while one comes out otherwise, so nobody
        changes a grade by accident.
      </p>
      <NotesAt notes={notes} at="bench" />
      <Table
        caption="What sample answers must earn, and what they get"
        head={['Sample', 'Answer', 'Gets', 'Must earn (%)', <span class="unseen">Remove</span>]}
      >
        {bench.map((one, index) => (
          <tr id={`s${index}`}>
            <th scope="row" dir="auto">
              {one.title}
              <NotesAt notes={notes} at={`s${index}`} />
              <input type="hidden" name={`s${index}-title`} value={one.title} />
              <input type="hidden" name={`s${index}-role`} value={one.role} />
              <input type="hidden" name={`s${index}-claims`} value={one.claims.join(' ')} />
            </th>
            <td>
              {roleName(catalogue, one.role)}
              {one.claims.length > 0 ? (
                <>
                  {' '}
                  <ClaimLinks ids={one.claims} />
                </>
              ) : (
                ', no claim'
              )}
            </td>
            <td>
              <BeforeAndNow earns={earns} sample={one} />
            </td>
            <td>
              <input
                type="text"
                inputmode="decimal"
                name={`s${index}-credit`}
                value={one.credit}
                aria-label={`What “${one.title}” must earn, in percent`}
                {...tied(notes, `s${index}`)}
                id={`s${index}-credit`}
              />
            </td>
            <td>
              <Step step={`remove-sample ${index}`} label={`Remove the sample “${one.title}”`}>
                Remove
              </Step>
            </td>
          </tr>
        ))}
      </Table>
      <details open={sample.title !== '' || sample.claims.length > 0 || (notes.get('new') ?? []).length > 0}>
        <summary>Add a sample answer</summary>
        <fieldset {...tied(notes, 'new')}>
          <legend>New sample</legend>
          <NotesAt notes={notes} at="new" />
          <div class="fields">
            <TextField notes={notes} name="new-title" label="What it shows" value={sample.title} />
            <SelectField
              notes={notes}
              name="new-role"
              label="Role"
              value={sample.role || roles[0]![0]}
              options={roles}
            />
            <TextField
              notes={notes}
              name="new-claims"
              label="Claims cited"
              hint="Up to three, with spaces between."
              value={sample.claims.join(' ')}
            />
            <NumberField notes={notes} name="new-credit" label="Must earn (%)" value={sample.credit} />
          </div>
          <Step step="add-sample">Add this sample</Step>
        </fieldset>
      </details>
    </section>
  );
};
