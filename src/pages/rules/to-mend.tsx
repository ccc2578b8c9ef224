import { ResultBox } from '../result-box.tsx';
import type { Notes } from './findings.ts';

const names: Readonly<Record<string, string>> = {
  points: 'Points',
  treat: 'How it counts',
  entries: 'Entries',
  bench: 'Sample answers',
  new: 'New sample',
  signOff: 'Why one role alone is right',
};
const parts: Readonly<Record<string, string>> = {
  role: ', role',
  credit: ', credit',
  claims: ', claims',
  shows: ', what is shown',
  title: ', name',
  points: ', points',
  words: ', words',
  many: ', how many',
};
const rows: Readonly<Record<string, string>> = { e: 'Entry', s: 'Sample', r: 'Rubric, row', c: 'Criterion' };

/** What a field of the forms is called: `e2-credit` is “Entry 3, credit”. */
const fieldName = (at: string): string => {
  const [, kind = '', index = '', part = ''] = /^([esrc])(\d+)(?:-(\w+))?$/.exec(at) ?? [];
  if (kind) return `${rows[kind]} ${Number(index) + 1}${parts[part] ?? ''}`;
  return names[at] ?? '';
};

/** A form that was not saved: what to mend, each with the way to its field. What was typed stands in the form. */
export const ToMend = ({ notes }: { notes: Notes }) => {
  const faults = [...notes].flatMap(([at, own]) =>
    own.filter(({ severity }) => severity === 'error').map(({ says }) => ({ at, says })),
  );
  return (
    <ResultBox tone="bad" label="Not saved">
      <p>
        <b>Not saved: {faults.length === 1 ? 'one thing to mend' : `${faults.length} things to mend`}.</b> What you
        typed is still here.
      </p>
      <ul>
        {faults.map(({ at, says }) => (
          <li>
            {fieldName(at) && (
              <>
                <a href={`#${at}`}>{fieldName(at)}</a>:{' '}
              </>
            )}
            {says}
          </li>
        ))}
      </ul>
    </ResultBox>
  );
};
