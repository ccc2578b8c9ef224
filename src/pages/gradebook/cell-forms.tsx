import { may } from '../../auth/actor.ts';
import { MAX_OVERRIDE } from '../../grades/overrides.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { counted, listed, pointsWords, quoted } from '../words.ts';
import { markField } from './decide.ts';
import type { CellAt, CellDetail } from './read-cell.ts';

type Props = { visit: Visit; cell: CellAt; read: CellDetail; typed: Fields };

const page = (visit: Visit, { person, kind, activity }: CellAt) => at(visit, 'gradebook', person, kind, activity);

/** What a change here moves in the LMS. */
const Moves = ({ read: { lmsColumns } }: Pick<Props, 'read'>) => (
  <p class="quiet" dir="auto">
    {lmsColumns.length === 0
      ? 'This grade goes to no column of an LMS.'
      : `It moves ${lmsColumns.length === 1 ? 'the column' : 'the columns'} ${listed(lmsColumns.map(quoted), 'and')} in the LMS, within about a minute.`}
  </p>
);

const Latest = ({ read: { latest } }: Pick<Props, 'read'>) => (
  <input type="hidden" name="latest" value={latest ?? ''} />
);

/** Sets a grade by hand, with a reason, and lifts it again. For instructors. */
export const OverrideForm = ({ visit, cell, read, typed }: Props) => {
  if (!may(visit.person, 'grades:override')) return null;
  const isSet = read.grade.source === 'override';
  return (
    <section class="box" aria-labelledby="override">
      <h2 id="override">{isSet ? 'It is set by hand' : 'Set it by hand'}</h2>
      <Change visit={visit} to={page(visit, cell)}>
        <Latest read={read} />
        <label>
          Points (of {counted(read.grade.max, 'point')}; more is extra credit)
          <input
            type="number"
            name="points"
            min="0"
            max={MAX_OVERRIDE}
            step="0.01"
            inputmode="decimal"
            required
            value={fieldOf(typed, 'points')}
          />
        </label>
        <label>
          Why? The student reads it with the grade
          <textarea name="reason" maxlength={2000} required dir="auto">
            {fieldOf(typed, 'reason')}
          </textarea>
        </label>
        <p class="quiet">What the student does later is graded on underneath, and counts again when you lift this.</p>
        <Moves read={read} />
        <p class="actions">
          <button type="submit" class="button main" name="do" value="override">
            {isSet ? 'Set it anew' : 'Set the grade'}
          </button>
        </p>
      </Change>
      {isSet && (
        <Change visit={visit} to={page(visit, cell)}>
          <Latest read={read} />
          <p class="actions">
            <button type="submit" class="button" name="do" value="lift">
              Lift it: what was earned counts again
            </button>
          </p>
        </Change>
      )}
    </section>
  );
};

/** Marks what a person wrote by the rule's rubric. For the staff. */
export const RubricForm = ({ visit, cell, read, typed }: Props) => {
  const { rubric, grade } = read;
  if (rubric.length === 0 || !may(visit.person, 'rubric:mark')) return null;
  const marked = read.history.find(({ receipt }) => receipt.type === 'rubric')?.receipt.criteria;
  const isMarked = grade.rubric !== null;
  const standing = (id: string) => (isMarked ? marked?.find((one) => one.id === id)?.points : null);
  const isTyped = fieldOf(typed, 'do') === 'rubric';
  return (
    <section class="box" aria-labelledby="rubric">
      <h2 id="rubric">The rubric</h2>
      <p class="quiet">
        {isMarked ? `Marked: ${counted(grade.rubric!, 'point')}.` : 'Not marked yet.'} These points are added to the
        automatic ones{grade.source === 'override' ? ', once the grade set by hand is lifted' : ''}.
      </p>
      <Change visit={visit} to={page(visit, cell)}>
        <Latest read={read} />
        <div class="fields">
          {rubric.map(({ id, title, points }) => (
            <label>
              <span dir="auto">{title}</span> (0 to {points})
              <input
                type="number"
                name={markField(id)}
                min="0"
                max={points}
                step="0.01"
                inputmode="decimal"
                value={isTyped ? fieldOf(typed, markField(id)) : (standing(id) ?? '')}
              />
            </label>
          ))}
        </div>
        <label>
          Comment (you may leave this out; the student reads it)
          <textarea name="comment" maxlength={2000} dir="auto">
            {fieldOf(typed, 'comment')}
          </textarea>
        </label>
        <Moves read={read} />
        <p class="actions">
          <button type="submit" class="button main" name="do" value="rubric">
            Give these points
          </button>
        </p>
      </Change>
      {isMarked && (
        <Change visit={visit} to={page(visit, cell)}>
          <Latest read={read} />
          <p class="actions">
            <button type="submit" class="button" name="do" value="unmark">
              Take the points of the rubric away
            </button>
          </p>
        </Change>
      )}
    </section>
  );
};

/** The grade in a sentence, as the forms leave it. */
export const gradeWords = ({ grade: { points, max, source, rubric } }: Pick<CellDetail, 'grade'>): string =>
  [
    pointsWords(points, max),
    ...(source === 'override' ? ['set by hand'] : []),
    ...(source !== 'override' && rubric !== null ? [`${rubric} of them by the rubric`] : []),
  ].join(', ');
