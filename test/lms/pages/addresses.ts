import type { Platform } from '../platforms.ts';

/** Where people find the platform. */
export const siteUrl = ({ id, issuer }: Pick<Platform, 'id' | 'issuer'>): string =>
  `${new URL(issuer).origin}/lms/${id}`;

/** Where people find a course. */
export const courseUrl = (platform: Pick<Platform, 'id' | 'issuer'>, contextId: string | undefined): string =>
  contextId ? `${siteUrl(platform)}/courses/${contextId}` : siteUrl(platform);
