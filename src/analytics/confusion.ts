import * as z from 'zod';
import { type Actor, institutionOf } from '../auth/actor.ts';
import { standing } from '../auth/store.ts';
import { type CourseAt, findCourse } from '../courses/store.ts';
import type { Database } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { lazily } from '../lazily.ts';
import { adoptRules, believedRules } from '../rule-sets/current.ts';
import { findCurrentRules } from '../rule-sets/store.ts';
import { shareBody, shareSchema } from './figures.ts';
import { type KeyedScenario, keyedScenarios } from './key.ts';
import { sourceBody, sourceSchema } from './sources.ts';
import { type CitedClaim, type CitedRow, listCited, listSaid, type SaidRow } from './store.ts';
import { hidesSmallGroups, isSmall, mayShow } from './suppression.ts';

const figure = z.number().nullable();
const saidSchema = lazily(() => z.array(z.object({ role: z.string(), ...shareSchema().shape })));
const key = z.array(z.string());

export const confusionSchema = lazily(() =>
  z
    .object({
      roles: z.array(z.string()),
      scenarios: z.array(
        z.object({ scenario: z.string(), key, n: figure, suppressed: z.boolean(), said: saidSchema() }),
      ),
      course: z.array(
        z.object({
          key,
          scenarios: z.array(z.string()),
          n: z.number(),
          said: z.array(z.object({ role: z.string(), count: z.number() })),
        }),
      ),
      sources: z.array(sourceSchema()),
    })
    .meta({ id: 'Confusion' }),
);

type Roles = readonly string[];

const scenarioRow = ({ id, key }: KeyedScenario, rows: readonly SaidRow[], roles: Roles, hides: boolean) => {
  const own = rows.filter(({ scenario }) => scenario === id);
  const n = own.reduce((sum, row) => sum + row.n, 0);
  const shown = mayShow(
    hides,
    own.map((row) => row.n),
  );
  const countOf = (role: string) => own.find((row) => row.role === role)?.n ?? 0;
  return {
    scenario: id,
    key,
    n: hides && isSmall(n) ? null : n,
    suppressed: !shown,
    said: roles.map((role) => ({ role, ...shareBody(countOf(role), n, shown) })),
  };
};

type ScenarioSaid = ReturnType<typeof scenarioRow>;

/**
 * The matrix of some scenarios, a row a key: the sum of those that are shown, which it names, so that nothing is had by
 * subtraction; its counts are of answers, one person's to many scenarios, so they come without intervals.
 */
export const matrixBody = (scenarios: readonly ScenarioSaid[], roles: Roles) => {
  const shown = scenarios.filter(({ suppressed }) => !suppressed);
  const keys = [...new Map(shown.map(({ key }) => [key.join(' '), key])).values()];
  return keys.map((key) => {
    const own = shown.filter((row) => row.key.join(' ') === key.join(' '));
    const said = roles.map((role, at) => ({
      role,
      count: own.reduce((sum, row) => sum + (row.said[at]!.count ?? 0), 0),
    }));
    return {
      key,
      scenarios: own.map(({ scenario }) => scenario),
      n: said.reduce((sum, { count }) => sum + count, 0),
      said,
    };
  });
};

/**
 * Said against key: a row a scenario, and the course's matrix. Where several roles can earn full credit the key is all of
 * them.
 */
export const saidBody = (
  scenarios: readonly KeyedScenario[],
  rows: readonly SaidRow[],
  roles: Roles,
  hides: boolean,
) => {
  const all = scenarios.map((scenario) => scenarioRow(scenario, rows, roles, hides));
  return { scenarios: all, course: matrixBody(all, roles) };
};

/** What the confusion asks of the database. */
export const confusionQueries = ({ catalogue: { claims } }: Deps, db: Database, at: CourseAt) => {
  const sayings = Object.values(claims).map(
    ({ id, source, role, stance }): CitedClaim => [id, source, role, stance === 'denies' ? 1 : 0],
  );
  return [listSaid(db, at), listCited(db, at, sayings)] as const;
};

/** What people said first, of what `confusionQueries` gave, against the key of these rules and against the claims they cited. */
export const confusionBody = (
  { catalogue }: Deps,
  ruleSet: RuleSet,
  said: readonly SaidRow[],
  cited: readonly CitedRow[],
  hides: boolean,
) => {
  const roles = ruleSet.roles.map(({ id }) => id);
  const means = Object.fromEntries(catalogue.module.roles.map(({ id, means = [] }) => [id, means]));
  const totals = new Map<string, number>();
  for (const { role, n } of said) totals.set(role, (totals.get(role) ?? 0) + n);
  return {
    roles,
    ...saidBody(keyedScenarios(catalogue, ruleSet), said, roles, hides),
    sources: catalogue.sources.map(({ id }) => sourceBody(id, cited, totals, roles, means, hides)),
  };
};

/** What people said first, against the key of the rules now, and against the claims they cited. */
export const readConfusion = async (deps: Deps, actor: Actor, courseId: string) => {
  const at = { institutionId: institutionOf(actor), courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], said, cited] = await db.batch([
    standing(db, actor, 'analytics:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    ...confusionQueries(deps, db, at),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  return { body: confusionBody(deps, ruleSet, said, cited, hidesSmallGroups(actor)), ruleSet, course: course! };
};
