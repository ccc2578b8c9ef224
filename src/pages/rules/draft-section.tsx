import { may } from '../../auth/actor.ts';
import { Change, Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { whoWords } from '../who.ts';
import { counted } from '../words.ts';
import { Changes, Check, type TitleOf } from './draft-lists.tsx';
import type { DraftState } from './draft-state.ts';
import type { RulesRead } from './read-rules.ts';

const Buttons = ({
  visit,
  tag,
  publishable,
  asksToDrop,
}: {
  visit: Visit;
  tag: string;
  publishable: boolean;
  asksToDrop: boolean;
}) => (
  <Change visit={visit} to={at(visit, 'rules')}>
    <input type="hidden" name="tag" value={tag} />
    {asksToDrop ? (
      <div id="result" class="box warn" role="status" tabindex={-1}>
        <p>
          <b>Drop the draft?</b> Everything listed above is lost, whoever wrote it. The rules in force stay.
        </p>
        <div class="actions">
          <button type="submit" class="button danger" name="step" value="drop-now">
            Drop it for good
          </button>
          <Go visit={visit} to={at(visit, 'rules')}>
            Keep it
          </Go>
        </div>
      </div>
    ) : (
      <>
        {publishable && (
          <p>
            Publishing puts it in force for every answer from then on. It moves no grade given before: for that there is
            the dry run.
          </p>
        )}
        <div class="actions">
          {publishable && (
            <button type="submit" class="button main" name="step" value="publish">
              Publish
            </button>
          )}
          <Go visit={visit} to={at(visit, 'rules', 'dry-runs')}>
            Dry run: whose grade would move
          </Go>
          <button type="submit" class="button danger" name="step" value="drop">
            Drop the draft…
          </button>
        </div>
      </>
    )}
  </Change>
);

/** The draft: who changed it, how it differs from what is in force, what the check finds, and what can be done with it. */
export const Draft = ({
  visit,
  read,
  state,
  titleOf,
  asksToDrop,
}: {
  visit: Visit;
  read: RulesRead;
  state: DraftState;
  titleOf: TitleOf;
  asksToDrop: boolean;
}) => {
  const { draft, times } = read;
  const edits = may(visit.person, 'rules:draft');
  if (!draft.exists)
    return (
      <section aria-labelledby="draft">
        <h2 id="draft">Draft</h2>
        <p>
          There is none.{' '}
          {edits &&
            'Open a scenario below and change its rule: that starts a draft, and students notice nothing until you publish it.'}
        </p>
      </section>
    );
  return (
    <section aria-labelledby="draft">
      <h2 id="draft">
        Draft <span class="badge warn">not in force</span>
      </h2>
      <p class="quiet" dir="auto">
        Last changed {times(draft.at)} by {whoWords(draft.by, draft.byName)}
        {state.changes && `; differs in ${counted(state.changes.length, 'place')}`}.
      </p>
      <h3>What it changes</h3>
      <Changes visit={visit} changes={state.changes} titleOf={titleOf} />
      <Check visit={visit} found={state.found} publishable={state.publishable} />
      {edits && <Buttons visit={visit} tag={draft.tag} publishable={state.publishable} asksToDrop={asksToDrop} />}
    </section>
  );
};
