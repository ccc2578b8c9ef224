/**
 * The cookie of a session in a course: partitioned by the LMS's site, so that it comes back in a frame though third-party
 * cookies are blocked (CHIPS). One for each course, so that two open courses do not mix.
 */
export const sessionCookieName = (courseId: string): string => `__Host-cmgr-${courseId}`;

/** Set-Cookie for a cookie of ours in a frame; `lifeMs` 0 takes it away. */
export const framedCookie = (name: string, value: string, lifeMs: number): string =>
  `${name}=${value}; Path=/; Max-Age=${Math.floor(lifeMs / 1000)}; Secure; HttpOnly; SameSite=None; Partitioned`;
