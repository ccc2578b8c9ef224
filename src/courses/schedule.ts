/** When an activity opens, is due and closes, in ms; `null`: never limited. */
export type Window = { opensAt: number | null; dueAt: number | null; closesAt: number | null };

export type WindowRow = Window & { kind: 'unit' | 'prompt' | 'criterion'; activity: string; personId: string };

const always: Window = { opensAt: null, dueAt: null, closesAt: null };

const later = (a: number | null, ...others: (number | null | undefined)[]): number | null =>
  a === null ? null : Math.max(a, ...others.map((b) => b ?? 0));

/**
 * The window that holds for a person: the later of the class's date for the activity and the person's extension of its
 * unit. An extension gives time where the class has a limit and sets none where it has none; a later due date moves the
 * close along. `effectiveDue` and `windowIsShut` in `courses/store.ts` are the same in SQL.
 */
export const windowFor = (
  rows: readonly WindowRow[],
  { kind, activity, unit }: { kind: WindowRow['kind']; activity: string; unit: string },
): Window => {
  const forClass = rows.find((row) => row.personId === '' && row.kind === kind && row.activity === activity);
  const extension = rows.find((row) => row.personId !== '' && row.kind === 'unit' && row.activity === unit);
  if (!forClass) return always;
  return {
    opensAt: forClass.opensAt,
    dueAt: later(forClass.dueAt, extension?.dueAt),
    closesAt: later(forClass.closesAt, extension?.closesAt, extension?.dueAt),
  };
};

/** From when on the key may be shown: when the work is due, or where it never is, when it closes. */
export const revealsAt = ({ dueAt, closesAt }: Window): number | null => dueAt ?? closesAt;

/** A time for JSON: RFC 3339, or `null`. */
export const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
