import { expect, it } from 'vitest';
import { launch, launchLog, newBrowser, sessionOf } from '../world/launch.ts';
import { newPlatform } from '../world/lms.ts';
import { newWorld } from '../world/world.ts';

it('a student opens a unit from the LMS, is enrolled, and answers', async () => {
  const world = await newWorld();
  const platform = await newPlatform(world, { profile: 'moodle' });
  const course = await platform.course({ Ines: 'Instructor', Sam: 'Learner' });
  const link = await platform.link(course.id, { custom: { content_id: 'unit:4' }, lineItem: { scoreMaximum: 10 } });
  const browser = newBrowser(world);
  const reply = await launch(platform, browser, { user: course.people.Sam.id, link: link.id });
  expect(reply.status, reply.text).toBe(303);
  expect(reply.headers.get('location')).toMatch(/^\/courses\/[\w-]+\/units\/4$/);
  const session = sessionOf(reply);
  const [, id] = /courses\/([\w-]+)/.exec(reply.headers.get('location')!)!;
  const answered = await world.request(session, 'POST', `/v1/courses/${id}/scenarios/S29/answers`, { role: 'cm' });
  expect(answered.status).toBe(201);
  expect(await launchLog(world)).toMatchObject([{ outcome: 'opened', course: id }]);
});
