// LTI 1.3 Core appendix A.2: the roles' full names.
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';

/** A role as LTI writes it; a short name is taken for a role in the context. */
export const fullRole = (role: string): string => (role.includes(':') ? role : `${membership}${role}`);

/** The context's roles by their short names, as Moodle's roster has them; others stay in full. */
export const shortRole = (role: string): string => role.replace(membership, '');

export const isLearner = (roles: readonly string[]): boolean => roles.includes(`${membership}Learner`);
