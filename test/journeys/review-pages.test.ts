import { describe, expect, it } from 'vitest';
import { newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, words } from '../world/world.ts';

const own = (seed: string) => ({ body: words(60, seed), claims: ['001.13'], role: 'cm' });

/** A class of two who have posted; Ana's post is flagged by Ben. */
const flaggedClass = async ({ cookies = true } = {}) => {
  const world = await newWorld();
  const [ana, ben, boss] = [await world.learner('Ana'), await world.learner('Ben'), await world.instructor()];
  const hers = (await world.post(ana, 'Q003.1', own('hers'))).body.id as string;
  const his = (await world.post(ben, 'Q003.1', own('his'))).body.id as string;
  const flag = (post: string, reason = 'It is <copied>.') =>
    world.request(ben.token, 'PUT', world.at(`/posts/${post}/flag`), { reason });
  await flag(hers);
  const visitor = newVisitor(world, boss, { cookies });
  const decide = (page: Page, step: string, fields: [string, string][] = []) =>
    visitor.submit(page, '/review-queue', [...fields, ['step', step]]);
  return { world, ana, ben, boss, hers, his, flag, decide, ...visitor, open: () => visitor.open('/review-queue') };
};

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('the review queue %s', (_title, cookies) => {
  it('tells what is flagged and why, and lets it go when its flags are cleared', async () => {
    const { open, decide, hers, course } = await flaggedClass({ cookies });
    const page = await open();
    expect(page.text).toMatch(/Ana in One job or two\? · Mon, Sep 7/);
    expect(page.text).toContain('Flagged by Ben : It is <copied>.');
    expect(page.text).toContain('hers0');
    const there = `${course}/prompts/Q003.1?post=${hers}#post-${hers}`;
    expect(page.html).toContain(cookies ? `<a href="${there}">` : `formaction="${there}"`);
    const cleared = await decide(page, `clear:${hers}`);
    expect(cleared.text).toContain('Ana in “One job or two?”: Its flags are cleared, and it stays as it is.');
    expect(cleared.text).toContain('Nothing waits for you');
    expect(cleared.html).not.toContain(`id="post-${hers}"`);
  });

  it('hides what should not stand there, which is undone where that was wrong', async () => {
    const { open, decide, hers, world, ana } = await flaggedClass({ cookies });
    const page = await open();
    const why = await decide(page, `hide:${hers}`);
    expect([why.status, why.text.includes('Say why it is hidden')]).toEqual([422, true]);
    const hidden = await decide(why, `hide:${hers}`, [[`reason-${hers}`, 'It is a copy.']]);
    expect(hidden.text).toContain('Hidden from students. Its author reads your reason in its place.');
    expect(hidden.text).toContain('Hidden in the last two weeks');
    expect(hidden.text).toContain('Hidden because: It is a copy.');
    const post = () => world.request(ana.token, 'GET', world.at(`/posts/${hers}`));
    expect((await post()).body).toMatchObject({ state: 'hidden', hiddenReason: 'It is a copy.' });
    expect(hidden.html.split('id="result"')[1]!.split('</section>')[0]).toContain(`value="show:${hers}"`);
    const shown = await decide(hidden, `show:${hers}`);
    expect(shown.text).toContain('The class sees it again.');
    expect(shown.text).not.toContain('Hidden in the last two weeks');
    expect((await post()).body.state).toBe('visible');
  });
});

describe('the review queue', () => {
  it('lets held posts through', async () => {
    const { world, boss, open, decide, hers } = await flaggedClass();
    await decide(await open(), `clear:${hers}`);
    await world.request(boss.token, 'PATCH', world.at(''), { holdFirstPosts: true }, { 'if-match': '*' });
    const eve = await world.learner('Eve');
    const { body } = await world.post(eve, 'Q003.1', own('eve'));
    const page = await open();
    expect(page.text).toContain('Held: the class does not see it');
    const released = await decide(page, `release:${body.id}`);
    expect(released.text).toContain('The class sees it now, and what else its author writes is not held any more.');
    expect(released.text).toContain('Nothing waits for you');
  });

  it('goes on by pages, keeps what was typed for another post, and stays where one was', async () => {
    const { world, ana, flag, open, decide, submit } = await flaggedClass();
    for (let nth = 0; nth < 26; nth += 1) {
      world.clock.now += 1000;
      await flag((await world.post(ana, 'Q003.1', own(`post${nth}x`))).body.id);
    }
    const first = await open();
    const ids = [...first.html.matchAll(/<li id="post-([^"]+)"/g)].map(([, id]) => id!);
    expect(ids).toHaveLength(25);
    const kept = await decide(first, `clear:${ids[0]}`, [[`reason-${ids[1]}`, 'Half a reason.']]);
    expect(kept.html).toContain('>Half a reason.</textarea>');
    const query = /\?cursor=[^"&]+/.exec(first.html)![0];
    const second = await newVisitor(world, await world.assistant()).open(`/review-queue${query}`);
    const left = [...second.html.matchAll(/<li id="post-([^"]+)"/g)].map(([, id]) => id!);
    expect(left).toHaveLength(2);
    const done = await submit(second, `/review-queue${query}`, [['step', `clear:${left[0]}`]]);
    expect(done.text).toContain('From the start');
    expect(done.html.match(/<li id="post-/g)).toHaveLength(1);
  });

  it('is for the staff of this course', async () => {
    const { world, ana, hers, open, boss, course } = await flaggedClass();
    const student = newVisitor(world, ana);
    expect((await student.open('/review-queue')).status).toBe(403);
    const form = new URLSearchParams({ session: ana.token, once: 'x', step: `clear:${hers}` });
    expect((await student.send('POST', `${course}/review-queue`, form)).status).toBe(403);
    const other = await world.newCourse();
    const stranger = newVisitor(world, await world.instructor(other.id));
    expect((await stranger.open('/review-queue')).status).toBe(404);
    const theirs = new URLSearchParams({ session: boss.token, once: 'x', step: 'pin-nothing' });
    expect((await newVisitor(world, boss).send('POST', `${course}/review-queue`, theirs)).status).toBe(422);
    expect((await open()).html).toContain(`id="post-${hers}"`);
  });

  it('says so where a post was decided on by somebody else meanwhile', async () => {
    const { world, boss, open, decide, hers } = await flaggedClass();
    const page = await open();
    await world.request(boss.token, 'DELETE', world.at(`/posts/${hers}/flags`), {});
    const late = await decide(page, `clear:${hers}`);
    expect([late.status, late.text.includes('No such flag')]).toEqual([404, true]);
    expect(late.text).toContain('Nothing waits for you');
  });

  it('costs one round trip, a decision two', async () => {
    const { world, open, decide, hers } = await flaggedClass();
    const { result: page, trips } = await world.tripsOf(open);
    expect(trips).toBe(1);
    expect((await world.tripsOf(() => decide(page, `hide:${hers}`, [[`reason-${hers}`, 'So.']]))).trips).toBe(2);
  });
});
