import { framedCookie, sessionCookieName } from '../auth/session-cookie.ts';
import { signSession } from '../auth/sessions.ts';
import type { Deps } from '../deps.ts';
import type { Reply } from '../route.ts';
import { forgetBinding } from './binding.ts';
import { pagePath } from './content.ts';
import { startDeepLinking } from './deep-linking.ts';
import { handOverPage } from './entry-pages.ts';
import { frameAncestorsOf } from './frame-ancestors.ts';
import { isReview } from './judge.ts';
import type { Opened } from './open-launch.ts';
import { redirectTo } from './page.ts';
import type { Entry } from './plan-opening.ts';
import type { LoginState } from './state.ts';

/**
 * Lets whoever launched in: with a session of their own, by the course's cookie where cookies come back, else in a form. A
 * reviewer comes to the work of the person they review; who picks links, to the picker; whom no name was given, to look only.
 */
export const enterCourse = async (
  deps: Deps,
  { claims, tenant: { platform }, launcher: { role, subject } }: Entry,
  { content, courseId, personId, reviewedId }: Opened,
  { state, byCookie }: { state: LoginState; byCookie: boolean },
): Promise<Reply> => {
  const { institutionId } = platform;
  if (claims.lti.message_type === 'LtiDeepLinkingRequest')
    return startDeepLinking(deps, {
      institutionId,
      courseId,
      platform,
      deploymentId: claims.lti.deployment_id,
      personId,
      role,
      settings: claims.settings,
    });
  const frameAncestors = frameAncestorsOf(platform, claims);
  const person = {
    institutionId,
    courseId,
    personId,
    role,
    delivers: true,
    frameAncestors,
    readOnly: subject === null,
  };
  const { sessionSecret, sessionMs } = deps.config;
  const session = await signSession(sessionSecret, person, deps.now(), deps.now() + sessionMs);
  const reviewed = isReview(claims) && role !== 'learner' && reviewedId ? `?person=${reviewedId}` : '';
  const path = `${pagePath(courseId, content)}${reviewed}`;
  if (!byCookie) return handOverPage(path, session);
  return redirectTo(path, 303, [framedCookie(sessionCookieName(courseId), session, sessionMs), forgetBinding(state)]);
};
