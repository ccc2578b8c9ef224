import { describe, expect, it } from 'vitest';
import { fill, formFields, formIn } from '../world/form.ts';
import { newVisitor, type Page } from '../world/visitor.ts';
import { type Json, newWorld, publish, type Somebody, type World } from '../world/world.ts';

const S29 = '/rules/scenarios/S29';

const draftOf = async (world: World, who: Somebody) => {
  const { body, headers } = await world.request(who.token, 'GET', world.at('/rule-draft'));
  return { ...body, etag: headers.get('etag')! } as Json;
};

const changeRule = async (world: World, who: Somebody, scenario: string, change: (rule: Json) => void) => {
  const { doc, etag } = await draftOf(world, who);
  change(doc.scenarios[scenario]);
  const path = world.at(`/rule-draft/scenarios/${scenario}`);
  const saved = await world.request(who.token, 'PUT', path, doc.scenarios[scenario], { 'if-match': etag });
  expect(saved.status).toBe(200);
};

/** The values of the form's fields of that name. */
const values = (page: Page, course: string, path: string, name: string) =>
  formFields(formIn(page, `${course}${path}#result`)).flatMap(([one, value]) => (one === name ? [value] : []));

describe.each([
  ['with cookies', true],
  ['without cookies', false],
])('an instructor %s', (_title, cookies) => {
  const instructor = async () => {
    const world = await newWorld();
    const ines = await world.instructor();
    return { world, ines, visitor: newVisitor(world, ines, { cookies }) };
  };

  it('lets a claim license a role: ticks it, saves, publishes, sees it in force and graded', async () => {
    const { world, visitor } = await instructor();
    const { open, course } = visitor;
    const ana = await world.learner('Ana');
    expect((await world.answer(ana, 'S29', { role: 'smm', claims: ['003.09'] })).body.points).toBe(1);
    const home = await open('/rules');
    expect(home.status).toBe(200);
    expect(home.text).toMatch(/Draft There is none/);
    expect(home.html).toContain(`${course}/rules/scenarios/S29"`);

    const page = await open(S29);
    expect(page.text).toContain('Entry 3: Social media manager');
    expect(values(page, course, S29, 'e2-claims')).toEqual(['000.22']);
    const saved = await fill(visitor, page, S29, { 'e2-claims': ['000.22', '003.09'], step: 'save' });
    expect(saved.status, saved.text).toBe(200);
    expect(saved.html).toContain('<section id="result" class="box good" role="status" tabindex="-1"');
    expect(saved.text).toContain('It is in the draft. Students are graded by the rules in force until you publish.');
    expect(saved.text).toContain('No sample answer notices when 003.09 is left out of its needs');
    expect(values(saved, course, S29, 'e2-claims')).toEqual(['000.22', '003.09']);

    const draft = await open('/rules');
    expect(draft.text).toContain('Social media manager (full credit): 003.09 counts as evidence now');
    expect(draft.text).toContain('It can be published.');
    const published = await fill(visitor, draft, '/rules', { step: 'publish' });
    expect(published.status, published.text).toBe(200);
    expect(published.text).toContain('Published. Every answer from now on is graded by these rules.');
    expect(published.text).toContain('Draft There is none');
    expect(published.html).toContain(`${course}/rules/dry-runs"`);
    expect((await world.answer(await world.learner(), 'S29', { role: 'smm', claims: ['003.09'] })).body.points).toBe(4);

    const [, hash] = /\/rules\/sets\/(sha256%3A\w+)"/.exec(published.html)!;
    const set = await open(`/rules/sets/${hash}`);
    expect(set.text).toContain('Social media manager, with any of 000.22 , 003.09 : full credit');
  });

  it('adds the sample that would notice, by one button, and the check is content', async () => {
    const { world, ines, visitor } = await instructor();
    const page = await visitor.open(S29);
    const tried = await fill(visitor, page, S29, { 'e2-claims': ['000.22', '003.09'], step: 'try' });
    expect(tried.text).toMatch(/Checked: .* Nothing is saved yet/);
    expect((await draftOf(world, ines)).draft).toBe(false);
    const noticed = await fill(visitor, tried, S29, { step: 'notice 2' });
    expect(noticed.text).toContain('Social media manager with 003.09');
    expect(noticed.text).toMatch(/25% → full credit/);
    expect(noticed.text).not.toContain('No sample answer notices');
    await fill(visitor, noticed, S29, { step: 'save' });
    const home = await visitor.open('/rules');
    expect(home.text).toContain('Sample new: “Social media manager with 003.09”, which must earn full credit');
    expect(home.text).toContain('Nothing is wrong or doubtful in it.');
    const { doc } = await draftOf(world, ines);
    const module = world.deps.catalogue.rules.ruleSet.bench;
    expect(doc.bench).toHaveLength(module.length + 1);
    expect(doc.bench.filter(({ scenario }: Json) => scenario !== 'S29')).toEqual(
      module.filter(({ scenario }) => scenario !== 'S29'),
    );
  });

  it('builds the rule with buttons that save nothing, and loses nothing typed', async () => {
    const { world, ines, visitor } = await instructor();
    const { course } = visitor;
    let page = await visitor.open(S29);
    page = await fill(visitor, page, S29, { points: '6', step: 'add-entry' });
    expect(page.html).toMatch(/<p id="result" class="box" role="status" tabindex="-1">Here is a new entry/);
    expect(page.text).toContain('Entry 6: Social media manager');
    page = await fill(visitor, page, S29, { 'e5-role': 'neither', 'e5-credit': '10', step: 'use 001.13' });
    expect(page.text).toContain('001.13 is evidence in entry 1 now.');
    page = await fill(visitor, page, S29, { 'e5-asks': 'all', 'e5-more-claims': '004.01', step: 'add-claim 5' });
    expect(values(page, course, S29, 'e5-claims')).toEqual(['004.01']);
    page = await fill(visitor, page, S29, { step: 'remove-entry 1' });
    expect(page.text).toContain('Entry 2 is removed.');
    page = await fill(visitor, page, S29, {
      'new-title': 'A <b>bold</b> sample',
      'new-credit': '10',
      step: 'add-sample',
    });
    expect(page.html).toContain('A &lt;b&gt;bold&lt;/b&gt; sample');
    page = await fill(visitor, page, S29, { step: 'remove-sample 0' });
    expect(page.text).toContain('not saved yet');
    expect((await draftOf(world, ines)).draft).toBe(false);
    page = await fill(visitor, page, S29, { step: 'save' });
    expect(page.text).toContain('It is in the draft.');
    const { doc } = await draftOf(world, ines);
    const { accepts, points } = doc.scenarios.S29;
    expect(points).toBe(6);
    expect(accepts.map(({ role, credit }: Json) => [role, credit])).toEqual([
      ['cm', 1],
      ['smm', 1],
      ['smm', 0.25],
      ['both', 0.5],
      ['neither', 0.1],
    ]);
    expect(accepts[4].needs).toEqual({ all: ['004.01'] });
    const own = doc.bench.filter(({ scenario }: Json) => scenario === 'S29');
    expect([own[0].title, own.at(-1).title]).toEqual(['stands between both sides', 'A <b>bold</b> sample']);
    expect((await visitor.open('/rules')).text).toContain('to mend');
  });

  it('is told at its field what cannot be saved, with everything typed', async () => {
    const { world, ines, visitor } = await instructor();
    const page = await visitor.open(S29);
    const changes = { points: 'four', 'e0-credit': '120', 'e1-asks': 'any', 'says-cm': 'It is <hers>.', step: 'save' };
    const back = await fill(visitor, page, S29, changes);
    expect(back.status).toBe(422);
    expect(back.html).toContain('<section id="result" class="box bad" role="alert" tabindex="-1"');
    expect(back.text).toContain('Not saved: 3 things to mend.');
    expect(back.html).toContain('<a href="#e0-credit">Entry 1, credit</a>');
    expect(back.html).toMatch(
      /name="e0-credit" value="120" id="e0-credit" aria-describedby="e0-credit-notes" aria-invalid="true"/,
    );
    expect(back.html).toMatch(/<ul id="e0-credit-notes" class="notes">.{0,80}Give a whole number of percent/);
    expect(back.text).toContain('Tick at least one claim, or ask for none.');
    expect(values(back, visitor.course, S29, 'points')).toEqual(['four']);
    expect(values(back, visitor.course, S29, 'says-cm')).toEqual(['It is <hers>.']);
    expect((await draftOf(world, ines)).draft).toBe(false);
    const mended = await fill(visitor, back, S29, {
      points: '4,5',
      'e0-credit': '100',
      'e1-asks': 'none',
      step: 'save',
    });
    expect(mended.text, mended.text).toContain('It is in the draft.');
    expect((await draftOf(world, ines)).doc.scenarios.S29.points).toBe(4.5);
  });

  it('is not written over by a colleague, and sees what that one changed', async () => {
    const { world, ines, visitor } = await instructor();
    const page = await visitor.open(S29);
    const elsewhere = await visitor.open(S29);
    const otto = await world.instructor();
    await changeRule(world, otto, 'S30', (rule) => {
      rule.points = 5;
    });
    const kept = await fill(visitor, elsewhere, S29, { points: '6', step: 'save' });
    expect(kept.text, 'another scenario is no hindrance').toContain('It is in the draft.');
    expect((await draftOf(world, ines)).doc.scenarios.S30.points).toBe(5);

    const late = await fill(visitor, page, S29, { points: '8', 'says-cm': 'Mine.', step: 'save' });
    expect(late.status).toBe(412);
    expect(late.text).toContain('somebody else has changed this meanwhile');
    expect(late.text).toContain('Points: 4 becomes 6');
    expect(values(late, visitor.course, S29, 'points')).toEqual(['8']);
    expect((await draftOf(world, ines)).doc.scenarios.S29.points).toBe(6);
    const again = await fill(visitor, late, S29, { step: 'save' });
    expect(again.text).toContain('It is in the draft.');
    expect((await draftOf(world, ines)).doc.scenarios.S29).toMatchObject({ points: 8, says: { cm: 'Mine.' } });
  });

  it('saves a form once, however often it is sent', async () => {
    const { visitor } = await instructor();
    const page = await visitor.open(S29);
    const [one, two] = [
      await fill(visitor, page, S29, { points: '6', step: 'save' }),
      await fill(visitor, page, S29, { points: '6', step: 'save' }),
    ];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.text).toContain('It is in the draft.');
  });

  it('drops the draft in two steps, and can think again', async () => {
    const { world, ines, visitor } = await instructor();
    await changeRule(world, ines, 'S29', (rule) => {
      rule.points = 6;
    });
    const page = await visitor.open('/rules');
    expect(page.text).toContain('Points: 4 becomes 6');
    const asked = await fill(visitor, page, '/rules', { step: 'drop' });
    expect(asked.text).toContain('Drop the draft? Everything listed above is lost');
    expect((await draftOf(world, ines)).draft).toBe(true);
    await changeRule(world, ines, 'S30', () => {});
    const late = await fill(visitor, asked, '/rules', { step: 'drop-now' });
    expect([late.status, late.text.includes('somebody has changed the draft meanwhile')]).toEqual([412, true]);
    const dropped = await fill(visitor, await fill(visitor, late, '/rules', { step: 'drop' }), '/rules', {
      step: 'drop-now',
    });
    expect(dropped.text).toContain('The draft is dropped.');
    expect((await draftOf(world, ines)).draft).toBe(false);
    const gone = await fill(visitor, page, '/rules', { step: 'publish' });
    expect([gone.status, gone.text.includes('There is no draft any more')]).toEqual([404, true]);
  });

  it('cannot publish what the check refuses, and finds the way to it', async () => {
    const { world, ines, visitor } = await instructor();
    await changeRule(world, ines, 'S29', (rule) => {
      rule.accepts = rule.accepts.filter(({ role }: Json) => role !== 'smm');
    });
    const page = await visitor.open('/rules');
    expect(page.text).toContain('It cannot be published before what is to mend is mended.');
    expect(page.html).not.toContain('value="publish"');
    expect(page.html).toMatch(/rules\/scenarios\/S29#(signOff|s\d+)"/);
    expect(page.text).toContain('“the rival with its claim” should earn 100% and earns 0%');
    expect(page.text).toContain('4 to mend');
    const forced = await fill(visitor, page, '/rules', { step: 'publish' });
    expect([forced.status, forced.text.includes('It was not published.')]).toEqual([422, true]);
    const rule = await visitor.open(S29);
    expect(rule.html).toMatch(/<ul id="signOff-notes" class="notes">.{0,80}The readings contest this topic/);
    expect(rule.html).toContain('aria-describedby="signOff-notes signOff-hint" aria-invalid="true"');
  });

  it('changes what taking part earns, and the policy', async () => {
    const { world, ines, visitor } = await instructor();
    const prompt = '/rules/prompts/Q003.1';
    let page = await visitor.open(prompt);
    page = await fill(visitor, page, prompt, { 'c0-words': '80', step: 'add-criterion replies-to-peers' });
    page = await fill(visitor, page, prompt, { 'c3-title': 'More replies', 'c3-points': '1', step: 'save' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('<a href="#c3-words">Criterion 4, words</a>');
    page = await fill(visitor, page, prompt, { 'c3-words': '10', step: 'save' });
    expect(page.text).toContain('It is in the draft.');

    const policy = '/rules/policy';
    page = await visitor.open(policy);
    page = await fill(visitor, page, policy, { max: '0', penalty: '10', step: 'save' });
    expect([page.status, page.text.includes('Give a whole number from 1 to 20.')]).toEqual([422, true]);
    page = await fill(visitor, page, policy, { max: '2', step: 'save' });
    expect(page.text).toContain('It is in the draft.');
    const { doc } = await draftOf(world, ines);
    expect(doc.policy.attempts).toEqual({ max: 2, keep: 'best', penalty: 0.1 });
    expect(doc.prompts['Q003.1'].criteria[0].words).toBe(80);
    expect(doc.prompts['Q003.1'].criteria[3]).toEqual({
      kind: 'replies-to-peers',
      id: 'more-replies',
      title: 'More replies',
      points: 1,
      words: 10,
      count: 1,
    });
    const home = await visitor.open('/rules');
    expect(home.text).toContain('Up to 2 attempts at each scenario; the best one counts');
    expect(home.text).toContain('Criterion new: More replies: 1 point. Reply to 1 more person');
  });

  it('goes back to rules of before', async () => {
    const { world, ines, visitor } = await instructor();
    await changeRule(world, ines, 'S29', (rule) => {
      rule.points = 6;
    });
    await world.request(ines.token, 'POST', world.at('/rule-draft/publication'));
    const path = `/rules/sets/${encodeURIComponent(world.ruleSet)}`;
    const started = await fill(visitor, await visitor.open(path), path, { step: 'start' });
    expect(started.text).toContain('They are the draft now.');
    expect((await visitor.open('/rules')).text).toContain('Points: 6 becomes 4');
  });
});

describe('the pages of the rules', () => {
  it('take one round trip each, and three to save', async () => {
    const world = await newWorld();
    const ines = await world.instructor();
    const visitor = newVisitor(world, ines, { cookies: false });
    await visitor.open('/rules');
    await changeRule(world, ines, 'S29', (rule) => {
      rule.points = 6;
    });
    const hash = await publish(world, (ruleSet) => {
      ruleSet.scenarios.S30!.points = 5;
    });
    const set = `/rules/sets/${encodeURIComponent(hash)}`;
    for (const path of ['/rules', S29, '/rules/prompts/Q003.1', '/rules/policy', set])
      expect((await world.tripsOf(() => visitor.open(path))).trips, path).toBe(1);
    const page = await visitor.open(S29);
    expect((await world.tripsOf(() => fill(visitor, page, S29, { step: 'add-entry' }))).trips).toBe(1);
    expect((await world.tripsOf(() => fill(visitor, page, S29, { points: '7', step: 'save' }))).trips).toBe(3);
    const home = await visitor.open('/rules');
    expect((await world.tripsOf(() => fill(visitor, home, '/rules', { step: 'publish' }))).trips).toBe(4);
  });

  it('show assistants everything and let them change nothing', async () => {
    const world = await newWorld();
    const [ines, visitor] = [await world.instructor(), newVisitor(world, await world.assistant())];
    await changeRule(world, ines, 'S29', (rule) => {
      rule.points = 6;
    });
    const home = await visitor.open('/rules');
    expect(home.text).toContain('Points: 4 becomes 6');
    expect(home.html).not.toMatch(/value="(publish|drop)"/);
    for (const path of [S29, '/rules/prompts/Q003.1', '/rules/policy']) {
      const page = await visitor.open(path);
      expect([page.status, page.html.includes('name="step"')], path).toEqual([200, false]);
    }
    expect((await visitor.open(S29)).text).toContain('Community manager, with any of');
    const page = await newVisitor(world, ines).open(S29);
    const action = `${visitor.course}${S29}#result`;
    const fields = formFields(formIn(page, action)).filter(([name]) => name !== 'session');
    const { token } = await world.assistant();
    const forced = new URLSearchParams([...fields, ['session', token], ['points', '9'], ['step', 'save']]);
    expect((await newVisitor(world, ines).send('POST', action, forced)).status).toBe(403);
    expect((await draftOf(world, ines)).doc.scenarios.S29.points).toBe(6);
  });

  it('are not for students, nor for the staff of another course', async () => {
    const world = await newWorld();
    const student = newVisitor(world, await world.learner());
    const other = newVisitor(world, await world.instructor((await world.newCourse()).id));
    for (const path of ['/rules', S29, '/rules/prompts/Q003.1', '/rules/policy', `/rules/sets/${world.ruleSet}`]) {
      expect((await student.open(path)).status, path).toBe(403);
      expect((await other.open(path)).status, path).toBe(404);
    }
  });

  it('know no scenario, prompt or rule set that there is not', async () => {
    const world = await newWorld();
    const { open } = newVisitor(world, await world.instructor());
    for (const path of [
      '/rules/scenarios/S99',
      '/rules/prompts/nothing',
      '/rules/scenarios/__proto__',
      '/rules/sets/x',
    ])
      expect((await open(path)).status, path).toBe(404);
  });

  it('take any draft that the interface takes, however faulty, and mend it', async () => {
    const world = await newWorld();
    const ines = await world.instructor();
    const visitor = newVisitor(world, ines);
    const { doc, etag } = await draftOf(world, ines);
    const hostile = '<script>alert(1)</script>';
    doc.scenarios.S29 = {
      points: hostile,
      accepts: [{ role: hostile, credit: 7, needs: { any: [hostile, 3] } }, null],
      says: 3,
    };
    doc.prompts['Q003.1'] = { criteria: hostile };
    doc.policy = [];
    doc.bench = [{ scenario: 'S29', title: hostile, role: hostile, claims: [hostile], credit: null }, 4, hostile];
    doc.custom = { scenarios: { Own: { unit: '4', title: hostile } } };
    await world.request(ines.token, 'PUT', world.at('/rule-draft'), { doc }, { 'if-match': etag });
    for (const path of ['/rules', S29, '/rules/prompts/Q003.1', '/rules/policy']) {
      const page = await visitor.open(path);
      expect([page.status, page.html.includes(hostile)], path).toEqual([200, false]);
    }
    const home = await visitor.open('/rules');
    expect(home.text).toContain('Part of it cannot be read as rules');
    const page = await visitor.open(S29);
    const changes = {
      points: '4',
      'e0-role': 'cm',
      'e0-credit': '100',
      'e0-claims': '001.13',
      'e1-role': 'smm',
      'e1-credit': '10',
    };
    const mended = await fill(visitor, await fill(visitor, page, S29, { step: 'remove-sample 0' }), S29, {
      ...changes,
      step: 'save',
    });
    expect(mended.text, mended.text).toContain('It is in the draft.');
  });

  it('show hostile names and texts as they are typed', async () => {
    const world = await newWorld();
    const ines = await world.instructor();
    const visitor = newVisitor(world, ines);
    const hostile = '"><img src=x onerror=alert(1)>';
    await changeRule(world, ines, 'S29', (rule) => {
      rule.says.cm = hostile;
      rule.signOff = hostile;
      rule.rubric = [{ id: 'why', title: hostile, points: 1 }];
    });
    const custom = { unit: '4', topic: 'complaints', title: hostile, text: hostile };
    const { etag } = await draftOf(world, ines);
    const put = await world.request(ines.token, 'PUT', world.at('/rule-draft/custom/scenarios/Lamp'), custom, {
      'if-match': etag,
    });
    expect(put.status).toBe(200);
    const named = { externalId: ines.externalId, name: hostile, role: 'instructor' };
    await world.request(world.key, 'POST', world.at('/people'), named);
    const pages = ['/rules', S29, '/rules/scenarios/Lamp'];
    for (const path of pages) {
      const page = await visitor.open(path);
      expect([page.status, page.html.includes('<img')], path).toEqual([200, false]);
      expect(page.text, path).toContain(hostile);
    }
    const lamp = '/rules/scenarios/Lamp';
    let page = await visitor.open(lamp);
    expect(page.text).not.toContain('There is no scenario');
    page = await fill(visitor, page, lamp, { points: '2', step: 'use 001.13' });
    page = await fill(visitor, page, lamp, { signOff: 'It is ours.', step: 'save' });
    expect(page.text, page.text).toContain('It is in the draft.');
    const published = await fill(visitor, await visitor.open('/rules'), '/rules', { step: 'publish' });
    expect(published.text).toContain('Published.');
    expect(published.text).toContain('your own');
    expect(published.text).toContain(`published by ${hostile}`);
    const [, hash] = /\/rules\/sets\/(sha256%3A\w+)"/.exec(published.html)!;
    const set = await visitor.open(`/rules/sets/${hash}`);
    expect([set.html.includes('<img'), set.text.includes(hostile)]).toEqual([false, true]);
  });
});
