/** When an activity opens, is due and closes, in ms; `null`: never limited. */
export type Window = { opensAt: number | null; dueAt: number | null; closesAt: number | null };

export type WindowRow = Window & { kind: string; activity: string; personId: string };

const always: Window = { opensAt: null, dueAt: null, closesAt: null };

const later = (a: number | null, ...others: (number | null | undefined)[]): number | null =>
  a === null ? null : Math.max(a, ...others.map((b) => b ?? 0));

/**
 * The window that holds for a person: the later of the class's and the person's dates. An extension gives time where
 * the class has a limit and sets none where it has none; a later due date moves the close along.
 * `effectiveWindow` in `courses/store.ts` is the same in SQL.
 */
export const windowFor = (rows: readonly WindowRow[], kind: string, activity: string): Window => {
  const forActivity = rows.filter((row) => row.kind === kind && row.activity === activity);
  const forClass = forActivity.find((row) => row.personId === '');
  const extension = forActivity.find((row) => row.personId !== '');
  if (!forClass) return always;
  return {
    opensAt: forClass.opensAt,
    dueAt: later(forClass.dueAt, extension?.dueAt),
    closesAt: later(forClass.closesAt, extension?.closesAt, extension?.dueAt),
  };
};

/** A time for JSON: RFC 3339, or `null`. */
export const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
