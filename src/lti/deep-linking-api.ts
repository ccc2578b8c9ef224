import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { route } from '../route.ts';
import { answerDeepLinking } from './deep-linking.ts';

// What comes wrong gets a page that can be read in the LMS's frame, so the schema lets it through.
const nothing = { ticket: '', content: [], cancel: false };
const posted = lazily(() =>
  z
    .object({
      ticket: z.string(),
      content: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
      cancel: z
        .string()
        .optional()
        .transform((value) => value !== undefined),
    })
    .catch(nothing),
);

export const deepLinkingApi = [
  route({
    method: 'post',
    path: '/lti/deep-link',
    title: 'Answer a deep linking request with what was chosen',
    action: null,
    takesForm: true,
    body: posted,
    alsoReturns: 'text/html',
    returns: () => ({ 200: null }),
    handle: ({ deps, body, url }) => answerDeepLinking(deps, url.origin, body),
  }),
];
