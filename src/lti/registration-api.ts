import * as z from 'zod';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { type Reply, route } from '../route.ts';
import { finishRegistration, type NotRegistered, startRegistration } from './registration.ts';
import { confirmPage, notRegisteredPage, registeredPage } from './registration-pages.ts';

// What comes wrong gets a page that can be read in the LMS's frame, so the schemas let it through.
const text = z.string().max(4000).catch('');
const started = lazily(() => z.object({ invite: text, openid_configuration: text, registration_token: text }));
const posted = lazily(() => z.object({ invite: text, shown: text }).catch({ invite: '', shown: '' }));

const refused = ({ log }: Deps, why: NotRegistered): Reply => {
  log({ level: 'info', registration: why.reason, detail: why.sentence });
  return notRegisteredPage(why);
};

const fromTheLms: NotRegistered = {
  ok: false,
  status: 400,
  reason: 'configuration-missing',
  sentence: 'This link is for the LMS: enter it there, where a tool is registered by its URL.',
};

export const registrationApi = [
  route({
    method: 'get',
    path: '/lti/register',
    title: 'Where an invited LMS sends its administrator to register the tool (Dynamic Registration)',
    action: null,
    query: started,
    alsoReturns: 'text/html',
    returns: () => ({ 200: null }),
    handle: async ({ deps, query }) => {
      const { invite, openid_configuration: configurationUrl, registration_token: token } = query;
      if (configurationUrl === '') return refused(deps, fromTheLms);
      const asked = { invite, configurationUrl, token: /^[\x21-\x7e]+$/.test(token) ? token : null };
      const step = await startRegistration(deps, asked);
      return step.ok ? confirmPage({ ...step, invite }) : refused(deps, step);
    },
  }),
  route({
    method: 'post',
    path: '/lti/register/finish',
    title: 'Register the tool at the platform whose configuration was shown',
    action: null,
    takesForm: true,
    body: posted,
    alsoReturns: 'text/html',
    returns: () => ({ 200: null }),
    handle: async ({ deps, body, url }) => {
      const step = await finishRegistration(deps, url.origin, body);
      return step.ok ? registeredPage(step) : refused(deps, step);
    },
  }),
];
