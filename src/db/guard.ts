import { type SQL, sql } from 'drizzle-orm';
import { Problem, type ProblemName, problems } from '../problem.ts';
import type { Database } from './client.ts';

/** A condition that refuses the whole transaction, the problem that says so, and a member (a time in ms, or a word) to add. */
export type Guard = readonly [when: SQL, problem: ProblemName, member?: { name: string; value: SQL }];

/**
 * A statement that aborts its batch, naming the problem, when one of the conditions holds; the first that does counts.
 * SQLite's RAISE works in triggers only; a bad JSON path raises anywhere and carries our text in its message, which
 * `refusalIn` reads. So permission, state and the write they protect are one transaction and one round trip.
 */
export const guard = (db: Database, guards: readonly Guard[], from: SQL = sql``) =>
  db.all<{ ok: number }>(sql`select ${allowed(guards)} as ok ${from}`);

/** The same as a condition in SQL, for a write to guard itself: `otherwise` where nothing refuses. */
export const allowed = (guards: readonly Guard[], otherwise: SQL = sql`1`): SQL =>
  guards.length === 0
    ? otherwise
    : sql`case ${sql.join(
        guards.map(([when, problem, member]) =>
          member
            ? sql`when ${when} then json_extract('{}', ${`refused:${problem} ${member.name}=`} || coalesce(${member.value}, ''))`
            : sql`when ${when} then json_extract('{}', ${`refused:${problem}`})`,
        ),
        sql` `,
      )} else ${otherwise} end`;

const REFUSED = /refused:([a-z-]+)(?: (\w+)=([\w-]+))?/;

/** The problem that a guard raised, or `undefined` for an error of another kind. */
export const refusalIn = (message: string): Problem | undefined => {
  const [, name, member, value] = REFUSED.exec(message) ?? [];
  if (name === undefined || !Object.hasOwn(problems, name)) return undefined;
  return new Problem(
    name as ProblemName,
    member && value ? { [member]: /^\d+$/.test(value) ? new Date(Number(value)).toISOString() : value } : {},
  );
};
