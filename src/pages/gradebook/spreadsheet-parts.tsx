import type { importGradebook } from '../../grades/import-gradebook.ts';
import { FileChooser } from '../file-chooser.tsx';
import { ResultBox } from '../result-box.tsx';
import { Change } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import { planWords } from './spreadsheet-words.ts';

type Plan = Awaited<ReturnType<typeof importGradebook>>['body'];
/** What an edited file would do, or did; `etag` names exactly that. */
export type Came = { plan: Plan; etag: string | null; applied: boolean };

type Told = { plan: Plan; name: (person: string) => string; title: (kind: string, id: string) => string };

/** What would change, or did: a line a cell. */
const PlanTable = ({ plan, name, title, applied }: Told & { applied: boolean }) => (
  <Table
    caption={applied ? 'What was changed' : 'What it would change'}
    head={['Person', 'Activity', 'Before', 'After', 'How']}
  >
    {plan.changes.map(({ person, activity, from, to, kind }) => (
      <tr>
        <th scope="row" dir="auto">
          {name(person)}
        </th>
        <td dir="auto">{title(activity.kind, activity.id)}</td>
        <td class="num">{from ?? 'none'}</td>
        <td class="num">{to ?? 'none'}</td>
        <td>{kind === 'lift' ? 'lifted: what was earned counts again' : 'set by hand'}</td>
      </tr>
    ))}
  </Table>
);

/** What an edited file would change, or changed. */
export const Planned = ({ came: { plan, applied }, ...told }: { came: Came } & Omit<Told, 'plan'>) => (
  <ResultBox tone={applied ? 'good' : ''} label={applied ? 'Done' : 'What it would change'}>
    <p>
      <b>{planWords(plan.counts, applied)}</b>
    </p>
    {plan.changes.length > 0 && <PlanTable plan={plan} applied={applied} {...told} />}
    {!applied && plan.changes.length > 0 && <p>Nothing is changed yet. Say why, below, and apply it.</p>}
  </ResultBox>
);

type FormProps = {
  visit: Visit;
  fields: Fields;
  came: Came | undefined /** The file is fine, and something beside it is missing. */;
  unsaid: boolean;
};

/** The form that takes an edited file: first it only looks, then it applies what was seen. */
export const EditedForm = ({ visit, fields, came, unsaid }: FormProps) => {
  const planned = came && !came.applied && came.plan.changes.length > 0 ? came : undefined;
  const kept = came?.applied ? {} : fields;
  return (
    <Change visit={visit} to={at(visit, 'gradebook', 'spreadsheet')}>
      <input type="hidden" name="etag" value={planned?.etag ?? fieldOf(kept, 'etag')} />
      <label>
        The edited file, with its first line
        <textarea id="csv" name="csv" rows={8} spellcheck={false} dir="ltr" required>
          {fieldOf(kept, 'csv')}
        </textarea>
      </label>
      <FileChooser fills="csv" accept=".csv,text/csv" />
      <p class="actions">
        <button type="submit" class={planned ? 'button' : 'button main'} name="do" value="look">
          {planned ? 'Look again' : 'Look what it would change'}
        </button>
      </p>
      {(planned || (unsaid && fieldOf(kept, 'do') === 'apply')) && (
        <>
          <label>
            Why? The students read it with their grades
            <textarea name="reason" maxlength={2000} dir="auto">
              {fieldOf(kept, 'reason')}
            </textarea>
          </label>
          <p class="actions">
            <button type="submit" class="button main" name="do" value="apply">
              {planned ? `Apply ${counted(planned.plan.changes.length, 'change')}` : 'Apply it'}
            </button>
          </p>
        </>
      )}
    </Change>
  );
};
