import type { Problem } from '../../problem.ts';
import { Refusal } from '../refusal.tsx';
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
      <section id="result" class="box bad" role="alert" tabindex={-1} aria-label="Not done">
        <p>
          <b>{words[0]}.</b> {words[1]}
        </p>
      </section>
    );
  if (refused) return <Refusal problem={refused} times={times} />;
  if (came === 'dropped')
    return (
      <section id="result" class="box good" role="status" tabindex={-1} aria-label="Dropped">
        <p>
          <b>The draft is dropped.</b> The rules in force stay as they are; the next change starts from them.
        </p>
      </section>
    );
  if (came === 'started')
    return (
      <section id="result" class="box good" role="status" tabindex={-1} aria-label="The draft is replaced">
        <p>
          <b>They are the draft now.</b> Look at how it differs from what is in force, and publish it.
        </p>
        <p>
          <Go visit={visit} to={at(visit, 'rules')}>
            Look at the draft
          </Go>
        </p>
      </section>
    );
  if (came !== 'published') return null;
  return (
    <section id="result" class="box good" role="status" tabindex={-1} aria-label="Published">
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
    </section>
  );
};
