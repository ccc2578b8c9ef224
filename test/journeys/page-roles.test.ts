import { describe, expect, it } from 'vitest';
import { sessionCookieName } from '../../src/auth/session-cookie.ts';
import { coursePages } from '../../src/pages/course-pages.ts';
import { newVisitor } from '../world/visitor.ts';
import { type Json, newWorld, publish, type Somebody, type World, words } from '../world/world.ts';

/** A class with one of everything that an address or a form of a page can name. */
const furnished = async () => {
  const world = await newWorld();
  await publish(world, (ruleSet) => {
    ruleSet.prompts['Q003.1']!.rubric = [{ id: 'argument', title: 'The argument', points: 2 }] as never;
  });
  const boss = await world.instructor();
  const [ana, ben] = [await world.learner('Ana'), await world.learner('Ben')];
  const ask = async (who: Somebody, method: string, path: string, body?: unknown, headers = { 'if-match': '*' }) => {
    const reply = await world.request(who.token, method, world.at(path), body, headers);
    expect(reply.status, `${method} ${path} ${reply.text}`).toBeLessThan(300);
    return reply.body as Json;
  };
  const answer = (await world.answer(ana, 'S29', { role: 'smm', claims: ['003.09'], reason: 'secret of Ana' })).body;
  const post = (await world.post(ana, 'Q003.1', { body: `${words(60)} secret of Ana`, claims: ['001.13'] })).body;
  const edited = { body: `${words(60)} second secret of Ana`, claims: ['001.13'] };
  await ask(ana, 'PATCH', `/posts/${post.id}`, edited);
  const appeal = await ask(ana, 'POST', '/appeals', { answer: answer.id, claim: '003.09', body: 'secret of Ana' });
  const run = await ask(boss, 'POST', '/dry-runs', { ruleSet: 'current' });
  await world.settled();
  const draft = await ask(boss, 'GET', '/rule-draft');
  await ask(boss, 'PUT', '/rule-draft/policy', { ...draft.doc.policy, passMark: 0.51 });
  const hash = (await ask(boss, 'GET', '/rule-sets/current')).hash as string | undefined;
  return { world, boss, ana, ben, answer, post, appeal, run, hash: hash ?? world.ruleSet };
};

type Furnished = Awaited<ReturnType<typeof furnished>>;

const pathsOf = ({ ana, appeal, run, hash, world }: Furnished, course = world.course): string[] => {
  const values: Record<string, string> = {
    ...{ course, unit: '4', scenario: 'S29', prompt: 'Q003.1', person: ana.id, kind: 'scenario', activity: 'S29' },
    ...{ appeal: appeal.id, dryRun: run.id, regrade: run.id, hash, source: '001' },
  };
  const paths = coursePages.map(({ path }) => path.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!));
  return [...new Set(paths)];
};

/** Every thing that some form of some page can ask for, each tried on every page. */
const wishesOf = ({ ana, ben, answer, post, hash }: Furnished): Record<string, string>[] => {
  const steps = 'hide show lock unlock pin unpin release clear delete edit flag'.split(' ');
  return [
    ...steps.map((verb) => ({ step: `${verb}:${post.id}`, body: words(70), tag: '*', [`reason-${post.id}`]: 'x' })),
    { do: 'override', points: '0', reason: 'x' },
    { do: 'lift', reason: 'x' },
    { decision: 'deny', reason: 'x' },
    { decision: 'override', points: '0', reason: 'x' },
    { step: 'publish', tag: '*' },
    { step: 'drop-now', tag: '*' },
    { step: 'start', tag: '*' },
    { step: 'save', tag: '*', max: '9', keep: 'best', penalty: '0', perDay: '0', floor: '0', pass: '50' },
    { ruleSet: 'current' },
    { policy: 'replace', reason: 'x', hash: '*' },
    { bring: hash, current: '*' },
    { move: `${ben.id}~1~learner~instructor` },
    { move: `${ben.id}~1~learner~withdrawn` },
    { erase: '1', name: 'Ana', reason: 'x' },
    { unit: '4', dueAt: '2030-01-31T23:59', timeZone: 'UTC', reason: 'x' },
    { take: '4' },
    { save: 'settings', name: 'taken over', timeZone: 'UTC', revision: '1' },
    { save: 'dates', was: '{}', timeZone: 'UTC', revision: '1', 'closesAt:unit:4': '2020-01-31T23:59' },
    { csv: `person,S29\n${ana.id},1\n`, do: 'apply', reason: 'x', etag: '*' },
    { csv: 'externalId,role\nintruder,instructor\n', apply: '*' },
    { cite: `${answer.id}~003.09`, body: 'x' },
    { overwrite: `x~${ana.id}` },
    { roster: '1' },
  ];
};

const tables = ['course', 'person', 'enrolment', 'activity_window', 'answer', 'grade', 'grade_event', 'post'].concat([
  'post_version',
  'post_flag',
  'draft',
  'appeal',
  'regrade',
  'rule_draft',
]);

const ofClass: Record<string, string> = {
  course: 'id = ?',
  person: 'id in (select person_id from enrolment where course_id = ?)',
  post_version: 'post_id in (select id from post where course_id = ?)',
};

/** Everything stored of the class, to see that nothing moved. */
const stored = async (world: World) => {
  const results = await world.db.$client.batch(
    tables.map((table) => ({
      sql: `select * from ${table} where ${ofClass[table] ?? 'course_id = ?'}`,
      args: [world.course],
    })),
  );
  return JSON.stringify(results.map(({ rows }) => rows));
};

const press = (
  world: World,
  who: Somebody,
  path: string,
  wish: Record<string, string>,
  once: string = crypto.randomUUID(),
) =>
  world.request(null, 'POST', path, new URLSearchParams({ ...wish, session: who.token, once }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'text/html',
  });

describe('every button of every page', { timeout: 120_000 }, () => {
  it('moves nothing of a class for a classmate who read its name in the page of a teacher', async () => {
    const all = await furnished();
    const { world, ben } = all;
    const before = await stored(world);
    for (const path of pathsOf(all))
      for (const wish of wishesOf(all)) {
        // What the words of a post are taken for is theirs to write.
        const own = /\/(prompts|scenarios)\//.test(path) && !('step' in wish);
        if (own) continue;
        const { status } = await press(world, ben, path, wish);
        expect(status, `${path} ${JSON.stringify(wish)}`).toBeLessThan(500);
      }
    expect(await stored(world)).toBe(before);
  });

  it('leaves an assistant what is an assistant’s: to moderate and to mark', async () => {
    const all = await furnished();
    const { world } = all;
    const assistant = await world.assistant();
    const before = await stored(world);
    for (const path of pathsOf(all))
      for (const wish of wishesOf(all)) {
        const moderates = /\/(prompts|review-queue)/.test(path);
        if (moderates) continue;
        const { status } = await press(world, assistant, path, wish);
        expect(status, `${path} ${JSON.stringify(wish)}`).toBeLessThan(500);
      }
    expect(await stored(world)).toBe(before);
  });

  it('does nothing without the name of its request', async () => {
    const all = await furnished();
    const { world, boss } = all;
    const before = await stored(world);
    const wish = Object.assign({}, ...wishesOf(all));
    for (const path of pathsOf(all)) expect((await press(world, boss, path, wish, '')).status).toBeLessThan(500);
    expect(await stored(world)).toBe(before);
  });

  it('finds nothing of one class in another, of the same institution or not, and moves nothing there', async () => {
    const all = await furnished();
    const { world, ana, post } = all;
    const elsewhere = await world.newCourse();
    const other = await newWorld();
    const neighbour = await world.instructor(elsewhere.id);
    const strangers = [
      [world, neighbour, elsewhere.id],
      [other, await other.instructor(), other.course],
    ] as const;
    const before = await stored(world);
    const about = new URLSearchParams({ person: ana.id, post: post.id, history: post.id, of: post.id });
    for (const [site, who, course] of strangers) {
      const headers = { cookie: `${sessionCookieName(course)}=${who.token}`, accept: 'text/html' };
      for (const path of pathsOf(all, course))
        for (const query of ['', `?${about}`, `?done=hide&of=${post.id}`]) {
          const { status, text } = await site.request(null, 'GET', `${path}${query}`, undefined, headers);
          expect(status, path).toBeLessThan(500);
          expect(text, `${path}${query}`).not.toMatch(/secret of Ana|>Ana</);
        }
    }
    for (const path of pathsOf(all, elsewhere.id))
      for (const wish of wishesOf(all)) {
        const { status, text } = await press(world, neighbour, path, wish);
        expect(status, `${path} ${JSON.stringify(wish)}`).toBeLessThan(500);
        expect(text, path).not.toMatch(/secret of Ana|>Ana</);
      }
    expect(await stored(world)).toBe(before);
  });
});

describe('a student before their own post', () => {
  it('reads nothing of a peer by any address of the discussion, nor what it was before', async () => {
    const { world, post, ben, ana } = await furnished();
    for (const cookies of [true, false]) {
      const { open, submit } = newVisitor(world, ben, { cookies });
      const path = '/prompts/Q003.1';
      for (const name of ['post', 'history', 'edit', 'delete', 'of', 'cursor', 'person'])
        for (const value of [post.id, ana.id]) {
          const page = await open(`${path}?${new URLSearchParams({ post: post.id, done: 'reply', [name]: value })}`);
          expect(page.text, name).not.toMatch(/secret of Ana|Ana\b/);
        }
      const page = await open(path);
      for (const verb of 'reply preview draft edit preview-edit delete flag unflag hide show clear'.split(' ')) {
        const done = await submit(page, path, [
          ['step', `${verb}:${post.id}`],
          ['editing', post.id],
          ['tag', '*'],
          ['body', 'x'],
          [`reply-${post.id}`, 'x'],
          [`reason-${post.id}`, 'x'],
        ]);
        expect(done.status, verb).toBeLessThan(500);
        expect(done.text, verb).not.toMatch(/secret of Ana|Ana\b/);
      }
    }
  });
});

describe('who is to be erased', () => {
  it('is erased whatever the institution calls them', async () => {
    const world = await newWorld();
    const boss = await world.instructor();
    const enrolled = { externalId: `erased-${crypto.randomUUID()}`, name: 'Eve', role: 'learner' };
    const { body } = await world.request(world.key, 'POST', world.at('/people'), enrolled);
    const path = `/courses/${world.course}/people/${body.id}`;
    await press(world, boss, path, { erase: '1', name: 'Eve', reason: 'asked for' });
    const { rows } = await world.db.$client.execute({ sql: 'select name from person where id = ?', args: [body.id] });
    expect(rows[0]!.name).toBeNull();
  });
});
