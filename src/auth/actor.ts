import { Problem } from '../problem.ts';

export const roles = ['learner', 'assistant', 'instructor'] as const;
export type Role = (typeof roles)[number];

export const scopes = ['keys', 'courses', 'people', 'sessions', 'grades', 'platforms', 'webhooks'] as const;
export type Scope = (typeof scopes)[number];

/**
 * `delivers`: what they do may have to go out to an LMS or a webhook, and is tried at once. `frameAncestors`: origins of
 * the LMS that launched them, whose frames may hold their pages; none for a session that an API key opened. `readOnly`: a
 * visitor whom no LMS names, with nothing to keep their work under.
 */
export type Person = {
  kind: 'person';
  institutionId: string;
  courseId: string;
  personId: string;
  role: Role;
  delivers: boolean;
  frameAncestors?: readonly string[];
  readOnly?: boolean;
};
/** `scopes`: as an administrator's session has them, for what is offered; what is permitted, the database says. */
export type ApiKey = { kind: 'key'; institutionId: string; keyId: string; hash: string; scopes?: readonly string[] };
/** Who asks: anybody, the operator with the root key, an institution's LMS with an API key, or a person in a course. */
export type Actor = { kind: 'nobody' } | { kind: 'root' } | ApiKey | Person;

type Permission = { root?: true; scope?: Scope; roles?: readonly Role[] };

const staff = ['assistant', 'instructor'] as const;

/** The permission table: what each action asks of each kind of actor. What is not named is not permitted. */
export const permissions = {
  'institutions:create': { root: true },
  'keys:manage': { scope: 'keys' },
  'courses:create': { scope: 'courses' },
  'courses:list': { scope: 'courses' },
  'course:read': { scope: 'courses', roles },
  'course:change': { scope: 'courses', roles: ['instructor'] },
  'people:read': { scope: 'people', roles: staff },
  'people:enrol': { scope: 'people' },
  'people:change': { scope: 'people', roles: ['instructor'] },
  'people:import': { scope: 'people', roles: ['instructor'] },
  'people:erase': { scope: 'people', roles: ['instructor'] },
  'person-data:read': { scope: 'people', roles },
  'sessions:create': { scope: 'sessions' },
  'scenarios:read': { scope: 'courses', roles },
  'answers:submit': { roles: ['learner'] },
  'answers:read': { roles },
  'prompts:read': { scope: 'courses', roles },
  'posts:read': { roles },
  'posts:write': { roles },
  'posts:flag': { roles },
  'posts:moderate': { roles: staff },
  'grades:read-own': { roles },
  'gradebook:read': { scope: 'grades', roles: staff },
  'grades:override': { roles: ['instructor'] },
  'grades:import': { roles: ['instructor'] },
  'rubric:mark': { roles: staff },
  'grade-events:read': { scope: 'grades', roles },
  'rules:read': { scope: 'courses', roles: staff },
  'rules:draft': { roles: ['instructor'] },
  'rules:publish': { roles: ['instructor'] },
  'regrades:read': { roles: staff },
  'regrades:apply': { roles: ['instructor'] },
  'appeals:make': { roles: ['learner'] },
  'appeals:read': { roles },
  'appeals:decide': { roles: ['instructor'] },
  'analytics:read': { scope: 'grades', roles: staff },
  'platforms:manage': { scope: 'platforms' },
  'webhooks:manage': { scope: 'webhooks' },
  'lms-sync:read': { scope: 'grades', roles },
  'lms-sync:retry': { scope: 'grades', roles: staff },
  'lms-sync:decide': { scope: 'grades', roles: ['instructor'] },
  'line-items:publish': { roles: ['instructor'] },
  'links:choose': { roles: staff },
  'roster:sync': { scope: 'people', roles: ['instructor'] },
  'course:export': { scope: 'courses', roles: ['instructor'] },
  'grades:feed': { scope: 'grades' },
  'audit:read': { scope: 'courses', roles: ['instructor'] },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof permissions;

/** Whether this actor may do this at all. A key's scopes are known to the database alone: `standing` asks there. */
export const may = (actor: Actor, action: Action): boolean => {
  const permission: Permission = permissions[action];
  switch (actor.kind) {
    case 'nobody':
      return false;
    case 'root':
      return permission.root === true;
    case 'key':
      return permission.scope !== undefined;
    case 'person':
      return permission.roles?.includes(actor.role) ?? false;
  }
};

/** Throws `not-permitted` unless this actor may do this. */
export const permit = (actor: Actor, action: Action): void => {
  if (!may(actor, action)) throw new Problem('not-permitted', { action });
};

/** An assistant or an instructor. */
export const isStaff = (actor: Actor): boolean => actor.kind === 'person' && actor.role !== 'learner';

/** The person who asks. For routes whose action only roles can do. */
export const asPerson = (actor: Actor): Person => {
  if (actor.kind !== 'person') throw new Problem('not-permitted', { needs: 'a session token' });
  return actor;
};

/** The institution on whose behalf the actor asks. */
export const institutionOf = (actor: Actor): string => {
  if (actor.kind === 'root' || actor.kind === 'nobody')
    throw new Problem('not-permitted', { needs: 'an API key or a session token' });
  return actor.institutionId;
};

/** The actor's name in the ledger, the audit and idempotency rows. */
export const actorName = (actor: Actor): string => {
  switch (actor.kind) {
    case 'nobody':
    case 'root':
      return actor.kind;
    case 'key':
      return `key:${actor.keyId}`;
    case 'person':
      return `person:${actor.personId}`;
  }
};
