import { html } from 'hono/html';
import type { Role } from '../auth/actor.ts';
import type { Deps } from '../deps.ts';
import type { Reply } from '../route.ts';
import type { LivePlatform } from './choose-platform.ts';
import { wayPage } from './page.ts';

/** A request to pick links: `settings` is the claim as it came, `session` the person's in the course. */
export type DeepLinkingLaunch = {
  institutionId: string;
  courseId: string;
  platform: LivePlatform;
  deployment: { id: string; deploymentId: string };
  personId: string;
  role: Role;
  session: string;
  settings: unknown;
  locale: string | undefined;
};

/** Answers a deep linking request with a page to pick from. */
export const startDeepLinking = async (_deps: Deps, _launch: DeepLinkingLaunch): Promise<Reply> =>
  wayPage('Add an activity', html`<h1>Add an activity</h1><p>This is not built yet.</p>`, { status: 501 });
