import type { Platform } from '../platforms.ts';

/** What the LMS's own pages call somebody. */
export const nameOf = (platform: Platform, userId: string): string =>
  platform.users.find(({ id }) => id === userId)?.name ?? `Somebody (${userId})`;
