import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addClient } from './clients.ts';
import { seedDemo } from './demo.ts';
import type { ProfileName } from './profiles.ts';
import { startLms } from './server.ts';
import { fieldsOf } from './tool.ts';

let lms: Awaited<ReturnType<typeof startLms>>;
beforeAll(async () => {
  lms = await startLms({ port: 0 });
});
afterAll(() => lms.stop());

const demo = async (profile: ProfileName) => {
  lms.lms.platforms.clear();
  const platform = await seedDemo(lms.lms, profile, 'http://127.0.0.1:9');
  const course = await (await fetch(lms.url)).text();
  const opening = (label: string) =>
    new RegExp(`href="([^"]+)"[^>]*>${label}`).exec(course)![1]!.replaceAll('&amp;', '&');
  return { platform, course, opening };
};

const sourceOf = (page: string, name: string) =>
  new RegExp(`<iframe[^>]*name="${name}"[^>]*src="([^"]+)"`).exec(page)?.[1]?.replaceAll('&amp;', '&');

describe('the pages for people', () => {
  it('open an activity as somebody: the tool in a frame, told who and what', async () => {
    const { opening, platform } = await demo('moodle');
    const page = await (await fetch(opening('Open as student \\(Sam\\)'))).text();
    expect(page).toContain('Sam is logged in');
    const frame = await (await fetch(sourceOf(page, 'tool')!)).text();
    expect(frame).toContain('action="http://127.0.0.1:9/lti/login"');
    expect(fieldsOf(frame)).toMatchObject({ iss: platform.issuer, client_id: platform.clients[0]!.clientId });
    expect(fieldsOf(frame)).not.toHaveProperty('lti_storage_target');
  });

  it('go on with a tool that was registered anew, once it is active: first where activities are added, then for old links', async () => {
    const { platform, opening } = await demo('moodle');
    const first = platform.clients[0]!;
    const second = addClient(platform, { toolUrl: 'http://127.0.0.1:10', active: false });
    const clientAt = async (label: string) => {
      const page = await (await fetch(opening(label))).text();
      const fields = fieldsOf(await (await fetch(sourceOf(page, 'tool')!)).text());
      return [fields.client_id, fields.lti_deployment_id];
    };
    const [old, anew] = [first, second].map(({ clientId, deploymentIds }) => [clientId, deploymentIds[0]]);
    expect(await clientAt('Add an activity')).toEqual(old);
    second.active = true;
    expect(await clientAt('Add an activity')).toEqual(anew);
    expect(await clientAt('Open as instructor')).toEqual(old);
    first.active = false;
    expect(await clientAt('Open as instructor')).toEqual(anew);
    first.active = true;
    expect(await clientAt('Open as instructor')).toEqual(anew);
  });

  it('have the storage frame that the platform names, where it has one', async () => {
    const { opening } = await demo('canvas');
    const page = await (await fetch(opening('Add an activity'))).text();
    const frame = await (await fetch(sourceOf(page, 'tool')!)).text();
    const { lti_storage_target: target } = fieldsOf(frame);
    expect(target).toBe('post_message_forwarding');
    expect(await (await fetch(sourceOf(page, target!)!)).text()).toContain('lti.put_data');
  });

  it('show the scores, take a mark by hand, and stop the services', async () => {
    const { platform } = await demo('moodle');
    const { id } = platform.contexts[0]!;
    const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
    const item = {
      id: 'i',
      contextId: id,
      clientId: 'c',
      own: true,
      members: { label: 'Unit 4', scoreMaximum: 10 },
      results: {},
    };
    platform.lineItems.push(item);
    const sam = platform.users[1]!.id;
    await fetch(`${lms.url}/lms/demo/marks`, form({ lineItem: 'i', user: sam, score: '7' }));
    expect(await (await fetch(`${lms.url}/lms/demo/courses/${id}/gradebook`)).text()).toMatch(/7 \/ 10[\s\S]*by hand/);
    await fetch(`${lms.url}/lms/demo/services`, form({ stopped: 'services' }));
    expect(await (await fetch(lms.url)).text()).toContain('Start the services again');
  });
});
