import { displayName } from '../../courses/roster.ts';
import type { MovedChange } from '../../regrades/apply.ts';
import type { Change } from '../../regrades/change-body.ts';
import type { dryRunBody } from '../../regrades/dry-run.ts';
import type { ToldRegrade } from '../../regrades/read-store.ts';
import type { HarmPolicy } from '../../regrades/store.ts';
import { counted, type Times } from '../words.ts';

export const number = (count: number): string => count.toLocaleString('en');

const many = (count: number, one: string, more?: string): string =>
  counted(count, one, more).replace(/^\d+/, number(count));

/** Which rules a dry run is of, as a teacher tells them apart. */
export const rulesWords = (
  { isCurrent, publishedAt }: Pick<ToldRegrade, 'isCurrent' | 'publishedAt'>,
  times: Times,
): string => {
  if (publishedAt === null) return isCurrent ? 'the rules in use' : 'a draft that is not published';
  return `${isCurrent ? 'the rules in use, published' : 'former rules, published'} ${times(publishedAt)}`;
};

/** Who did something, and when. */
export const byWords = (actor: string | null, name: string | null, ms: number | null, times: Times): string =>
  [
    ...(ms === null ? [] : [times(ms)]),
    ...(actor?.startsWith('person:') ? [`by ${displayName(actor.slice(7), name)}`] : []),
  ].join(', ');

export const policyTitles: Record<HarmPolicy | 'none', string> = {
  none: 'New answers only',
  'raise-only': 'Raise only',
  replace: 'Replace',
};

export const policySays: Record<HarmPolicy | 'none', string> = {
  none: 'Grades that were given stay as they are. The rules in use grade what is answered from now on.',
  'raise-only': 'A grade moves only where these rules give more. Nobody loses points that they have.',
  replace: 'Every grade becomes what these rules give for the same work, also where that is less.',
};

type Counts = NonNullable<ReturnType<typeof dryRunBody>['counts']>;

/** What a policy would do to the grades that were looked at. `null`: was not counted. */
export type Tally = {
  policy: HarmPolicy | 'none';
  raised: number;
  lowered: number;
  voided: number;
  same: number;
  rise: number | null;
  fall: number | null;
  lms: number | null;
};

/** The three ways to go on after a publication, side by side. */
export const talliesOf = ({ raiseOnly, replace, voided }: Counts, graded: number): Tally[] => [
  { policy: 'none', raised: 0, lowered: 0, voided: 0, same: graded, rise: 0, fall: 0, lms: 0 },
  ...(
    [
      ['raise-only', raiseOnly],
      ['replace', replace],
    ] as const
  ).map(([policy, { raised, lowered, same, risesAbovePass, fallsBelowPass, lmsWouldMove }]) => ({
    policy,
    raised,
    lowered,
    voided,
    same,
    rise: risesAbovePass,
    fall: fallsBelowPass,
    lms: lmsWouldMove,
  })),
];

/** What moves neither up nor down: overrides that stand over a change, and maximums. */
export const besidesWords = ({ raiseOnly, replace, voided, overridden, changes }: Counts): string[] => {
  const maximums = changes - overridden - replace.lowered - raiseOnly.raised - voided;
  return [
    ...(overridden > 0
      ? [
          `${many(overridden, 'override stands', 'overrides stand')} over a change: those grades stay as a person set them.`,
        ]
      : []),
    ...(maximums > 0 ? [`Of ${many(maximums, 'grade')} only the points that can be had would change.`] : []),
    ...(voided > 0 ? [`${many(voided, 'grade')} would count for nobody any more, under either policy.`] : []),
  ];
};

/** How far a dry run or a regrade has come. `total`: `null` where nobody knows. */
export const progressOf = ({
  state,
  graded,
  done,
  total,
}: Pick<ToldRegrade, 'state' | 'graded' | 'done' | 'total'>): { done: number; total: number | null; says: string } => {
  if (state === 'grading') return { done: 0, total: null, says: 'Grading the different answers by these rules…' };
  if (state === 'hashing') return { done: graded, total: null, says: 'Every grade is compared; putting it together…' };
  const applying = state === 'applying';
  const so = Math.min(applying ? done : graded, total);
  const what = applying ? 'gone through' : 'compared';
  return {
    done: so,
    total,
    says: `${number(so)} of ${many(total, applying ? 'change' : 'grade')} ${what}`,
  };
};

/** A run's state, in the list of them. */
export const stateWords = (
  { state, policy }: Pick<ToldRegrade, 'state' | 'policy'>,
  counts: Counts | null,
): { says: string; tone: Tone } => {
  if (state === 'applied') return { says: `applied: ${policyTitles[policy!].toLowerCase()}`, tone: 'good' };
  if (state === 'applying') return { says: 'being applied', tone: 'warn' };
  if (state === 'failed') return { says: policy ? 'stopped while it was applied' : 'stopped', tone: 'bad' };
  if (state !== 'ready') return { says: 'being worked out', tone: 'warn' };
  return { says: counts?.changes === 0 ? 'ready: nothing would move' : 'ready, not applied', tone: '' };
};

type Tone = 'good' | 'bad' | 'warn' | '';

/** What else there is to know of a change, beside its points. */
export const remarksOf = ({
  from,
  to,
  override,
  lmsWouldMove,
  crossesPass,
}: Pick<Change, 'from' | 'to' | 'override' | 'lmsWouldMove' | 'crossesPass'>): { says: string; tone: Tone }[] => {
  const rises = (to ?? -1) > (from ?? -1);
  return [
    ...(to === null ? [{ says: 'counts for nobody', tone: 'warn' as const }] : []),
    ...(override ? [{ says: 'override stands', tone: 'warn' as const }] : []),
    ...(crossesPass
      ? [rises ? { says: 'now passes', tone: 'good' as const } : { says: 'no longer passes', tone: 'bad' as const }]
      : []),
    ...(lmsWouldMove ? [{ says: 'moves in the LMS', tone: '' as const }] : []),
  ];
};

/** How many grades a regrade moved, under its policy. */
export const movedBy = (policy: HarmPolicy, { raiseOnly, replace, voided }: Counts): number =>
  voided + (policy === 'replace' ? replace.raised + replace.lowered : raiseOnly.raised);

export const movedWords = (moved: number): string =>
  moved === 0 ? 'No grade moved.' : `${many(moved, 'grade')} moved.`;

/** How many marks in the LMS a regrade moved; `null` where that was not counted. */
export const lmsMoved = (policy: HarmPolicy, { raiseOnly, replace }: Counts): number | null =>
  (policy === 'replace' ? replace : raiseOnly).lmsWouldMove;

/** From what to what a grade would go, for somebody who compares two of these. */
export const wouldWords = ({ from, to, override }: MovedChange['now']): string => {
  const points = (value: number | null) => (value === null ? 'none' : String(value));
  const so = from === to ? `stay at ${points(to)}` : `from ${points(from)} to ${points(to)}`;
  return override ? `${so}, under an override` : so;
};
