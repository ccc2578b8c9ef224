import * as z from 'zod';
import { decideSchema } from '../../appeals/decide.ts';
import { invalid } from '../../problem.ts';
import { validate } from '../../validate.ts';
import { Change } from '../screen.tsx';
import { at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import { ifUpheld } from './appeal-words.ts';
import type { AppealRead } from './read-appeals.ts';

/** What was typed, from a form that was refused; else nothing. */
export const typedIn = (fields: Fields) => ({
  decision: fieldOf(fields, 'decision'),
  points: fieldOf(fields, 'points'),
  /** What such an answer is to earn by the rules, and out of how much. */
  worth: fieldOf(fields, 'worth'),
  of: fieldOf(fields, 'of'),
  reason: fieldOf(fields, 'reason'),
});
export type TypedDecision = ReturnType<typeof typedIn>;

const numberIn = (text: string, pointer: string): number => {
  const number = z.coerce.number().safeParse(text.trim().replace(',', '.'));
  if (text.trim() === '' || !number.success) throw invalid(pointer, 'Give the points as a number, such as 3.5.');
  return number.data;
};

/** A decision as the verb takes it. Throws `invalid-input` for what is missing. */
export const decisionIn = ({ decision, points, worth, of, reason }: TypedDecision) => {
  if (!['rules', 'override', 'alone', 'deny'].includes(decision)) throw invalid('/decision', 'Choose what you decide.');
  if (reason.trim() === '') throw invalid('/reason', 'Give a reason: the student reads it.');
  if (decision === 'deny') return validate(decideSchema(), { decision, reason });
  const upheld = { decision: 'uphold', reason, draft: decision === 'rules' };
  if (decision === 'override') return validate(decideSchema(), { ...upheld, override: numberIn(points, '/points') });
  if (decision === 'alone') return validate(decideSchema(), upheld);
  const [given, max] = [numberIn(worth, '/worth'), numberIn(of, '/of')];
  if (given < 0 || given > max) throw invalid('/worth', `Give such answers from 0 to ${counted(max, 'point')}.`);
  return validate(decideSchema(), { ...upheld, credit: Math.round((given / max) * 100) / 100 });
};

const RulesChoice = ({ read, typed }: { read: AppealRead; typed: TypedDecision }) => {
  const { appeal, answer, rule, ruleSet } = read;
  if (!rule || rule.treat) return null;
  const { now, upheld, max } = ifUpheld(ruleSet, answer, appeal.claim, 1);
  return (
    <>
      <label>
        <input type="radio" name="decision" value="rules" checked={typed.decision === 'rules'} required />
        <b>Uphold it in the rules</b>: {appeal.claim} licenses this choice, for everybody who cites it
      </label>
      <div class="fields">
        <label>
          <input type="hidden" name="of" value={max} />
          Points that such an answer earns, of {max}
          <input type="number" name="worth" min="0" max={max} step="0.01" value={typed.worth || `${max}`} />
        </label>
      </div>
      <p class="quiet">
        {upheld > now
          ? `With full points, this answer would earn ${upheld} instead of ${now} by the rules as they are published. `
          : `The published rules give this answer ${now} of ${max} already. `}
        The change goes into the draft of the rules, and what it would do to everybody’s grade is worked out; no grade
        moves before you publish it and apply the regrade.
      </p>
    </>
  );
};

/** The form in which an instructor decides an appeal. */
export const DecideForm = ({ visit, read, typed }: { visit: Visit; read: AppealRead; typed: TypedDecision }) => {
  const { appeal, grade } = read;
  const choice = (value: string, title: string, says: string) => (
    <label>
      <input type="radio" name="decision" value={value} checked={typed.decision === value} required />
      <b>{title}</b>
      {says}
    </label>
  );
  return (
    <Change visit={visit} to={at(visit, 'appeals', appeal.id)}>
      <h2>Decide</h2>
      <fieldset>
        <legend>What do you decide?</legend>
        <RulesChoice read={read} typed={typed} />
        {grade && (
          <>
            {choice('override', 'Uphold it for this student alone', ': you set their grade by hand')}
            <div class="fields">
              <label>
                Their grade for this scenario, of {grade.max}
                <input
                  type="number"
                  name="points"
                  min="0"
                  max="1000"
                  step="0.01"
                  value={typed.points || `${grade.max}`}
                />
              </label>
            </div>
          </>
        )}
        {choice('alone', 'Uphold it and change nothing', ': the rules or the grade say so already')}
        {choice('deny', 'Deny it', '')}
      </fieldset>
      <label>
        Your reason, which the student reads
        <textarea name="reason" maxlength={4000} required dir="auto">
          {typed.reason}
        </textarea>
      </label>
      <p>
        <button type="submit" class="button main">
          Decide
        </button>
      </p>
    </Change>
  );
};
