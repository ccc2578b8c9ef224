import { sha256Hex } from '../auth/digest.ts';
import type { CourseAt } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import { guard } from '../db/guard.ts';
import type { Deps } from '../deps.ts';
import { gradeAnswer, parseAnswerKey } from '../grading/grade-answer.ts';
import { Problem } from '../problem.ts';
import { rulesByHash } from '../rule-sets/current.ts';
import { listPublications, rulesMoved } from '../rule-sets/store.ts';
import { insertChanges, type Run, updateMovedChanges } from './compare-store.ts';
import { countChanges } from './counts-store.ts';
import { relevantTo } from './relevant.ts';
import { writeStep } from './step-store.ts';
import {
  enqueueGrades,
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
  restartComparing,
  touchRegrade,
  updateFailed,
  updateGrades,
  updateGrading,
  updateHash,
  updateSlice,
} from './store.ts';

/** Sizes of one step: a step stays far under a Worker's CPU limit, and others write in between. */
const KEYS = 200;
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

/**
 * Verdicts on the next answers that the rules have not judged; they are kept by key, so few for many answers. Fewer than
 * `KEYS` at the end.
 */
const nextVerdicts = async (db: Database, { institutionId, rules }: Run) => {
  const keys = await listUngraded(db, institutionId, rules.hash, KEYS);
  return keys.map(({ answerKey: key }) => {
    const { credit, points, max, trace } = gradeAnswer(rules.ruleSet, parseAnswerKey(key));
    return { key, credit: Math.round(credit * 100), points, max, trace: JSON.stringify(trace) };
  });
};

const gradeKeys = async (deps: Deps, db: Database, row: RegradeRow, run: Run) => {
  const verdicts = await nextVerdicts(db, run);
  return writeStep(db, row, [
    insertVerdicts(db, run.institutionId, run.rules.hash, verdicts),
    updateGrading(db, row.id, verdicts.length < KEYS ? 'comparing' : 'grading', deps.now()),
  ]);
};

const compareSlice = (deps: Deps, db: Database, row: RegradeRow, run: Run) =>
  writeStep(db, row, [
    updateSlice(db, row.id, 'grade', GRADES),
    ...insertChanges(db, run),
    finishComparing(db, row.id, deps.now()),
  ]);

const hashSlice = async (deps: Deps, db: Database, row: RegradeRow, { rules, institutionId }: Run) => {
  // An answer by older rules may have come after its key could be graded; it would be missing from the comparison.
  if (row.hash === '' && (await listUngraded(db, institutionId, rules.hash, 1)).length > 0)
    return writeStep(db, row, restartComparing(db, row.id, deps.now()));
  const [slice] = await findChangeLines(db, row.id, HASHED);
  const { lines, upto } = slice!;
  const hash = lines === null ? row.hash : await sha256Hex(`${row.hash}\n${lines}`);
  if (upto !== null) return writeStep(db, row, [updateHash(db, row.id, hash, upto, deps.now())]);
  const [found] = await countChanges(db, row, rules.ruleSet);
  return writeStep(db, row, [finishDryRun(db, row.id, hash || (await sha256Hex('')), found!, deps.now())]);
};

/** Applies the next slice as it was compared; where a grade of it has moved since, what moved is compared again first. */
const applySlice = async (deps: Deps, db: Database, row: RegradeRow, run: Run) => {
  const current = guard(db, [rulesMoved(row.courseId, row.ruleSet, null)]);
  const slice = updateSlice(db, row.id, 'change', CHANGES);
  const grades = () => updateGrades(db, row, deps.now());
  const finish = () => [enqueueGrades(db, row, deps.now()), finishApplying(db, row.id, deps.now())];
  try {
    return await writeStep(db, row, [current, slice, grades(), guard(db, [gradesHaveMoved(row.id)]), ...finish()]);
  } catch (error) {
    if (!(error instanceof Problem) || error.problem !== 'dry-run-stale') throw error;
    return writeStep(db, row, [current, slice, ...updateMovedChanges(db, run), grades(), ...finish()]);
  }
};

const isAtWork = ({ state }: RegradeRow) => state !== 'ready' && state !== 'applied' && state !== 'failed';

const takeStep = (deps: Deps, db: Database, row: RegradeRow, run: Run): Promise<RegradeRow> => {
  if (row.state === 'grading') return gradeKeys(deps, db, row, run);
  if (row.state === 'comparing') return compareSlice(deps, db, row, run);
  return row.state === 'hashing' ? hashSlice(deps, db, row, run) : applySlice(deps, db, row, run);
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
      const problem = error instanceof Problem ? error.problem : null;
      if (problem === 'request-seen') return row;
      if (problem !== 'rules-moved') throw error;
      deps.log({ level: 'alarm', what: 'a regrade ended: other rules were published meanwhile', regrade: id });
      row = await writeStep(db, row, [updateFailed(db, id, deps.now())]);
    }
  }
  return row;
};

/** Grades what answers have come since the dry run, so that applying it compares them too. */
export const gradeNewKeys = async (db: Database, run: Run): Promise<void> => {
  for (;;) {
    const verdicts = await nextVerdicts(db, run);
    if (verdicts.length > 0) await insertVerdicts(db, run.institutionId, run.rules.hash, verdicts);
    if (verdicts.length < KEYS) return;
  }
};

/** Goes on with a run that was left; one that cannot go on is ended, so that it holds up no other. */
const resume = async (deps: Deps, db: Database, { id, ...at }: RegradeRow, steps: number) => {
  try {
    await advance(deps, at, id, steps);
  } catch (error) {
    const busy = error instanceof Problem && error.problem === 'database-busy';
    deps.log({ level: 'alarm', what: 'a regrade could not go on', regrade: id, ended: !busy, reason: String(error) });
    await (busy ? touchRegrade(db, id, deps.now()) : updateFailed(db, id, deps.now()));
  }
};

/** Takes up every run that was left unfinished. */
export const resumeRegrades = async (deps: Deps, db: Database, steps: number): Promise<{ regrades: number }> => {
  const rows = await listUnfinished(db, deps.now() - STALLED_MS, 20);
  for (const row of rows) await resume(deps, db, row, steps);
  return { regrades: rows.length };
};
