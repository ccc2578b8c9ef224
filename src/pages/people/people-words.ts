import type { Role } from '../../auth/actor.ts';
import type { PlanBody } from '../../courses/roster-changes.ts';
import { counted } from '../words.ts';

export const roleWords: Record<Role, string> = {
  learner: 'Student',
  assistant: 'Assistant',
  instructor: 'Instructor',
};

/** Why the last instructor stays, told where one was to be moved or erased. */
export const LAST_INSTRUCTOR = 'A course needs an instructor. Make somebody else one first.';

/** How somebody stands in a course. */
export type Standing = Role | 'withdrawn';

export const standingOf = ({ role, withdrawnAt }: { role: Role; withdrawnAt: number | null }): Standing =>
  withdrawnAt === null ? role : 'withdrawn';

/** Who made somebody known here. */
export const originWords = ({
  issuer,
  platform,
  externalId,
  testUser,
}: {
  issuer: string;
  platform: string | null;
  externalId: string;
  testUser: number;
}): string => {
  if (issuer === 'erased') return 'erased';
  if (issuer === 'api') return 'your institution';
  const lms = platform ?? 'an LMS';
  if (externalId.startsWith('anonymous:')) return `${lms}, without a name`;
  return testUser === 1 ? `${lms}, its test student` : lms;
};

/** What a button does to somebody: from how they stand to how they shall. */
export type Move = { id: string; revision: number; from: Standing; to: Standing };

const standings: readonly string[] = ['learner', 'assistant', 'instructor', 'withdrawn'] satisfies Standing[];

export const writeMove = ({ id, revision, from, to }: Move): string => [id, revision, from, to].join('~');

/** What a button's value says, `null` for what none of ours says. */
export const readMove = (value: string | undefined): Move | null => {
  const [id = '', revision = '', from = '', to = ''] = (value ?? '').split('~');
  return id !== '' && /^\d{1,15}$/.test(revision) && standings.includes(from) && standings.includes(to) && from !== to
    ? { id, revision: Number(revision), from: from as Standing, to: to as Standing }
    : null;
};

/** What can be made of somebody who stands so; who comes back has the role of before. */
export const movesFrom = (from: Standing, role: Role): { to: Standing; says: string }[] => {
  if (from === 'withdrawn') return [{ to: role, says: 'Bring back' }];
  const others = (Object.keys(roleWords) as Role[]).filter((one) => one !== from);
  return [
    ...others.map((to) => ({ to, says: `Make ${roleWords[to].toLowerCase()}` })),
    { to: 'withdrawn' as const, says: 'Withdraw' },
  ];
};

const withArticle: Record<Role, string> = {
  learner: 'a student',
  assistant: 'an assistant',
  instructor: 'an instructor',
};

/** What a move did. */
export const movedWords = (name: string, { from, to }: Pick<Move, 'from' | 'to'>): string => {
  if (to === 'withdrawn') return `${name} is withdrawn: they no longer come in, and all their work is kept.`;
  return from === 'withdrawn' ? `${name} is back as ${withArticle[to]}.` : `${name} is ${withArticle[to]} now.`;
};

/** How much is kept of somebody. */
export const keptWords = (kept: {
  answers: number;
  posts: number;
  drafts: number;
  appeals: number;
  grades: number;
}): string => {
  const all = [
    [kept.answers, 'answer'],
    [kept.posts, 'post'],
    [kept.drafts, 'unsent draft'],
    [kept.appeals, 'appeal'],
    [kept.grades, 'grade'],
  ] as const;
  const some = all.filter(([count]) => count > 0).map(([count, one]) => counted(count, one));
  return some.length === 0 ? 'no work yet' : some.join(', ');
};

type Change = PlanBody['changes'][number];

/** What a roster makes of somebody. */
export const plannedWords = ({ action, from, to }: Pick<Change, 'action' | 'from' | 'to'>): string => {
  const role = roleWords[to.role].toLowerCase();
  const renamed = from !== null && from.name !== to.name ? [`named ${to.name ?? 'nothing'}`] : [];
  const moved = from !== null && from.role !== to.role ? [`${roleWords[from.role].toLowerCase()} becomes ${role}`] : [];
  switch (action) {
    case 'enrol':
      return `comes in as ${role}`;
    case 'restore':
      return ['comes back', ...moved, ...renamed].join(', ');
    case 'withdraw':
      return 'is withdrawn; their work is kept';
    case 'change':
      return [...moved, ...renamed].join(', ');
  }
};

/** Who a line of a plan is about. */
export const plannedName = ({ externalId, to }: Pick<Change, 'externalId' | 'to'>): string => to.name ?? externalId;

/** How many of what a plan does, or did. */
export const countsWords = (
  { enrol, change, restore, withdraw, same, kept }: PlanBody['counts'],
  done: boolean,
): string[] => [
  ...(enrol > 0 ? [`${enrol} ${done ? 'came in' : enrol === 1 ? 'comes in' : 'come in'}`] : []),
  ...(change > 0 ? [`${change} ${done ? 'changed' : change === 1 ? 'changes' : 'change'}`] : []),
  ...(restore > 0 ? [`${restore} ${done ? 'came back' : restore === 1 ? 'comes back' : 'come back'}`] : []),
  ...(withdraw > 0 ? [`${withdraw} ${done ? 'withdrawn' : `${withdraw === 1 ? 'is' : 'are'} withdrawn`}`] : []),
  ...(same > 0 ? [`${same} as before`] : []),
  ...(kept > 0 ? [`${kept} kept though not on it: you, or the last instructor`] : []),
];
