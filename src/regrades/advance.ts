import { sha256Hex } from '../auth/digest.ts';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { gradeAnswer, parseAnswerKey } from '../grading/grade-answer.ts';
import { Problem } from '../problem.ts';
import { rulesByHash } from '../rule-sets/current.ts';
import { listPublications } from '../rule-sets/store.ts';
import { insertChanges, type Run, updateMovedChanges } from './compare-store.ts';
import { relevantTo } from './relevant.ts';
import {
  countChanges,
  findChangeLines,
  findRegrade,
  finishApplying,
  finishComparing,
  finishDryRun,
  gradesHaveMoved,
  insertVerdicts,
  listUnfinished,
  listUngraded,
  type RegradeRow,
  updateGrades,
  updateHash,
  updateSlice,
  updateState,
  writeStep,
} from './store.ts';

/** Sizes of one step: a step stays far under a Worker's CPU limit, and others write in between. */
const KEYS = 400;
const GRADES = 1500;
const CHANGES = 2500;
const HASHED = 10_000;
/** Rule sets of a course that are told apart; one with more is compared whole. */
const HISTORY = 40;
/** A run that was left alone for so long is taken up by the next tick. */
const STALLED_MS = 60_000;

/** A regrade with its rules and with what may differ under them. Throws `dry-run-not-found`. */
export const loadRun = async (deps: Deps, db: Database, at: CourseAt, row: RegradeRow): Promise<Run> => {
  const { id, ruleSet: hash } = row;
  const ruleSet = await rulesByHash(deps, db, at.institutionId, hash);
  const published = await listPublications(db, at, null, HISTORY);
  const names = [...new Set(published.map((one) => one.ruleSet))].filter((one) => one !== hash);
  const others = await Promise.all(names.map((one) => rulesByHash(deps, db, at.institutionId, one)));
  const before = published.length > HISTORY ? [...others, { ...ruleSet, scenarios: {}, prompts: {} }] : others;
  return { id, ...at, rules: { hash, ruleSet }, ...relevantTo(deps.catalogue, ruleSet, before) };
};

/** The next distinct answers, graded by the new rules; verdicts are kept by key, so few for many answers. `next`: null at the end. */
const gradeNext = async (db: Database, { rules, institutionId }: Run, cursor: string) => {
  const keys = await listUngraded(db, institutionId, rules.hash, cursor, KEYS);
  const verdicts = keys.map(({ answerKey: key }) => {
    const { credit, points, max, trace } = gradeAnswer(rules.ruleSet, parseAnswerKey(key));
    return { key, credit: Math.round(credit * 100), points, max, trace: JSON.stringify(trace) };
  });
  return {
    insert: insertVerdicts(db, institutionId, rules.hash, verdicts),
    next: keys.length < KEYS ? null : keys.at(-1)!.cursor,
    found: keys.length,
  };
};

const gradeKeys = async (deps: Deps, db: Database, row: RegradeRow, run: Run) => {
  const { insert, next } = await gradeNext(db, run, row.cursor);
  const state = next === null ? 'comparing' : 'grading';
  return writeStep(db, row, [insert, updateState(db, row.id, state, next ?? '', deps.now())]);
};

/** Grades what was answered, by the rules before, since the dry run of a draft. */
export const gradeLateKeys = async (db: Database, run: Run): Promise<void> => {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { insert, next, found } = await gradeNext(db, run, cursor);
    if (found > 0) await insert;
    cursor = next;
  }
};

const compareSlice = (deps: Deps, db: Database, row: RegradeRow, run: Run) =>
  writeStep(db, row, [
    updateSlice(db, row.id, 'grade', GRADES),
    ...insertChanges(db, run),
    finishComparing(db, row.id, deps.now()),
  ]);

const hashSlice = async (deps: Deps, db: Database, row: RegradeRow) => {
  const [slice] = await findChangeLines(db, row.id, HASHED);
  const { lines, upto } = slice!;
  const hash = lines === null ? row.hash : await sha256Hex(`${row.hash}\n${lines}`);
  if (upto !== null) return writeStep(db, row, [updateHash(db, row.id, hash, upto, deps.now())]);
  const [found] = await countChanges(db, row.id);
  return writeStep(db, row, [finishDryRun(db, row.id, hash || (await sha256Hex('')), found!, deps.now())]);
};

/** Applies the next slice as it was compared; where a grade of it has moved since, what moved is compared again first. */
const applySlice = async (deps: Deps, db: Database, row: RegradeRow, run: Run) => {
  const slice = updateSlice(db, row.id, 'change', CHANGES);
  const grades = () => updateGrades(db, row, deps.now());
  const finish = () => finishApplying(db, row.id, deps.now());
  try {
    return await writeStep(db, row, [slice, grades(), guard(db, [gradesHaveMoved(row.id)]), finish()]);
  } catch (error) {
    if (!(error instanceof Problem) || error.problem !== 'dry-run-stale') throw error;
    return writeStep(db, row, [slice, ...updateMovedChanges(db, run), grades(), finish()]);
  }
};

const isAtWork = ({ state }: RegradeRow) => state !== 'ready' && state !== 'applied';

const takeStep = (deps: Deps, db: Database, row: RegradeRow, run: Run): Promise<RegradeRow> => {
  if (row.state === 'grading') return gradeKeys(deps, db, row, run);
  if (row.state === 'comparing') return compareSlice(deps, db, row, run);
  return row.state === 'hashing' ? hashSlice(deps, db, row) : applySlice(deps, db, row, run);
};

/**
 * Goes on with a regrade for at most `steps` steps, each one transaction that names where it stands: killed anywhere it
 * goes on from there, and of two that go on with it one stops. Gives the row as it is left.
 */
export const advance = async (deps: Deps, at: CourseAt, id: string, steps: number): Promise<RegradeRow> => {
  const db = deps.dbFor(at.institutionId);
  let [row] = await findRegrade(db, at, id);
  if (!row) throw new Problem('dry-run-not-found');
  const run = isAtWork(row) ? await loadRun(deps, db, at, row) : null;
  for (let step = 0; run && step < steps && isAtWork(row); step++) {
    try {
      row = await takeStep(deps, db, row, run);
    } catch (error) {
      if (!(error instanceof Problem) || error.problem !== 'request-seen') throw error;
      return row;
    }
  }
  return row;
};

/** Takes up every run that was left unfinished. */
export const resumeRegrades = async (deps: Deps, db: Database, steps: number): Promise<number> => {
  const rows = await listUnfinished(db, deps.now() - STALLED_MS, 20);
  for (const { institutionId, courseId, id } of rows) await advance(deps, { institutionId, courseId }, id, steps);
  return rows.length;
};
