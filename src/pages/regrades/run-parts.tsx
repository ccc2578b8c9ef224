import type { Child } from 'hono/jsx';
import type { ToldRegrade } from '../../regrades/read-store.ts';
import { Change, Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { progressOf } from './regrade-words.ts';

/** How far something has come that goes on in the background. Script looks again by itself (script/progress.ts). */
export const Progress = ({ visit, address, run }: { visit: Visit; address: string; run: ToldRegrade }) => {
  const { done, total, says } = progressOf(run);
  return (
    <section id="progress" class="box" aria-labelledby="says" data-address={address}>
      <p id="says">{says}</p>
      {total === null ? (
        <progress aria-labelledby="says" />
      ) : (
        <progress aria-labelledby="says" value={done} max={Math.max(total, 1)} />
      )}
      <p class="quiet">It goes on by itself, also when you leave this page.</p>
      <p>
        <Go visit={visit} to={address}>
          Look again
        </Go>
      </p>
    </section>
  );
};

/** A button that starts a dry run of these rules: `current`, `draft`, or the name of a published set. */
export const Start = ({ visit, ruleSet, children }: { visit: Visit; ruleSet: string; children: Child }) => (
  <Change visit={visit} to={at(visit, 'rules', 'dry-runs')}>
    <input type="hidden" name="ruleSet" value={ruleSet} />
    <button type="submit" class="button">
      {children}
    </button>
  </Change>
);

/** How an instructor gets back to what was before. */
export const WayBack = () => (
  <p>
    You can get back: the page of the regrade offers a dry run of the former rules. Put them into the draft from there,
    publish it, and apply that dry run with <b>replace</b>. Every step stays in the history of each grade, and no answer
    is ever lost.
  </p>
);
