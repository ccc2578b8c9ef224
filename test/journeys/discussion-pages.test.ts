import { describe, expect, it } from 'vitest';
import { fieldValue, newVisitor, type Page } from '../world/visitor.ts';
import { newWorld, type Somebody, words } from '../world/world.ts';

const PROMPT = '/prompts/Q003.1';
const own = (seed: string) => ({ body: words(60, seed), claims: ['001.13'], role: 'cm' });

/** A prompt with a post of Ben's, and Ana at its page; with `posted` she has posted too. */
const discussion = async ({ cookies = true, posted = true } = {}) => {
  const world = await newWorld();
  const [ana, ben, boss] = [await world.learner('Ana'), await world.learner('Ben'), await world.instructor()];
  const his = (await world.post(ben, 'Q003.1', own('his'))).body.id as string;
  const hers = posted ? ((await world.post(ana, 'Q003.1', own('hers'))).body.id as string) : '';
  const { open, submit, ...visitor } = newVisitor(world, ana, { cookies });
  const act = (page: Page, step: string, fields: [string, string][] = []) =>
    submit(page, PROMPT, [...fields, ...(step ? [['step', step] as [string, string]] : [])]);
  return { world, ana, ben, boss, his, hers, open: (query = '') => open(`${PROMPT}${query}`), submit, act, visitor };
};

const postsSeenBy = async ({ world }: Awaited<ReturnType<typeof discussion>>, who: Somebody) =>
  (await world.request(who.token, 'GET', world.at('/prompts/Q003.1/posts'))).body.items as Record<string, unknown>[];

/** What stands between a post's beginning and the next one's. */
const partOf = (page: Page, id: string) => page.html.split(`<li id="post-${id}"`)[1]!.split('<li id="post-')[0]!;

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('a student in a discussion %s', (_title, cookies) => {
  it('previews a post with everything typed kept and nothing sent', async () => {
    const all = await discussion({ cookies, posted: false });
    const { open, act, ana } = all;
    const seen = await act(await open(), 'preview', [
      ['body', '# Loud\n\nSome **bold** words [001.13].'],
      ['role', 'cm'],
      ['claims', '000.22'],
    ]);
    expect(seen.status).toBe(200);
    expect(seen.html).toContain('<section id="result" class="box" tabindex="-1" aria-label="Preview"');
    expect(seen.html).toMatch(/<h4>Loud<\/h4>[\s\S]*<strong>bold<\/strong>/);
    expect(seen.html.match(/<h1/g)).toHaveLength(1);
    expect(fieldValue(seen.html, 'body')).toBe('# Loud\n\nSome **bold** words [001.13].');
    expect(seen.html).toMatch(/value="cm" selected/);
    expect(seen.html).toMatch(/value="000.22" checked/);
    expect(seen.text).toContain('Named in your text and not ticked: 001.13');
    expect(seen.text).toContain('○ At least 60 words: 5 so far, 55 to go ✓ At least 1 claim ticked: 1');
    expect(await postsSeenBy(all, ana)).toEqual([]);
    const empty = await act(seen, 'preview', [['body', '  ']]);
    expect([empty.status, empty.text.includes('Write something first.')]).toEqual([422, true]);
  });

  it('previews a reply in its place', async () => {
    const { open, act, his } = await discussion({ cookies });
    const seen = await act(await open(), `preview:${his}`, [[`reply-${his}`, 'Why *so*?']]);
    expect(partOf(seen, his)).toMatch(
      /<details open[^>]*><summary>Reply to <bdi>Ben[\s\S]*aria-label="Preview"[\s\S]*<em>so/,
    );
    expect(seen.html).toContain('>Why *so*?</textarea>');
    expect(seen.text).toContain('○ At least 20 words: 2 so far, 18 to go');
  });

  it('keeps a draft, finds it again, and has none left once it is posted', async () => {
    const { open, act } = await discussion({ cookies, posted: false });
    const kept = await act(await open(), 'draft', [
      ['body', 'Half a thought.'],
      ['claims', '000.22'],
      ['role', 'smm'],
    ]);
    expect(kept.text).toContain('It is kept. Your draft stands in its form');
    const again = await open();
    expect(fieldValue(again.html, 'body')).toBe('Half a thought.');
    expect(again.html).toMatch(/value="000.22" checked/);
    expect(again.html).toMatch(/value="smm" selected/);
    expect(again.text).toContain('Draft kept Mon, Sep 7, 2026, 8:00 AM EDT');
    await act(again, '', [
      ['body', words(60)],
      ['claims', '001.13'],
    ]);
    const after = await open();
    expect(fieldValue(after.html, 'body')).toBe('');
    expect(after.text).not.toContain('Draft kept');
  });

  it('is shown both texts where the draft was written on elsewhere', async () => {
    const { open, act } = await discussion({ cookies, posted: false });
    const page = await open();
    await act(page, 'draft', [['body', 'At home.']]);
    const refused = await act(page, 'draft', [['body', 'On the <train>.']]);
    expect(refused.status).toBe(428);
    expect(refused.text).toContain('This is the draft that was kept elsewhere');
    expect(refused.text).toContain('At home.');
    expect(fieldValue(refused.html, 'body')).toBe('On the <train>.');
    const draft: [string, string] = ['draft', fieldValue(refused.html, 'draft')!];
    const kept = await act(refused, 'draft', [['body', 'On the <train>.'], draft]);
    expect(kept.status).toBe(200);
    expect(fieldValue((await open()).html, 'body')).toBe('On the <train>.');
  });

  it('finds a draft of a reply at the post that it answers', async () => {
    const { open, act, his } = await discussion({ cookies });
    await act(await open(), `draft:${his}`, [[`reply-${his}`, 'Half a reply.']]);
    expect(partOf(await open(), his)).toMatch(/<details open[\s\S]*>Half a reply\.<\/textarea>/);
  });

  it('brings a short post over the floor on the page', async () => {
    const { open, act, ana, world } = await discussion({ cookies, posted: false });
    const short = await act(await open(), '', [['body', 'Too short.']]);
    expect(short.text).toContain('It is kept. It is not committed yet.');
    const page = await open();
    expect(page.text).toContain('This is kept, and not committed yet. Commit a post of your own of at least 60 words');
    expect(fieldValue(page.html, 'body')).toBe('Too short.');
    const id = /value="edit:([^"]+)"/.exec(page.html)![1]!;
    const tag: [string, string] = ['tag', fieldValue(page.html, 'tag')!];
    const seen = await act(page, `preview-edit:${id}`, [['body', '**Longer**.'], ['editing', id], tag]);
    expect(seen.html).toMatch(/aria-label="Preview"[\s\S]*<strong>Longer/);
    expect(fieldValue(seen.html, 'body')).toBe('**Longer**.');
    const long = await act(seen, `edit:${id}`, [['body', words(60, 'now')], ['claims', '001.13'], ['role', ''], tag]);
    expect(long.text).toContain('Your change is kept.');
    expect(long.text).toContain('his0');
    expect(long.text).toContain('Your part in this discussion: 2 of 5 points');
    const history = await open(`?history=${id}`);
    expect(history.text).toContain('Too short.');
    expect((await world.request(ana.token, 'GET', world.at(`/posts/${id}`))).body.version).toBe(2);
  });

  it('is told what it says now where it was changed elsewhere, and loses no word', async () => {
    const { open, act, hers, world, ana } = await discussion({ cookies });
    const page = await open(`?edit=${hers}`);
    const tag: [string, string] = ['tag', fieldValue(page.html, 'tag')!];
    const mine: [string, string][] = [['body', 'My <new> text.'], ['claims', '001.13'], ['role', ''], tag];
    const path = world.at(`/posts/${hers}`);
    await world.request(ana.token, 'PATCH', path, { body: 'Said on the phone.' }, { 'if-match': '*' });
    const stale = await act(page, `edit:${hers}`, mine);
    expect(stale.status).toBe(412);
    expect(stale.text).toContain('It was changed elsewhere while you had it open.');
    expect(stale.text).toContain('Said on the phone.');
    expect(fieldValue(stale.html, 'body')).toBe('My <new> text.');
    mine[3] = ['tag', fieldValue(stale.html, 'tag')!];
    const saved = await act(stale, `edit:${hers}`, mine);
    expect(saved.text).toContain('Your change is kept.');
    // A second click finds it done.
    const twice = await act(stale, `edit:${hers}`, mine);
    expect([twice.status, twice.text.includes('Your change is kept.')]).toEqual([200, true]);
  });

  it('deletes a post in two steps, and the replies to it keep their place', async () => {
    const { open, act, hers, world, ben } = await discussion({ cookies });
    await world.post(ben, 'Q003.1', { body: 'A reply.', parentId: hers });
    const asked = await open(`?delete=${hers}`);
    expect(partOf(asked, hers)).toContain('Delete what you wrote here?');
    expect(partOf(asked, hers)).toContain('hers0');
    for (const _ of ['a click', 'a second click']) {
      const gone = await act(asked, `delete:${hers}`);
      expect(gone.status).toBe(200);
      expect(gone.text).toContain('Deleted. The replies to it keep their place.');
      expect(gone.html).not.toContain('hers0');
      expect(gone.text).toContain('A reply.');
    }
  });

  it("flags a peer's post with a reason, and takes it back", async () => {
    const { open, act, his, hers, world, boss } = await discussion({ cookies });
    const page = await open();
    expect(partOf(page, hers)).not.toContain('value="flag:');
    const why = await act(page, `flag:${his}`);
    expect([why.status, why.text.includes('Say why the staff should look at it.')]).toEqual([422, true]);
    const flagged = await act(why, `flag:${his}`, [[`reason-${his}`, 'It is <copied>.']]);
    expect(flagged.text).toContain('The staff will look at it; nobody else knows.');
    expect(partOf(await open(), his)).toContain('It is &lt;copied&gt;.');
    const queue = () => world.request(boss.token, 'GET', world.at('/review-queue'));
    expect((await queue()).body.items).toHaveLength(1);
    const back = await act(flagged, `unflag:${his}`);
    expect(back.text).toContain('Taken back');
    expect((await queue()).body.items).toEqual([]);
  });

  it('sends one reply and keeps what was typed elsewhere on the page', async () => {
    const { open, act, his, world, ben } = await discussion({ cookies });
    const second = (await world.post(ben, 'Q003.1', own('second'))).body.id as string;
    const sent = await act(await open(), `reply:${his}`, [
      [`reply-${his}`, 'This one goes.'],
      [`reply-${second}`, 'This one waits.'],
      ['body', 'And so does this.'],
    ]);
    expect(partOf(sent, his)).toContain('Your reply is sent.');
    expect(sent.html).not.toContain('>This one goes.</textarea>');
    expect(partOf(sent, second)).toContain('>This one waits.</textarea>');
    expect(fieldValue(sent.html, 'body')).toBe('And so does this.');
  });

  it('searches the claims and cites one from its note without sending anything', async () => {
    const { open, act, submit, hers } = await discussion({ cookies, posted: true });
    const found = await act(await open(), 'find', [
      ['body', 'Not yet.'],
      ['find', 'noticeboard nowhere'],
    ]);
    expect(found.text).toContain('You cite no claim yet.');
    expect(fieldValue(found.html, 'body')).toBe('Not yet.');
    const cited = await submit(found, PROMPT, [
      ['body', 'Not yet.'],
      ['cite', '001.13'],
    ]);
    expect(cited.text).toContain('You cite 001.13. Nothing is sent yet.');
    expect(cited.html).toMatch(/value="001.13" checked/);
    const edit = await open(`?edit=${hers}`);
    const inEdit = await submit(edit, PROMPT, [
      ['body', 'A change.'],
      ['editing', hers],
      ['cite', '000.22'],
    ]);
    expect(partOf(inEdit, hers)).toContain('A change.');
    expect(inEdit.html).toMatch(/value="000.22" checked/);
  });
});

describe('a discussion', () => {
  it('leads to a post by its address: its thread, whole, or a word why not', async () => {
    const { open, his, world, ana, ben } = await discussion();
    const { body: reply } = await world.post(ana, 'Q003.1', { body: 'To Ben.', parentId: his });
    await world.post(ben, 'Q003.1', own('other'));
    const thread = await open(`?post=${reply.id}`);
    expect(thread.text).toContain('One thread');
    expect(thread.html).toContain(`id="post-${his}"`);
    expect(thread.html).toContain(`<a href="#post-${his}">in reply to <bdi>Ben</bdi></a>`);
    expect(thread.text).not.toContain('other0');
    const newcomer = newVisitor(world, await world.learner('Cleo'));
    const shut = await newcomer.open(`${PROMPT}?post=${reply.id}`);
    expect([shut.status, shut.text.includes('not open to you yet')]).toEqual([404, true]);
    expect(shut.html).not.toMatch(/To Ben|his0/);
  });

  it('folds long threads, but what one is about', async () => {
    const { open, his, world, ana } = await discussion();
    const replies: string[] = [];
    for (const nth of [1, 2, 3, 4, 5])
      replies.push((await world.post(ana, 'Q003.1', { body: `Reply ${nth}.`, parentId: his })).body.id);
    const page = await open();
    expect(page.html).toMatch(/<details class="more"><summary>2 more replies/);
    expect((await open(`?history=${replies[4]}`)).html).toContain('<details class="more" open');
    expect((await open(`?post=${his}`)).html).not.toContain('class="more"');
  });

  it('stays on its later page when something is done there, and leads on', async () => {
    const { open, submit, world, ben } = await discussion();
    for (let nth = 0; nth < 50; nth += 1) await world.post(ben, 'Q003.1', own(`post${nth}x`));
    const query = /\?cursor=[^"&]+/.exec((await open()).html)![0];
    const later = await open(query);
    const last = /value="flag:([^"]+)"/.exec(later.html)![1]!;
    const done = await submit(later, `${PROMPT}${query}`, [
      [`reason-${last}`, 'Look.'],
      ['step', `flag:${last}`],
    ]);
    expect(partOf(done, last)).toContain('The staff will look at it');
    expect(done.text).toContain('From the start');
  });

  it('says of each criterion until when, and leads to why', async () => {
    const { open, world, boss, visitor } = await discussion({ posted: false });
    const window = { dueAt: '2026-09-09T12:00:00Z' };
    await world.request(boss.token, 'PUT', world.at('/schedule/criterion/Q003.1:replies'), window);
    const page = await open();
    expect(page.text).toContain(
      '○ Replies to two people: 0 of 2 Reply to 2 more people, with at least 20 words each. Due Wed, Sep 9',
    );
    expect(page.html).toContain(`href="${visitor.course}/grades/prompt/Q003.1"`);
  });

  it('gives back what was typed where it has closed', async () => {
    const { open, act, world, boss, hers, his } = await discussion();
    const page = await open(`?edit=${hers}`);
    await world.request(boss.token, 'PUT', world.at('/schedule/prompt/Q003.1'), { closesAt: '2026-09-07T11:00:00Z' });
    const edit = await act(page, `edit:${hers}`, [
      ['body', 'My <late> change.'],
      ['tag', fieldValue(page.html, 'tag')!],
    ]);
    expect([edit.status, edit.text.includes('What you typed: My <late> change.')]).toEqual([403, true]);
    const reply = await act(page, `reply:${his}`, [[`reply-${his}`, 'My <late> reply.']]);
    expect([reply.status, reply.text.includes('What you typed: My <late> reply.')]).toEqual([403, true]);
  });

  it('costs one round trip to read or preview, one more to write or keep a draft', async () => {
    const { world, open, act, his } = await discussion();
    const page = await open();
    const trips = async (work: () => Promise<unknown>) => (await world.tripsOf(work)).trips;
    expect(await trips(() => open())).toBe(1);
    expect(await trips(() => open(`?post=${his}`))).toBe(1);
    expect(await trips(() => act(page, `preview:${his}`, [[`reply-${his}`, 'So?']]))).toBe(1);
    expect(await trips(() => act(page, `reply:${his}`, [[`reply-${his}`, 'So?']]))).toBe(2);
    expect(await trips(() => act(page, 'draft', [['body', 'Half.']]))).toBe(2);
    expect(await trips(() => act(page, `flag:${his}`, [[`reason-${his}`, 'Look.']]))).toBe(2);
  });

  it('is closed to people of other courses', async () => {
    const { world, visitor } = await discussion();
    const other = await world.newCourse();
    const stranger = await world.learner('Zoe', other.id);
    const fields = new URLSearchParams({ session: stranger.token });
    expect((await visitor.send('POST', `${visitor.course}${PROMPT}`, fields)).status).toBe(404);
  });
});

describe('staff in a discussion', () => {
  const moderating = async () => {
    const all = await discussion();
    const { open, submit } = newVisitor(all.world, all.boss);
    const act = (page: Page, step: string, fields: [string, string][] = []) =>
      submit(page, PROMPT, [...fields, ['step', step]]);
    return { ...all, ana: newVisitor(all.world, all.ana), open: () => open(PROMPT), act };
  };

  it('hide a post with a reason that its author reads, and show it again', async () => {
    const { ana, hers, his, open, act } = await moderating();
    const page = await open();
    const why = await act(page, `hide:${hers}`);
    expect([why.status, why.text.includes('Say why it is hidden')]).toEqual([422, true]);
    const hidden = await act(page, `hide:${hers}`, [[`reason-${hers}`, 'It names <somebody>.']]);
    expect(partOf(hidden, hers)).toContain('Hidden from students. Its author reads your reason in its place.');
    expect(partOf(hidden, hers)).toContain('hers0');
    const seen = await ana.open(PROMPT);
    expect(seen.text).toContain('Hidden by the staff: It names <somebody>.');
    expect(seen.text).not.toContain('Hidden from students');
    const shown = await act(hidden, `show:${hers}`);
    expect(partOf(shown, hers)).toContain('The class sees it again.');
    expect((await ana.open(PROMPT)).text).toContain('hers0');
    expect(partOf(page, his)).toContain(`value="hide:${his}"`);
  });

  it('lock, pin and clear flags, each with a way back where there is one', async () => {
    const { world, ben, hers, open, act, ana } = await moderating();
    const locked = await act(await open(), `lock:${hers}`);
    expect(partOf(locked, hers)).toMatch(/Locked: the thread takes no more replies\.[\s\S]*value="unlock:/);
    expect(partOf(await newVisitor(world, ben).open(PROMPT), hers)).not.toContain('Reply to Ana');
    expect(partOf(await act(locked, `unlock:${hers}`), hers)).toContain('The thread takes replies again.');
    const pinned = await act(locked, `pin:${hers}`);
    expect(partOf(pinned, hers)).toContain('Pinned: it stands before the others.');
    expect((await ana.open(PROMPT)).html.indexOf('hers0')).toBeLessThan((await ana.open(PROMPT)).html.indexOf('his0'));
    expect(partOf(await act(pinned, `unpin:${hers}`), hers)).toContain('It stands in its place again.');
    await world.request(ben.token, 'PUT', world.at(`/posts/${hers}/flag`), { reason: 'Look.' });
    const page = await open();
    expect(partOf(page, hers)).toContain('1 flag');
    for (const _ of ['a click', 'a second click'])
      expect(partOf(await act(page, `clear:${hers}`), hers)).toContain('Its flags are cleared');
  });

  it('release a held post, and reply', async () => {
    const { world, boss, open, act } = await moderating();
    await world.request(boss.token, 'PATCH', world.at(''), { holdFirstPosts: true }, { 'if-match': '*' });
    const eve = await world.learner('Eve');
    const sent = await newVisitor(world, eve).submit(await newVisitor(world, eve).open(PROMPT), PROMPT, [
      ['body', words(60, 'eve')],
      ['claims', '001.13'],
    ]);
    expect(sent.text).toContain('The staff look at a first post before the class sees it.');
    const page = await open();
    const id = /value="release:([^"]+)"/.exec(page.html)![1]!;
    const released = await act(page, `release:${id}`);
    expect(partOf(released, id)).toContain(
      'The class sees it now, and what else its author writes is not held any more.',
    );
    const replied = await act(released, `reply:${id}`, [[`reply-${id}`, 'Welcome, Eve.']]);
    expect(replied.text).toContain('Welcome, Eve.');
  });

  it('are staff: a student finds no such button and is refused a form of their own making', async () => {
    const { open, act, his } = await discussion();
    const page = await open();
    expect(page.html).not.toMatch(/value="(hide|lock|pin|release|clear):/);
    for (const step of ['hide', 'lock', 'pin', 'release', 'clear'])
      expect((await act(page, `${step}:${his}`, [[`reason-${his}`, 'So.']])).status, step).toBe(403);
  });
});
