import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { type CourseAt, findCourse } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { rounded, shareBody, shareSchema } from './figures.ts';
import { listShifts, type ShiftRow } from './store.ts';
import { hidesSmallGroups, isSmall, mayShow } from './suppression.ts';
import { symmetryTest } from './symmetry.ts';

const figure = z.number().nullable();

export const stanceShiftSchema = lazily(() =>
  z
    .object({
      items: z.array(
        z.object({
          scenario: z.string(),
          n: figure,
          suppressed: z.boolean(),
          changed: shareSchema(),
          roles: z.array(z.object({ role: z.string(), before: shareSchema(), after: shareSchema() })),
          moves: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })).nullable(),
          symmetry: z.object({ statistic: z.number(), freedom: z.int(), p: figure }).nullable(),
          /** Those who answered, but not before and after their discussion. */
          left: z.object({ notAgain: z.number(), late: z.number(), undiscussed: z.number() }).nullable(),
        }),
      ),
    })
    .meta({ id: 'StanceShift' }),
);

/**
 * Which role people said on a hinge scenario before their discussion and after it. Before: their first answer, where it
 * came before their first committed post to a prompt of the unit, which is when they first saw what others say; after:
 * their latest answer since. Kept back, where `hides`, as soon as a move or those left out with the same first answer are fewer than five.
 */
export const shiftBody = (scenario: string, rows: readonly ShiftRow[], roles: readonly string[], hides: boolean) => {
  const own = rows.filter((row) => row.scenario === scenario);
  const count = (which: (row: ShiftRow) => boolean) => own.filter(which).reduce((sum, { n }) => sum + n, 0);
  const again = own.filter(({ state }) => state === 'again');
  const moves = again.map(({ before, after, n }) => ({ from: before, to: after!, count: n }));
  const n = count(({ state }) => state === 'again');
  const changed = count(({ state, before, after }) => state === 'again' && before !== after);
  const leftWith = roles.map((role) => count(({ state, before }) => state !== 'again' && before === role));
  const left = {
    notAgain: count(({ state }) => state === 'not-again'),
    late: count(({ state }) => state === 'late'),
    undiscussed: count(({ state }) => state === 'undiscussed'),
  };
  const shown = mayShow(hides, [...moves.map((move) => move.count), ...leftWith]);
  const symmetry = shown ? symmetryTest(moves) : null;
  return {
    scenario,
    n: hides && isSmall(n) ? null : n,
    suppressed: !shown,
    changed: shareBody(changed, n, mayShow(hides, [changed, n - changed])),
    roles: roles.map((role) => ({
      role,
      before: shareBody(
        count(({ state, before }) => state === 'again' && before === role),
        n,
        shown,
      ),
      after: shareBody(
        count(({ after }) => after === role),
        n,
        shown,
      ),
    })),
    moves: shown ? moves : null,
    symmetry: symmetry && {
      statistic: rounded(symmetry.statistic),
      freedom: symmetry.freedom,
      p: symmetry.p === null ? null : rounded(symmetry.p),
    },
    left: mayShow(hides, Object.values(left)) ? left : null,
  };
};

/** What the shifts ask of the database. */
export const stanceShiftQuery = ({ catalogue: { module, scenarios, units } }: Deps, db: Database, at: CourseAt) => {
  const promptsOf = (scenario: string) => units.find(({ id }) => id === scenarios[scenario]?.unit)?.prompts ?? [];
  return listShifts(
    db,
    at,
    module.hinges.map((id) => [id, promptsOf(id)]),
  );
};

/** The shifts on the module's hinge scenarios, of what `stanceShiftQuery` gave. */
export const stanceShiftBody = ({ catalogue: { module } }: Deps, rows: readonly ShiftRow[], hides: boolean) => {
  const roles = module.roles.map(({ id }) => id);
  return { items: module.hinges.map((id) => shiftBody(id, rows, roles, hides)) };
};

/** The shifts on the module's hinge scenarios. */
export const readStanceShift = async (deps: Deps, actor: Actor, courseId: string) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [course], rows] = await db.batch([
    standing(db, actor, 'analytics:read', courseId),
    findCourse(db, at.institutionId, courseId),
    stanceShiftQuery(deps, db, at),
  ]);
  return { body: stanceShiftBody(deps, rows, hidesSmallGroups(actor)), course: course! };
};
