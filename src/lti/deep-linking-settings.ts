import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { refusedUrl } from '../lms/outgoing.ts';

/** Platforms send true and false as text too. */
const flag = z.union([z.boolean(), z.stringbool()]).optional().catch(undefined);

const settingsClaim = lazily(() =>
  z.object({
    deep_link_return_url: z.string().max(2000),
    accept_types: z.array(z.string()).catch([]),
    accept_multiple: flag,
    accept_lineitem: flag,
    data: z.unknown().optional(),
  }),
);

/** What the platform wants of a choice of content. `data` goes back exactly as it came, where it came. */
export type Settings = {
  returnUrl: string;
  several: boolean;
  lineItems: boolean;
  data?: unknown;
};

/** The settings, and why nothing can be chosen for them; none where there is nowhere to answer. */
export type ReadSettings = { settings: Settings; refused: string | null } | { settings: null; refused: string };

/**
 * Reads the deep linking settings (Deep Linking 2.0, 4.4.1). Refuses, in words, a claim without a return URL, or with one that
 * must not be opened, and a place that takes no links of LTI.
 */
export const readSettings = (claim: unknown, allowsLoopback: boolean): ReadSettings => {
  const { data: given } = settingsClaim().safeParse(claim);
  if (!given) return { settings: null, refused: 'Your LMS asked for content, and did not say where to put it.' };
  const faulty = refusedUrl(given.deep_link_return_url, allowsLoopback);
  if (faulty)
    return { settings: null, refused: `Your LMS wants the answer at an address that cannot be used: ${faulty}.` };
  const settings: Settings = {
    returnUrl: given.deep_link_return_url,
    // Left out, nothing is promised: one is safe.
    several: given.accept_multiple === true,
    lineItems: given.accept_lineitem !== false,
    ...(given.data === undefined ? {} : { data: given.data }),
  };
  const refused = given.accept_types.includes('ltiResourceLink')
    ? null
    : 'This place in your LMS takes no LTI links, and this tool has nothing else to give.';
  return { settings, refused };
};
