import type { shiftBody } from '../../analytics/stance-shift.ts';
import { counted, quoted } from '../words.ts';
import type { Named } from './confusion-words.ts';
import { wholePercent } from './figure-words.ts';

export type Shift = ReturnType<typeof shiftBody>;

/** What is improbable enough by chance to be said of it: one in twenty. */
const CHANCE = 0.05;

/** How many changed their mind on a hinge scenario, and where most went. */
export const shiftWords = ({ n, changed, moves, suppressed }: Shift, roleName: Named): string => {
  if (n === null || (suppressed && changed.count === null))
    return 'What stands here would tell of fewer than five students, so it is kept back.';
  if (n === 0) return 'Nobody has answered it both before and after discussing it.';
  const who =
    n === 1
      ? 'The one who answered before and after the discussion'
      : `Of ${n} who answered before and after the discussion,`;
  if (n === 1) return `${who} ${changed.count === 0 ? 'stayed with the same role' : 'changed their mind'}.`;
  if (changed.count === 0) return `${who} none changed their mind.`;
  const [most] = (moves ?? []).filter(({ from, to }) => from !== to).sort((a, b) => b.count - a.count);
  const where = most
    ? `, most often from ${quoted(roleName(most.from))} to ${quoted(roleName(most.to))} (${most.count})`
    : '';
  return `${who} ${changed.count} changed their mind${where}.`;
};

/** Which role won most by the discussion. */
export const sharesWords = ({ roles }: Shift, roleName: Named): string => {
  const [most] = roles
    .flatMap(({ role, before, after }) =>
      before.share === null || after.share === null ? [] : [{ role, before: before.share, after: after.share }],
    )
    .sort((a, b) => b.after - b.before - (a.after - a.before));
  return most && most.after > most.before
    ? `${quoted(roleName(most.role))} won most: from ${wholePercent(most.before)} before to ${wholePercent(most.after)} after.`
    : 'Each role was chosen as often after as before.';
};

/** Whether the moves go one way more than chance would have them. */
export const symmetryWords = ({ symmetry, n }: Shift): string | null => {
  if (!symmetry || !n) return null;
  const { p } = symmetry;
  if (p === null) return 'Fewer than ten changed, too few to tell a direction from chance.';
  const by = p < 0.0005 ? 'p below 0.001' : `p = ${p.toFixed(3)}`;
  return p < CHANCE
    ? `They moved in one direction more than chance would have them (${by}).`
    : `As many would move so by chance: no direction can be told (${by}).`;
};

/** Who answered, but is not in the picture. */
export const leftWords = ({ left }: Shift): string | null => {
  if (!left) return 'How many are left out is kept back.';
  const { notAgain, late, undiscussed } = left;
  const parts = [
    ...(notAgain > 0 ? [`${notAgain} discussed it and did not answer again`] : []),
    ...(late > 0 ? [`${late} answered first after they had discussed it`] : []),
    ...(undiscussed > 0 ? [`${undiscussed} answered and have not discussed it`] : []),
  ];
  return parts.length === 0 ? null : `Not counted: ${parts.join('; ')}.`;
};

/** What stands out of all the hinge scenarios. */
export const shiftsWords = (items: readonly (Shift & { title: string })[], roleName: Named): string => {
  const [most] = items
    .filter(({ changed: { count } }) => count !== null && count > 0)
    .sort((a, b) => b.changed.share! - a.changed.share!);
  if (most) return `${quoted(most.title)}: ${shiftWords(most, roleName)}`;
  const told = items.reduce((sum, { n }) => sum + (n ?? 0), 0);
  if (told > 0) return `Of ${counted(told, 'pair')} of answers before and after discussion none shows another role.`;
  return items.some(({ n }) => n === null)
    ? 'What could be said would tell of fewer than five students, so it is kept back.'
    : 'Nobody has answered a hinge scenario both before and after discussing it.';
};
