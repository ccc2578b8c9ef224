import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import type { Change as Changed } from './draft-changes.ts';
import type { DraftState } from './draft-state.ts';
import type { Found } from './places.ts';

export type TitleOf = (kind: 'scenarios' | 'prompts', id: string) => string;

const ChangedPlace = ({
  visit,
  changed: { kind, id },
  titleOf,
}: {
  visit: Visit;
  changed: Changed;
  titleOf: TitleOf;
}) => {
  if (kind === 'policy')
    return (
      <Go visit={visit} to={at(visit, 'rules', 'policy')}>
        Attempts and lateness
      </Go>
    );
  if (kind === 'texts') return <b>Your own texts</b>;
  if (kind === 'other') return <b>The rules as a whole</b>;
  return (
    <Go visit={visit} to={at(visit, 'rules', kind, id)}>
      {titleOf(kind, id)}
    </Go>
  );
};

/** How the draft differs from what is in force. */
export const Changes = ({
  visit,
  changes,
  titleOf,
}: {
  visit: Visit;
  changes: DraftState['changes'];
  titleOf: TitleOf;
}) => {
  if (changes === null) return <p>Part of it cannot be read as rules, so it is not compared. See what is to mend.</p>;
  if (changes.length === 0) return <p>It says the same as the rules in force.</p>;
  return (
    <ul class="list">
      {changes.map((changed) => (
        <li>
          <ChangedPlace visit={visit} changed={changed} titleOf={titleOf} />
          <ul class="changes" dir="auto">
            {changed.lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
};

const Finding = ({ visit, found }: { visit: Visit; found: Found }) => (
  <li>
    {found.page.length > 0 ? (
      <Go visit={visit} to={`${at(visit, 'rules', ...found.page)}${found.field ? `#${found.field}` : ''}`}>
        {found.title}
      </Go>
    ) : (
      <b>{found.title}</b>
    )}
    <ul class="notes" dir="auto">
      {found.notes.map(({ severity, says }) => (
        <li class={severity === 'error' ? 'bad' : undefined}>
          <b>{severity === 'error' ? 'To mend' : 'Doubtful'}:</b> {says}
        </li>
      ))}
    </ul>
  </li>
);

/** What the check finds, by where it is. */
export const Check = ({
  visit,
  found,
  publishable,
}: {
  visit: Visit;
  found: readonly Found[];
  publishable: boolean;
}) => (
  <>
    <h3 id="check">Check</h3>
    {found.length === 0 ? (
      <p>Nothing is wrong or doubtful in it.</p>
    ) : (
      <>
        <p>
          {publishable
            ? 'It can be published. What is doubtful is yours to judge.'
            : 'It cannot be published before what is to mend is mended.'}
        </p>
        <ul class="list">
          {found.map((one) => (
            <Finding visit={visit} found={one} />
          ))}
        </ul>
      </>
    )}
  </>
);
