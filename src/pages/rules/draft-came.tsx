import type { Problem } from '../../problem.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import type { Times } from '../words.ts';

const refusals: Readonly<Record<string, readonly [title: string, line: string]>> = {
  stale: [
    'Nothing was done: somebody has changed the draft meanwhile',
    'Below it stands as it is now. Look at it, and decide again.',
  ],
  'rules-not-publishable': ['It was not published', 'Mend what the check lists below under “to mend”.'],
  'rule-draft-not-found': [
    'There is no draft any more',
    'Somebody has published it, or dropped it: see the history below.',
  ],
};

export type Came = 'published' | 'dropped' | 'started';

/** What came of publishing or dropping the draft. */
export const DraftCame = ({
  visit,
  refused,
  came,
  times,
}: {
  visit: Visit;
  refused: Problem | undefined;
  came: Came | undefined;
  times: Times;
}) => {
  const words = refused && refusals[refused.problem];
  if (words)
    return (
      <ResultBox tone="bad" label="Not done">
        <p>
          <b>{words[0]}.</b> {words[1]}
        </p>
      </ResultBox>
    );
  if (refused) return <Refusal problem={refused} times={times} />;
  if (came === 'dropped')
    return (
      <ResultBox tone="good" label="Dropped">
        <p>
          <b>The draft is dropped.</b> The rules in force stay as they are; the next change starts from them.
        </p>
      </ResultBox>
    );
  if (came === 'started')
    return (
      <ResultBox tone="good" label="The draft is replaced">
        <p>
          <b>They are the draft now.</b> Look at how it differs from what is in force, and publish it.
        </p>
        <p>
          <Go visit={visit} to={at(visit, 'rules')}>
            Look at the draft
          </Go>
        </p>
      </ResultBox>
    );
  if (came !== 'published') return null;
  return (
    <ResultBox tone="good" label="Published">
      <p>
        <b>Published.</b> Every answer from now on is graded by these rules. Grades given before stay as they are.
      </p>
      <p>
        See in a dry run whose grade would move and why, before you let it:{' '}
        <Go visit={visit} to={at(visit, 'rules', 'dry-runs')}>
          go to the dry runs
        </Go>
        .
      </p>
    </ResultBox>
  );
};
