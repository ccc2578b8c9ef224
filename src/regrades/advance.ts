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
  findChangeLines,
  findRegrade,
  finishApplying,
  finishComparing,
  finishDryRun,
  insertVerdicts,
  listUnfinished,
  listUngraded,
  type RegradeRow,
  runHasMoved,
  updateGrades,
  updateHash,
  updateSlice,
  updateState,
} from './store.ts';

/** Sizes of one step: a step stays far under a Worker's CPU limit, and others write in between. */
const KEYS = 400;
const GRADES = 4000;
const CHANGES = 10_000;
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

/** The next distinct answers, graded by the new rules; verdicts are kept by key, so few for many answers. */
const gradeKeys = async (deps: Deps, db: Database, row: RegradeRow, { rules, institutionId }: Run) => {
  const keys = await listUngraded(db, institutionId, rules.hash, KEYS);
  const verdicts = keys.map(({ answerKey: key }) => {
    const { credit, points, max, trace } = gradeAnswer(rules.ruleSet, parseAnswerKey(key));
    return { key, credit: Math.round(credit * 100), points, max, trace: JSON.stringify(trace) };
  });
  await db.batch([
    guard(db, [runHasMoved(row)]),
    insertVerdicts(db, institutionId, rules.hash, verdicts),
    updateState(db, row.id, keys.length < KEYS ? 'comparing' : 'grading', deps.now()),
  ]);
};

const compareSlice = (deps: Deps, db: Database, row: RegradeRow, run: Run) =>
  db.batch([
    guard(db, [runHasMoved(row)]),
    updateSlice(db, row.id, 'grade', GRADES),
    ...insertChanges(db, run),
    finishComparing(db, row.id, deps.now()),
  ]);

const hashSlice = async (deps: Deps, db: Database, row: RegradeRow) => {
  const [, , [slice]] = await db.batch([
    guard(db, [runHasMoved(row)]),
    updateSlice(db, row.id, 'change', CHANGES),
    findChangeLines(db, row.id),
  ]);
  const { lines, upto } = slice!;
  const hash = lines === null ? row.hash : await sha256Hex(`${row.hash}\n${lines}`);
  await db.batch([
    guard(db, [runHasMoved(row)]),
    upto === null
      ? finishDryRun(db, row.id, hash || (await sha256Hex('')), deps.now())
      : updateHash(db, row.id, hash, upto, deps.now()),
  ]);
};

const applySlice = (deps: Deps, db: Database, row: RegradeRow, run: Run) =>
  db.batch([
    guard(db, [runHasMoved(row)]),
    updateSlice(db, row.id, 'change', CHANGES),
    ...updateMovedChanges(db, run),
    updateGrades(db, row, deps.now()),
    finishApplying(db, row.id, deps.now()),
  ]);

const isAtWork = ({ state }: RegradeRow) => state !== 'ready' && state !== 'applied';

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
      if (row.state === 'grading') await gradeKeys(deps, db, row, run);
      else if (row.state === 'comparing') await compareSlice(deps, db, row, run);
      else if (row.state === 'hashing') await hashSlice(deps, db, row);
      else await applySlice(deps, db, row, run);
    } catch (error) {
      if (!(error instanceof Problem) || error.problem !== 'request-seen') throw error;
      return row;
    }
    [row] = await findRegrade(db, at, id);
    if (!row) throw new Problem('dry-run-not-found');
  }
  return row;
};

/** Takes up every run that was left unfinished. */
export const resumeRegrades = async (deps: Deps, db: Database, steps: number): Promise<number> => {
  const rows = await listUnfinished(db, deps.now() - STALLED_MS, 20);
  for (const { institutionId, courseId, id } of rows) await advance(deps, { institutionId, courseId }, id, steps);
  return rows.length;
};
