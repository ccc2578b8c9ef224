import type { Role } from '../auth/actor.ts';

/** What a platform's roles make of somebody here. `testUser`: the platform's pretend student, who has no place in its gradebook. */
export type Standing = { role: Role; testUser: boolean };

const MEMBERSHIP = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';

/** Context roles that are more than a learner, by their names after `membership#`. LTI Core 1.3, A.2.3. */
const principals: Readonly<Record<string, Role>> = {
  Administrator: 'instructor',
  Instructor: 'instructor',
  ContentDeveloper: 'instructor',
};

const ranks = ['learner', 'assistant', 'instructor'] as const satisfies readonly Role[];
const highest = (roles: readonly Role[]): Role => ranks[Math.max(0, ...roles.map((role) => ranks.indexOf(role)))]!;

/** `{ principal, sub }` of a context role, in its full, its short and its 1.1 form; `null` for any other role. */
const contextRole = (name: string): { principal: string; sub: string | null } | null => {
  const path = name.startsWith(`${MEMBERSHIP}#`)
    ? name.slice(MEMBERSHIP.length + 1)
    : name.startsWith(`${MEMBERSHIP}/`)
      ? name.slice(MEMBERSHIP.length + 1).replace('#', '/')
      : name.replace(/^urn:lti:role:ims\/lis\//, '');
  const [, principal, sub] = /^(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (principal === undefined) return null;
  return principal === 'TeachingAssistant'
    ? { principal: 'Instructor', sub: principal }
    : { principal, sub: sub ?? null };
};

/**
 * Somebody's role in the course by the roles that a launch or a membership names: the highest context role counts, by
 * URI or by its short name; institution and system roles give nothing, and what is unknown is a learner. A teaching
 * assistant usually comes with the principal role Instructor beside the sub-role, and is none for it. LTI Core 1.3, A.2.
 */
export const roleFrom = (roles: readonly string[]): Standing => {
  const held = roles.map(contextRole).filter((one) => one !== null);
  const teaching = held.filter(({ principal }) => principal === 'Instructor');
  const subs = teaching.flatMap(({ sub }) => (sub === null ? [] : [sub]));
  const assists = subs.length > 0 && subs.every((sub) => sub.includes('TeachingAssistant'));
  const others = held.filter(({ principal }) => principal !== 'Instructor');
  return {
    role: highest([
      ...others.map(({ principal }) => (Object.hasOwn(principals, principal) ? principals[principal]! : 'learner')),
      ...(teaching.length === 0 ? [] : [assists ? ('assistant' as const) : ('instructor' as const)]),
    ]),
    testUser: roles.includes(TEST_USER),
  };
};
