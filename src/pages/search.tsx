import { type Visit, withQuery } from './visit.ts';

/** A field to search by; where cookies come back, its address can be kept and sent on. `kept`: of the address, what stays. */
export const Search = ({
  visit,
  to,
  kept = {},
  name,
  value,
  label,
}: {
  visit: Visit;
  to: string;
  kept?: Readonly<Record<string, string>>;
  name: string;
  value: string;
  label: string;
}) => (
  <search>
    <form method={visit.byCookie ? 'get' : 'post'} action={visit.byCookie ? to : withQuery(to, kept)} class="actions">
      {Object.entries(visit.byCookie ? kept : { session: visit.session }).map(
        ([name, value]) => value !== '' && <input type="hidden" name={name} value={value} />,
      )}
      <label>
        {label}
        <input type="search" name={name} value={value} maxlength={200} dir="auto" />
      </label>
      <button type="submit" class="button">
        Search
      </button>
    </form>
  </search>
);
