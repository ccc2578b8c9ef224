import type { HandledRoute } from '../../route.ts';
import { adminPage } from './admin-visit.ts';
import { coursesPage } from './courses-page.tsx';
import { keysPage } from './keys-page.tsx';
import { newPlatformPage } from './new-platform-page.tsx';
import { overviewPage } from './overview-page.tsx';
import { platformPage } from './platform-page.tsx';
import { platformsPage } from './platforms-page.tsx';
import { signInPages } from './sign-in-page.tsx';
import { webhooksPage } from './webhooks-page.tsx';

/** The pages of an institution's administrator. They stand outside any course and in no frame. */
export const adminPages: readonly HandledRoute[] = [
  ...signInPages,
  ...adminPage('/admin', 'The institution', 'courses:list', overviewPage),
  ...adminPage('/admin/courses', 'Courses', 'courses:list', coursesPage),
  ...adminPage('/admin/platforms', 'LMSs', 'platforms:manage', platformsPage),
  ...adminPage('/admin/platforms/new', 'Connect an LMS', 'platforms:manage', newPlatformPage),
  ...adminPage('/admin/platforms/{platform}', 'An LMS', 'platforms:manage', platformPage),
  ...adminPage('/admin/keys', 'API keys', 'keys:manage', keysPage),
  ...adminPage('/admin/webhooks', 'Webhooks', 'webhooks:manage', webhooksPage),
];
