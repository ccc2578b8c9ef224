import type { Role } from '../auth/actor.ts';
import type { LineFault } from '../csv.ts';
import type { Listed } from './roster-file.ts';

/** Somebody the institution knows by `externalId`, and how they stand in the course. `role` null: not enrolled yet. */
export type Present = {
  id: string;
  externalId: string;
  name: string | null;
  role: Role | null;
  withdrawn: boolean;
  /** Known by the institution's own id, not by that of an LTI platform. */
  ours: boolean;
};

type State = { name: string | null; role: Role; withdrawn: boolean };
export type RosterAction = 'enrol' | 'change' | 'restore' | 'withdraw';
/** What becomes of somebody. `from` null: they are new to the course. `line` null: they are not on the roster. */
export type RosterChange = {
  line: number | null;
  externalId: string;
  action: RosterAction;
  from: State | null;
  to: State;
};
export type RosterPlan = {
  changes: RosterChange[];
  /** How many are as the roster says. */
  same: number;
  /** Who is not on the roster and stays all the same, and why. */
  kept: { externalId: string; because: 'yourself' | 'last-instructor' }[];
};

export type Import = {
  /** The person who asks; `null`: a key. */
  asker: string | null;
  /** A name is the institution's, the same in all its courses. */
  mayRename: boolean;
  /** Whoever is in the course and not on the roster is withdrawn. */
  withdrawMissing: boolean;
};

const changeOf = (one: Listed, present: Present | undefined): RosterChange | null => {
  const { line, externalId } = one;
  const name = one.name ?? present?.name ?? null;
  const to = { name, role: one.role ?? present?.role ?? 'learner', withdrawn: false };
  if (!present || present.role === null) return { line, externalId, action: 'enrol', from: null, to };
  const { role, withdrawn } = present;
  const from = { name: present.name, role, withdrawn };
  if (withdrawn) return { line, externalId, action: 'restore', from, to };
  return from.name === to.name && role === to.role ? null : { line, externalId, action: 'change', from, to };
};

const teaches = ({ role, withdrawn }: Pick<Present, 'role' | 'withdrawn'>) => role === 'instructor' && !withdrawn;

const withdrawal = ({ externalId, name, role }: Present): RosterChange => {
  const from = { name, role: role!, withdrawn: false };
  return { line: null, externalId, action: 'withdraw', from, to: { ...from, withdrawn: true } };
};

/**
 * What a roster makes of a course. A name or role it does not say stays; somebody new is a learner. Nobody demotes
 * themselves or takes the course's last instructor: that is a fault where a line says it, and left undone where the
 * line is missing. Pure: preview and import both carry out what it says.
 */
export const planRoster = (
  listed: readonly Listed[],
  present: readonly Present[],
  { asker, mayRename, withdrawMissing }: Import,
): { plan: RosterPlan } | { faults: LineFault[] } => {
  const ours = new Map(present.filter((one) => one.ours).map((one) => [one.externalId, one]));
  const changes = listed.map((one) => changeOf(one, ours.get(one.externalId))).filter((one) => one !== null);

  const onRoster = new Set(listed.map(({ externalId }) => externalId));
  const missing = [...ours.values()].filter(
    (one) => withdrawMissing && one.role !== null && !one.withdrawn && !onRoster.has(one.externalId),
  );
  const joins = changes.filter(({ from, to }) => teaches(to) && !(from && teaches(from)));
  const demoted = changes.filter(({ from, to }) => from && teaches(from) && !teaches(to));
  const teaching = present.filter(teaches).length + joins.length - demoted.length;
  const leavesNone = missing.filter((one) => teaches(one) && one.id !== asker).length === teaching;
  const keptBecause = (one: Present) =>
    one.id === asker ? 'yourself' : teaches(one) && leavesNone ? 'last-instructor' : null;

  const faultOf = (change: RosterChange): string | null => {
    const known = ours.get(change.externalId);
    if (known && known.name !== change.to.name && !mayRename)
      return `${change.externalId} has another name with the institution, whose key alone changes it; leave it empty`;
    if (!demoted.includes(change)) return null;
    if (known?.id === asker) return 'this is you; somebody else has to change your role';
    return teaching === 0 ? 'the course would be without an instructor' : null;
  };
  const faults = changes.flatMap((change) => {
    const detail = faultOf(change);
    return detail === null ? [] : [{ line: change.line!, detail }];
  });
  if (faults.length > 0) return { faults };

  return {
    plan: {
      changes: [...changes, ...missing.filter((one) => keptBecause(one) === null).map(withdrawal)],
      same: listed.length - changes.length,
      kept: missing.flatMap((one) => {
        const because = keptBecause(one);
        return because === null ? [] : [{ externalId: one.externalId, because }];
      }),
    },
  };
};
