import { permit } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { overrideSchema, setOverride } from '../../grades/overrides.ts';
import { replayEvent } from '../../grades/replay.ts';
import { markByRubric, rubricMarksSchema } from '../../grades/rubric-marks.ts';
import { invalid, Problem } from '../../problem.ts';
import { validate } from '../../validate.ts';
import { at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import type { CellAt } from './read-cell.ts';

const STALE =
  'The grade has moved since you opened this page: below it stands as it is now, and what you typed is still in the form. Look again, and send it again if it still holds.';

/** Points as somebody types them, with a comma or a point; zod says what is wrong with others. */
const pointsIn = (text: string): number => Number(text.trim().replace(',', '.'));

const inOverride = (fields: Fields) => {
  const points = fieldOf(fields, 'points');
  if (points.trim() === '') throw invalid('/points', 'Give the points. Zero is a grade too.');
  const reason = fieldOf(fields, 'reason');
  if (reason.trim() === '') throw invalid('/reason', 'Say why: the student reads it with the grade.');
  return validate(overrideSchema(), { points: pointsIn(points), reason });
};

const PREFIX = 'rubric ';

/** What was typed for the rubric, criterion by criterion. */
const typedMarks = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.keys(fields)
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => [name.slice(PREFIX.length), fieldOf(fields, name)]),
  );
export const markField = (criterion: string): string => `${PREFIX}${criterion}`;

const inMarks = (fields: Fields) => {
  const given = Object.entries(typedMarks(fields)).filter(([, text]) => text.trim() !== '');
  if (given.length === 0) throw invalid('/points', 'Mark one criterion or more.');
  const points = Object.fromEntries(given.map(([criterion, text]) => [criterion, pointsIn(text)]));
  const comment = fieldOf(fields, 'comment').trim();
  return validate(rubricMarksSchema(), { points, ...(comment === '' ? {} : { comment }) });
};

/** What a form of a grade's page did: which change, or how a replay came out. */
export type Decided =
  | { did: 'override' | 'lift' | 'rubric' | 'unmark' }
  | { did: 'replay'; event: string; same: boolean; engine: { stored: number | null; now: number } };

/** Carries out what a form of a grade's page asked for. */
export const decide = async (deps: Deps, visit: Visit, cell: CellAt, fields: Fields): Promise<Decided> => {
  const { person, courseId } = visit;
  const event = fieldOf(fields, 'replay');
  if (event !== '') {
    const { same, engine } = await replayEvent(deps, person, courseId, event);
    return { did: 'replay', event, same, engine };
  }
  const did = fieldOf(fields, 'do');
  const action = did === 'rubric' || did === 'unmark' ? 'rubric:mark' : 'grades:override';
  permit(person, action);
  const path = at(visit, 'gradebook', cell.person, cell.kind, cell.activity);
  const once = await onceOf(person, path, fields);
  const asked = { once, latest: fieldOf(fields, 'latest') || null };
  try {
    if (did === 'override') await setOverride(deps, person, cell, inOverride(fields), asked);
    else if (did === 'lift') await setOverride(deps, person, cell, null, asked);
    else if (did === 'rubric') await markByRubric(deps, person, cell, inMarks(fields), asked);
    else if (did === 'unmark') await markByRubric(deps, person, cell, null, asked);
    else throw invalid('/do', 'Choose what to do with this grade.');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.problem === 'stale') throw new Problem('stale', { detail: STALE });
    // A second click: what it asked for is done, and is shown.
    if (error.problem !== 'request-seen') throw error;
  }
  return { did: did as 'override' };
};
