import { permit } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import { findOnRoster } from '../../courses/people-store.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { erasePerson, eraseSchema } from '../../person-data/erase.ts';
import { invalid, Problem } from '../../problem.ts';
import { validate } from '../../validate.ts';
import { inOwnWords } from '../own-words.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { LAST_INSTRUCTOR } from './people-words.ts';

const ownWords = inOwnWords({
  'last-instructor': LAST_INSTRUCTOR,
});

const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Erases what somebody wrote, where their name was typed. Says what of them is left. */
export const erase = async (deps: Deps, visit: Visit, personId: string, fields: Fields): Promise<string> => {
  const { person, courseId } = visit;
  permit(person, 'people:erase');
  const here = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(here.institutionId);
  const [, [row]] = await db.batch([standing(db, person, 'people:erase', courseId), findOnRoster(db, here, personId)]);
  if (!row) throw new Problem('person-not-found');
  // A second click: the name went with the first.
  if (row.issuer === 'erased') return 'erased';
  if (plain(fieldOf(fields, 'name')) !== plain(displayName(row.id, row.name)))
    throw invalid('/name', 'The name is another one. Type it as it stands above; nothing was erased.');
  const reason = fieldOf(fields, 'reason').trim();
  if (reason === '') throw invalid('/reason', 'Say why, for the record.');
  const { identity } = await erasePerson(
    deps,
    person,
    courseId,
    personId,
    validate(eraseSchema(), { reason }).reason,
  ).catch(ownWords);
  return identity;
};

/** The second step: what it does, and the name to be typed. */
export const EraseForm = ({
  visit,
  personId,
  name,
  typed,
}: {
  visit: Visit;
  personId: string;
  name: string;
  typed: Fields;
}) => (
  <details open={typed.erase !== undefined}>
    <summary>Erase what they wrote</summary>
    <div class="box bad">
      <p>
        Every text of theirs in this course goes for good: reasons, posts, drafts, appeals. They are withdrawn. Grades
        stay, and so do the places of their posts in threads. Where this is their last course, their name goes too.
      </p>
      <Change visit={visit} to={at(visit, 'people', personId)}>
        <label>
          To go on, type their name: <b dir="auto">{name}</b>
          <input name="name" required autocomplete="off" dir="auto" value={fieldOf(typed, 'name')} />
        </label>
        <label>
          Why, for the record
          <input name="reason" required maxlength={2000} dir="auto" value={fieldOf(typed, 'reason')} />
        </label>
        <p class="actions">
          <button type="submit" class="button danger" name="erase" value="1">
            Erase for good
          </button>
        </p>
      </Change>
    </div>
  </details>
);
