import { may, type Person } from '../auth/actor.ts';
import { randomToken } from '../auth/digest.ts';
import { standing } from '../auth/store.ts';
import type { Deps } from '../deps.ts';
import { signAsTool } from '../lms/keys.ts';
import { toolAddresses } from '../lms/tool.ts';
import type { Reply } from '../route.ts';
import { believedRules, withCurrentRules } from '../rule-sets/current.ts';
import { rulesMoved } from '../rule-sets/store.ts';
import { choicesOf, chosenOf, contentItem } from './choices.ts';
import { answerPage, noChoicePage, pickerPage } from './deep-linking-pages.ts';
import { readSettings } from './deep-linking-settings.ts';
import { openTicket, sealTicket, type Ticket } from './deep-linking-ticket.ts';

const LTI = 'https://purl.imsglobal.org/spec/lti/claim';
const DEEP_LINKING = 'https://purl.imsglobal.org/spec/lti-dl/claim';
/** How long the LMS has to take the answer, in seconds. */
const ANSWER_LIVES_S = 300;

type Answer = { items: readonly unknown[]; msg?: string; errormsg?: string };

/** The signed answer to the LMS. No items: nothing was chosen. Deep Linking 2.0, 4.5; Security Framework 1.0, 5.2. */
const answerWith = async (deps: Deps, ticket: Ticket, { items, msg, errormsg }: Answer): Promise<Reply> => {
  const { returnUrl, ...settings } = ticket.settings;
  const payload = {
    iss: ticket.clientId,
    aud: ticket.issuer,
    nonce: randomToken(24),
    [`${LTI}/deployment_id`]: ticket.deploymentId,
    [`${LTI}/message_type`]: 'LtiDeepLinkingResponse',
    [`${LTI}/version`]: '1.3.0',
    [`${DEEP_LINKING}/content_items`]: items,
    ...('data' in settings ? { [`${DEEP_LINKING}/data`]: settings.data } : {}),
    ...(msg ? { [`${DEEP_LINKING}/msg`]: msg, [`${DEEP_LINKING}/log`]: msg } : {}),
    ...(errormsg ? { [`${DEEP_LINKING}/errormsg`]: errormsg, [`${DEEP_LINKING}/errorlog`]: errormsg } : {}),
  };
  return answerPage(returnUrl, await signAsTool(deps, payload, ANSWER_LIVES_S), errormsg);
};

const personOf = ({ institutionId, courseId, personId, role }: Ticket): Person => ({
  kind: 'person',
  institutionId,
  courseId,
  personId,
  role,
  delivers: false,
});

const FOR_TEACHERS = 'Content is chosen by instructors and assistants. Ask yours to add it.';

/** A deep linking request that a launch has verified. */
export type DeepLinkingLaunch = Omit<Ticket, 'settings' | 'issuer' | 'clientId'> & {
  platform: { issuer: string; clientId: string };
  /** The claim as it came. */
  settings: unknown;
};

/**
 * Lets an instructor or an assistant choose content of the course for the LMS: the page to choose on, or why not. The rules
 * are those that this isolate believes the course to have; the launch has just read them.
 */
export const startDeepLinking = async (deps: Deps, launch: DeepLinkingLaunch): Promise<Reply> => {
  const { platform, settings: claim, ...who } = launch;
  const { issuer, clientId } = platform;
  const read = readSettings(claim, deps.config.allowsLoopback);
  if (!read.settings) return noChoicePage(400, 'There is nowhere to put it', read.refused);
  const ticket: Ticket = { ...who, issuer, clientId, settings: read.settings };
  if (read.refused !== null) return answerWith(deps, ticket, { items: [], errormsg: read.refused });
  if (!may(personOf(ticket), 'links:choose')) return answerWith(deps, ticket, { items: [], errormsg: FOR_TEACHERS });
  return pickerPage({
    ticket: await sealTicket(deps, ticket),
    units: choicesOf(deps.catalogue, believedRules(deps, launch.courseId).ruleSet),
    several: ticket.settings.several,
  });
};

const counted = (count: number): string =>
  count === 1 ? 'One activity was added.' : `${count} activities were added.`;

/** What is wrong with a choice of `asked` things, of which the course has `found`. */
const faultOf = (found: number, asked: number, several: boolean): string | null => {
  if (found < asked) return 'The course has changed: some of it is not there any more. Choose again.';
  if (found === 0) return `Choose ${several ? 'at least ' : ''}one, or cancel.`;
  return found > 1 && !several ? 'Your LMS takes one at a time. Choose one.' : null;
};

/**
 * What the picker's form brought: the answer to the LMS, or the page once more with what was wrong. One round trip. Throws
 * `enrolment-ended` where the person's role is another by now.
 */
export const answerDeepLinking = async (
  deps: Deps,
  origin: string,
  posted: { ticket: string; content: readonly string[]; cancel: boolean },
): Promise<Reply> => {
  const ticket = await openTicket(deps, posted.ticket);
  if (!ticket)
    return noChoicePage(
      403,
      'This page is too old',
      'Go back to your LMS, and open the choice of content there again.',
    );
  if (posted.cancel) return answerWith(deps, ticket, { items: [] });
  const db = deps.dbFor(ticket.institutionId);
  const ruleSet = await withCurrentRules(deps, db, ticket, async ({ hash, ruleSet: rules }) => {
    const moved = rulesMoved(ticket.courseId, hash, null);
    await db.batch([standing(db, personOf(ticket), 'links:choose', ticket.courseId, [moved])]);
    return rules;
  });
  const { several, lineItems } = ticket.settings;
  const units = choicesOf(deps.catalogue, ruleSet);
  const asked = new Set(posted.content);
  const chosen = chosenOf(units, asked);
  const wrong = faultOf(chosen.length, asked.size, several);
  if (wrong) return pickerPage({ ticket: posted.ticket, units, several, chosen: asked, wrong });
  const { launchUrl } = toolAddresses(origin);
  const items = chosen.map((choice) => contentItem(choice, launchUrl, lineItems));
  return answerWith(deps, ticket, { items, msg: counted(items.length) });
};
