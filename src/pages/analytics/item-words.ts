import type { itemBody } from '../../analytics/items.ts';
import { counted, listed, quoted } from '../words.ts';
import { wholePercent } from './figure-words.ts';

export type Item = ReturnType<typeof itemBody>;
/** An item with its scenario's title; `counts`: it has a key, so it is not void. */
export type TitledItem = Item & { title: string; counts: boolean };

/** A correlation below this is as good as none: R. L. Ebel (1965), Measuring Educational Achievement. */
const FLAT = 0.1;
/** From here on an item tells people apart well (Ebel, the same). */
const FAIR = 0.3;
/** Fewer say little about a share. */
const FEW = 5;

type Kind = 'inverse' | 'flat' | 'role' | 'evidence';
export type Finding = { scenario: string; title: string; kind: Kind; says: string };

const kindOf = ({ n, counts, discrimination: { r, high }, rightRole, licensed }: TitledItem): Kind | undefined => {
  if (r !== null && high !== null && high < 0) return 'inverse';
  if ((n ?? 0) >= FEW && counts && rightRole.high !== null && rightRole.high < 0.5) return 'role';
  if (r !== null && r < FLAT) return 'flat';
  if ((n ?? 0) < FEW || rightRole.low === null || licensed.high === null) return undefined;
  return rightRole.low > 0.5 && licensed.high < 0.5 ? 'evidence' : undefined;
};

const sentences: Record<Kind, (item: TitledItem) => string> = {
  inverse: ({ title }) =>
    `Students who do well elsewhere do worse on ${quoted(title)} than the others: look at its rule first.`,
  role: ({ title, rightRole: { count }, n }) =>
    `Only ${count} of ${counted(n!, 'student')} chose a role that can earn everything on ${quoted(title)}: see whether the case says enough, and whether its rule is too narrow.`,
  flat: ({ title, discrimination: { high } }) =>
    `Students who do well elsewhere miss ${quoted(title)} as often as the others: look at its rule.${
      high !== null && high >= FAIR ? ' With so few answers it may be chance.' : ''
    }`,
  evidence: ({ title, licensed: { share } }) =>
    `Most chose the right role on ${quoted(title)}, but only ${wholePercent(share!)} cited a claim that its rule takes: is there one that the rule leaves out?`,
};

const order: readonly Kind[] = ['inverse', 'role', 'flat', 'evidence'];

/** The scenarios worth a look, and why, the most pressing kind first. */
export const itemFindings = (items: readonly TitledItem[]): Finding[] =>
  items
    .flatMap((item) => {
      const kind = kindOf(item);
      return kind ? [{ scenario: item.scenario, title: item.title, kind, says: sentences[kind](item) }] : [];
    })
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));

/** What stands out of the scenarios, in a sentence. */
export const itemsWords = (items: readonly TitledItem[]): string => {
  if (items.every(({ n }) => n === 0)) return 'Nobody has answered a scenario yet.';
  const [first, ...more] = itemFindings(items);
  if (first)
    return more.length === 0
      ? first.says
      : `${first.says} ${more.length === 1 ? 'One more is' : `${more.length} more are`} worth a look.`;
  return items.some(({ discrimination: { r } }) => r !== null)
    ? 'No scenario stands out: those who do well elsewhere do better on each of them.'
    : 'No scenario stands out so far. How well they tell students apart can be said from ten students on.';
};

/** What the picture of difficulty and discrimination shows. */
export const scatterWords = (items: readonly TitledItem[]): string => {
  const told = items.filter(({ discrimination: { r } }) => r !== null);
  if (told.length === 0)
    return 'From ten students on who answered a scenario and others too, this shows how well it tells them apart.';
  const odd = told
    .filter(({ discrimination: { r } }) => r! < FLAT)
    .sort((a, b) => a.discrimination.r! - b.discrimination.r!);
  if (odd.length === 0) return `On ${everyWords(told.length)} here, students who do well elsewhere do better.`;
  const some = odd.slice(0, 3).map(({ scenario, title }) => `${quoted(title)} (${scenario})`);
  return `${odd.length === 1 ? 'One scenario does' : `${odd.length} scenarios do`} not tell those who do well elsewhere from the others: ${listed(
    odd.length > 3 ? [...some, `${odd.length - 3} more`] : some,
    'and',
  )}.`;
};

const everyWords = (count: number) => (count === 1 ? 'the one scenario' : `each of the ${count} scenarios`);

/** Which of some scenarios were hardest and easiest on the first attempt. */
export const difficultyWords = (items: readonly TitledItem[]): string => {
  const known = items
    .filter(({ n, credit: { mean } }) => (n ?? 0) >= FEW && mean !== null)
    .sort((a, b) => a.credit.mean! - b.credit.mean!);
  const [hardest, easiest] = [known[0], known.at(-1)];
  if (!hardest || !easiest)
    return items.some(({ suppressed }) => suppressed)
      ? 'Fewer than five students answered each of these, so what they earned is kept back.'
      : items.some(({ n }) => n !== 0)
        ? 'Fewer than five students have answered each of these: too few to compare them.'
        : 'Nobody has answered one of these yet.';
  const said = ({ title, credit: { mean } }: TitledItem) => `${quoted(title)} (${wholePercent(mean!)} of the credit)`;
  return hardest === easiest
    ? `So far only ${said(hardest)} was answered by five students and more.`
    : `Hardest on the first attempt was ${said(hardest)}, easiest ${said(easiest)}.`;
};
