import type { AppealRow } from '../../appeals/store.ts';
import type { Policy } from '../../grading/rule-set.ts';
import { lmsWords, type Standing } from '../lms-words.ts';
import { counted, pointsWords, type Times } from '../words.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What being late costs, in a sentence. */
export const lateWords = ({ late }: Pick<Policy, 'late'>): string =>
  late.penaltyPerDay > 0
    ? `Each day after the due date takes ${percent(late.penaltyPerDay)} off, but leaves at least ${percent(late.floor)}.`
    : 'Nothing is taken off for being late.';

/** By which policy the attempts at a scenario make its grade, in sentences. */
export const policyWords = (policy: Policy): string => {
  const { attempts } = policy;
  const kept = { best: 'the best', last: 'the last', first: 'the first' }[attempts.keep];
  return [
    attempts.max === 1 ? 'There is one attempt.' : `Of up to ${attempts.max} attempts, ${kept} one counts.`,
    ...(attempts.penalty > 0 && attempts.max > 1
      ? [`Each further attempt keeps ${percent(attempts.penalty)} less.`]
      : []),
    lateWords(policy),
  ].join(' ');
};

type Grade = {
  kind: string;
  source: 'auto' | 'override' | 'rubric' | null;
  max: number;
  /** What was earned automatically, which an override stands above. */
  earned: number | null;
  begun: boolean;
  void: boolean;
  attempt: number | null;
  regraded: boolean;
};

/** Where the effective grade comes from, in a sentence or two. */
export const sourceWords = ({ kind, source, max, earned, begun, void: nobody, attempt, regraded }: Grade): string => {
  if (source === 'override')
    return `An instructor set it by hand. ${earned === null ? 'Nothing was earned by itself so far.' : `Without that it would be ${pointsWords(earned, max)}.`}`;
  if (nobody && source === null) return 'This scenario counts for nobody: it moves no total, up or down.';
  if (source === 'rubric') return 'It is what was marked by hand; nothing is counted by itself yet.';
  if (source === null) {
    if (kind === 'scenario') return begun ? 'The answer has no points yet.' : 'There is no answer yet.';
    return begun ? 'What was posted is not counted yet.' : 'There is no post yet.';
  }
  if (kind === 'prompt') return 'It is counted from what was posted, as below; nobody judges it.';
  const which = attempt === null ? 'It is what the answers earned' : `It is what attempt ${attempt} earned`;
  return regraded ? `${which}, graded anew after the rules were changed.` : `${which}.`;
};

type ToLms = { points: number | null; sends: boolean; goes: boolean; lms: Standing };

/** Whether a grade is in the LMS's gradebook, if not why, and what there is to do. */
export const reachedWords = ({ points, sends, goes, lms }: ToLms, times: Times): string => {
  const says = lmsWords(lms, times);
  if (says !== null) return says;
  if (!sends) return 'It stays here: this course sends no grades to another gradebook.';
  if (!goes) return 'It stays here: no column of your course’s gradebook takes it.';
  return points === null
    ? 'There is nothing to send to your course’s gradebook yet.'
    : 'It was not sent to your course’s gradebook yet. It goes there by itself; you need not do anything.';
};

/** What the state of an appeal means for the student. `changedAt`: when the grade was changed after the decision, if it was. */
export const appealWords = (
  { state, regradeId }: Pick<AppealRow, 'state' | 'regradeId'>,
  changedAt: string | null,
  times: Times,
): string => {
  if (state === 'open')
    return 'It waits for an instructor, who reads the answer, what was said and the claim. The grade stays as it is until then; the decision is told here.';
  if (state === 'denied') return 'The grade stays as it is. It can be contested again, with other evidence.';
  if (changedAt !== null) return `The grade was changed ${times(changedAt)}.`;
  return regradeId === null
    ? 'The grade has not changed since. If it should have, ask the instructor.'
    : 'The rules are being changed for everybody who answered so. The grade changes when the instructor applies that.';
};

/** Why there is nothing to contest; `null` where there is. */
export const nothingToContest = (of: {
  kind: string;
  answers: number;
  citing: number;
  allOpen: boolean;
  full: boolean;
  void: boolean;
}): string | null => {
  if (of.kind !== 'scenario')
    return 'Participation is counted, not judged, so there is no verdict to contest. If something was counted wrongly, write to your instructor.';
  if (of.answers === 0) return 'There is no verdict to contest yet.';
  if (of.void) return 'The scenario counts for nobody, so there is nothing to contest.';
  if (of.full) return 'You have all the points, so there is nothing to contest.';
  if (of.citing === 0)
    return 'A verdict is contested by a claim that the answer cites, and yours cite none. If you have an attempt left, answer again and cite the claim that supports you.';
  return of.allOpen
    ? `Your ${counted(of.citing, 'answer')} that could be contested ${of.citing === 1 ? 'is' : 'are'} contested already.`
    : null;
};
