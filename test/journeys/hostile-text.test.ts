import { beforeAll, describe, expect, it } from 'vitest';
import { faultsIn, hostileTexts } from '../world/hostile.ts';
import { fieldValue, newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

type Victim = Somebody & { text: string; post: string; appeal: string };

/** Pages of a student's own, of the staff, and of the staff about one student: add those that show what somebody typed. */
const studentPages = [
  ...['', '/units/4', '/sources/001', '/scenarios/S29', '/prompts/Q003.1'],
  ...['/grades', '/grades/scenario/S29', '/grades/prompt/Q003.1'],
];
const staffPages = [
  ...['', '/units/4', '/scenarios/S29', '/prompts/Q003.1', '/review-queue', '/sync', '/rules/dry-runs', '/appeals'],
  ...['/people', '/roster', '/dates', '/rules', '/rules/scenarios/S29', '/rules/prompts/Q003.1', '/rules/policy'],
  ...[
    '/gradebook',
    '/gradebook/spreadsheet',
    '/analytics',
    '/analytics/items',
    '/analytics/confusion',
    '/analytics/participation',
    '/analytics/stance-shift',
  ],
];
const pagesAbout = ({ id, appeal }: Victim) => [
  ...['/units/4', '/scenarios/S29', '/prompts/Q003.1'].map((path) => `${path}?person=${id}`),
  ...['', '/scenario/S29', '/prompt/Q003.1'].map((path) => `/gradebook/${id}${path}`),
  `/people/${id}`,
  `/appeals/${appeal}`,
];

/** Everything that one student can put before others, and what staff say to it, all of it this one text. */
const writeEverywhere = async (
  world: World,
  boss: Somebody,
  peer: Victim | undefined,
  text: string,
): Promise<Victim> => {
  const who = await world.learner(text.slice(0, 200));
  const made = async (reply: ReturnType<World['request']>) => {
    const { status, body } = await reply;
    expect(status, JSON.stringify({ text, body })).toBeLessThan(300);
    return body;
  };
  const ask = (by: Somebody, method: string, path: string, body: unknown) =>
    made(world.request(by.token, method, world.at(path), body));
  const answer = await made(world.answer(who, 'S29', { role: 'smm', claims: ['003.09'], reason: text }));
  const post = await made(world.post(who, 'Q003.1', { body: `${words(60)}\n\n${text}`, claims: ['001.13'] }));
  if (peer) {
    await made(world.post(who, 'Q003.1', { body: text, parentId: peer.post }));
    await ask(who, 'PUT', `/posts/${peer.post}/flag`, { reason: text });
  }
  await ask(who, 'PUT', '/prompts/Q003.1/draft', { body: text });
  const appeal = await ask(who, 'POST', '/appeals', { answer: answer.id, claim: '003.09', body: text });
  const grade = `/people/${who.id}/grades`;
  await ask(boss, 'PUT', `${grade}/scenario/S29/override`, { points: 1, reason: text });
  await ask(boss, 'PUT', `${grade}/prompt/Q003.1/rubric`, { points: { argument: 1 }, comment: text });
  return { ...who, text, post: post.id, appeal: appeal.id };
};

const clean = async ({ html, status, url }: Page, text: string): Promise<void> => {
  expect(status, url).toBeLessThan(500);
  expect(await faultsIn(html), `${url} with ${text}`).toEqual([]);
};

/** A page and those that follow it. */
const openAll = async (open: (path: string) => Promise<Page>, path: string): Promise<Page[]> => {
  const first = await open(path);
  expect(first.status, path).toBe(200);
  const [, query] = /\?((?:person=[^"&]+&amp;)?cursor=[^"]+)"[^>]*>(?:Later posts|More)</.exec(first.html) ?? [];
  return query ? [first, ...(await openAll(open, `${path.split('?')[0]}?${query.replace('&amp;', '&')}`))] : [first];
};

describe('hostile text', { timeout: 90_000 }, () => {
  let world: World;
  let boss: Somebody;
  const victims: Victim[] = [];
  beforeAll(async () => {
    world = await newWorld();
    await publish(world, (ruleSet) => {
      ruleSet.prompts['Q003.1']!.rubric = [{ id: 'argument', title: 'The argument', points: 2 }] as never;
    });
    boss = await world.instructor();
    for (const text of hostileTexts) victims.push(await writeEverywhere(world, boss, victims.at(-1), text));
    for (const { post, text } of victims.slice(-3))
      await world.request(boss.token, 'PUT', world.at(`/posts/${post}/hiding`), { reason: text });
  }, 120_000);

  it('is text on every page of its author, who finds it again as it was typed', async () => {
    for (const who of victims) {
      const { open } = newVisitor(world, who);
      for (const path of studentPages) {
        const page = await open(path);
        expect(page.status, path).toBe(200);
        await clean(page, who.text);
        if (path.startsWith('/prompts')) expect(fieldValue(page.html, 'body'), who.text).toBe(who.text);
      }
    }
  });

  it('is text on every page of the staff and of the class, whoever looks', async () => {
    const staff = newVisitor(world, boss, { cookies: false });
    for (const path of staffPages) for (const page of await openAll(staff.open, path)) await clean(page, 'all of them');
    for (const who of victims)
      for (const path of pagesAbout(who))
        for (const page of await openAll(staff.open, path)) await clean(page, who.text);
    for (const page of await openAll(newVisitor(world, victims[0]!).open, '/prompts/Q003.1'))
      await clean(page, 'the class');
  });

  it('is text where it is given back: previewed, refused, or after the session has ended', async () => {
    const [eve, ben] = [await world.learner('Eve'), await world.learner('Ben')];
    // A discussion of two, whose page is soon read.
    const place = '/prompts/X.4';
    const post = async (who: Somebody) =>
      (await world.post(who, 'X.4', { body: words(90), claims: ['001.13'] })).body.id as string;
    const [hers, his] = [await post(eve), await post(ben)];
    const { open, submit, send, course } = newVisitor(world, eve);
    const [prompt, scenario, edit] = [
      await open(place),
      await open('/scenarios/S29'),
      await open(`${place}?edit=${hers}`),
    ];
    for (const text of hostileTexts) {
      const typed: [string, string][] = [
        ['body', text],
        ['claims', text],
        ['role', text],
        ['find', text],
        [`reply-${his}`, text],
        [`reason-${text}`, text],
      ];
      const previewed = await submit(prompt, place, [...typed.slice(0, 1), ['step', 'preview']]);
      expect(previewed.status).toBe(200);
      await clean(previewed, text);
      for (const step of ['find', `reply:${text}`])
        await clean(await submit(prompt, place, [...typed, ['step', step]]), text);
      const changed: [string, string][] = [...typed.slice(0, 4), ['tag', text], ['editing', hers]];
      await clean(await submit(edit, place, [...changed, ['step', `edit:${hers}`]]), text);
      await clean(await submit(scenario, '/scenarios/S29', [...typed, ['reason', text]]), text);
      const query = new URLSearchParams({ done: text, of: text, post: text, edit: text });
      await clean(await open(`${place}?${query}`), text);
      const ended = await send('POST', `${course}${place}`, new URLSearchParams([['session', 'eyJ'], ...typed]));
      expect(ended.status).toBe(401);
      expect(ended.html).not.toMatch(/<(script|img|svg|iframe|base|form)\b/i);
    }
  });

  it('is text as the name of a course', async () => {
    const { open } = newVisitor(world, victims[0]!);
    for (const text of hostileTexts) {
      const renamed = { name: text.slice(0, 200) };
      await world.request(world.key, 'PATCH', `/v1/courses/${world.course}`, renamed, { 'if-match': '*' });
      await clean(await open(), text);
    }
  });

  it('would be found: the check finds what is no text', async () => {
    const page = (content: string) =>
      `<html lang="en"><head><title>x</title><style nonce="n"></style><script nonce="n" src="/page.js"></script></head><body><main><h1>x</h1>${content}</main></body></html>`;
    expect(await faultsIn(page('<p>fine</p>'))).toEqual([]);
    for (const text of hostileTexts.slice(0, 18)) expect(await faultsIn(page(text)), text).not.toEqual([]);
    for (const one of [
      '<a href="java&#115;cript:x">',
      '<p style="x">',
      '<b onclick="x">',
      '<form action="//evil.example/">',
    ])
      expect(await faultsIn(page(one)), one).not.toEqual([]);
  });
});
