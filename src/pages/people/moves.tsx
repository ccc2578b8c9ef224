import { may, permit } from '../../auth/actor.ts';
import { changePerson, displayName } from '../../courses/roster.ts';
import type { PersonRow } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { revisionTag } from '../../etag.ts';
import { invalid } from '../../problem.ts';
import { inOwnWords } from '../own-words.ts';
import { ResultBox } from '../result-box.tsx';
import type { Visit } from '../visit.ts';
import { LAST_INSTRUCTOR, movedWords, movesFrom, readMove, standingOf, writeMove } from './people-words.ts';

const ownWords = inOwnWords({
  stale: 'Somebody changed this person meanwhile, so nothing was done. Below is how they stand now.',
  'last-instructor': LAST_INSTRUCTOR,
});

/** Carries out what a button beside a person says. */
export const move = async (deps: Deps, { person, courseId }: Visit, value: string): Promise<void> => {
  permit(person, 'people:change');
  const wish = readMove(value);
  if (!wish) throw invalid('/move', 'Choose what is to become of whom.');
  const { id, revision, from, to } = wish;
  const change = to === 'withdrawn' ? { withdrawn: true } : from === 'withdrawn' ? { withdrawn: false } : { role: to };
  await changePerson(deps, person, courseId, id, revisionTag(revision), change).catch(ownWords);
};

/** The buttons of one person; they belong to the page's form `moves`. */
export const Moves = ({ visit, row }: { visit: Visit; row: PersonRow }) => {
  if (!may(visit.person, 'people:change')) return null;
  if (row.id === visit.person.personId)
    return <span class="quiet">This is you: another instructor can change it.</span>;
  const from = standingOf(row);
  return (
    <span class="actions">
      {movesFrom(from, row.role).map(({ to, says }) => (
        <button
          type="submit"
          class={to === 'withdrawn' ? 'button danger' : 'button'}
          form="moves"
          name="move"
          value={writeMove({ id: row.id, revision: row.revision, from, to })}
        >
          {says}
          <span class="unseen" dir="auto">
            : {displayName(row.id, row.name)}
          </span>
        </button>
      ))}
    </span>
  );
};

/** What a button did, with the way back; nothing where they stand otherwise by now. */
export const Moved = ({ value, rows }: { value: string | undefined; rows: readonly PersonRow[] }) => {
  const done = readMove(value);
  const row = rows.find(({ id }) => id === done?.id);
  if (!done || !row || standingOf(row) !== done.to) return null;
  const undo = writeMove({ id: row.id, revision: row.revision, from: done.to, to: done.from });
  return (
    <ResultBox tone="good" label="Done">
      <p dir="auto">
        <b>{movedWords(displayName(row.id, row.name), done)}</b>
      </p>
      <button type="submit" class="button" form="moves" name="move" value={undo}>
        Undo
      </button>
    </ResultBox>
  );
};
