import { describe, expect, it } from 'vitest';
import { agsScopes, createLineItem, listLineItems, removeLineItem, updateLineItem } from '../../src/lms/line-items.ts';
import { postScore, readResult } from '../../src/lms/scores.ts';
import { openService } from '../../src/lms/tokens.ts';
import { allScopes, newLmsWorld, type Platform } from '../world/lms-course.ts';
import { applyRegrade } from '../world/regrade.ts';
import { type Json, publish, type Somebody, type World } from '../world/world.ts';

const profiles = ['moodle', 'canvas', 'd2l', 'blackboard', 'sakai'] as const;

/** Calls straight to the platform's services, as the outbox makes them. */
const servicesOf = async (world: World, platform: Platform, context: string) => {
  const [row] = (
    await world.db.$client.execute({
      sql: `select p.id, p.institution_id as institutionId, product, client_id as clientId, token_url as tokenUrl,
        token_audience as tokenAudience, tokens, line_items_url as url
        from platform p, context c where p.id = ? and c.id = ?`,
      args: [platform.rows.platform, context],
    })
  ).rows as Json[];
  return { session: openService(row), service: { url: row.url as string, scopes: allScopes } };
};

const callsOf = async (platform: Platform, endpoint: string): Promise<Json[]> =>
  (await platform.requests()).filter((call: Json) => call.endpoint === endpoint);

describe.each(profiles)('assignment and grade services, %s', (profile) => {
  it('AGS 2.0, 3.2 to 3.4: an empty list, a line item, its scores and results, changed, and deleted', async () => {
    const lms = await newLmsWorld({ profile, places: [], students: ['Sam', 'Ana'] });
    const { deps } = lms.world;
    const { session, service } = await servicesOf(lms.world, lms.platform, lms.context);
    expect(await listLineItems(deps, session, service)).toEqual({ ok: true, items: [] });
    const wanted = { label: 'Unit 4', scoreMaximum: 10, resourceId: 'unit:4', tag: 'cmgrclass' };
    const made = await createLineItem(deps, session, service, wanted);
    const { item } = made as typeof made & { ok: true };
    expect(await listLineItems(deps, session, service)).toMatchObject({ items: [wanted] });
    const at = { lineItem: item.id, scopes: allScopes };
    for (const [index, who] of lms.students.entries()) {
      const score = { points: 500 + index * 100, max: 1000, activityProgress: 'Completed', submittedAt: null } as const;
      const sent = { ...score, userId: who.externalId, isNewSubmission: true };
      expect(await postScore(deps, session, at, sent, lms.world.clock.now)).toMatchObject({ ok: true });
    }
    for (const [index, who] of lms.students.entries())
      expect(await readResult(deps, session, at, who.externalId)).toEqual({
        ok: true,
        result: { score: 5 + index, max: 10 },
      });
    const renamed = { label: 'Unit four', scoreMaximum: 20 };
    expect(await updateLineItem(deps, session, service, item.id, renamed)).toMatchObject({ item: renamed });
    expect(await listLineItems(deps, session, service)).toMatchObject({ items: [{ ...wanted, ...renamed }] });
    expect(await removeLineItem(deps, session, service, item.id)).toMatchObject({ ok: true });
    expect(await listLineItems(deps, session, service)).toEqual({ ok: true, items: [] });
    expect(await callsOf(lms.platform, 'token')).toHaveLength(1);
    for (const call of await lms.platform.requests()) expect(call.outcome).toBe('ok');
  });

  it('AGS 2.0, 3.2.6: filters by resource, link and tag, and every page of the list', async () => {
    const places = ['S29', 'S30', 'S31'].map((activity) => ({ kind: 'scenario', activity }));
    const lms = await newLmsWorld({ profile, places, pageSize: 2 });
    const { deps } = lms.world;
    const { session, service } = await servicesOf(lms.world, lms.platform, lms.context);
    for (const [index, tag] of ['a', 'b', 'a', 'a'].entries()) {
      const item = { label: `Column ${index}`, scoreMaximum: 10, resourceId: `r,${index}`, tag };
      expect(await createLineItem(deps, session, service, item)).toMatchObject({ ok: true });
    }
    const labels = async (filter: Parameters<typeof listLineItems>[3]) => {
      const listed = await listLineItems(deps, session, service, filter);
      return listed.ok ? listed.items.map(({ label }) => label) : listed.detail;
    };
    expect(await labels({})).toHaveLength(7);
    expect(await labels({ limit: 1 })).toHaveLength(7);
    expect(await labels({ tag: 'a' })).toEqual(['Column 0', 'Column 2', 'Column 3']);
    expect(await labels({ resourceId: 'r,1' })).toEqual(['Column 1']);
    const [link] = await lms.platform.links();
    expect(await labels({ resourceLinkId: link.id })).toEqual(['S29']);
  });
});

describe('the column of an activity', () => {
  const column = { kind: 'scenario', activity: 'S29', lineItem: null };

  it('is made where the link brought none, with a title, our name for it, and a way to review submissions', async () => {
    const lms = await newLmsWorld({ places: [column], students: ['Sam', 'Ana', 'Ben'] });
    await Promise.all(lms.students.map((who) => lms.answer(who)));
    await lms.deliver();
    const { title } = lms.world.deps.catalogue.scenarios.S29!;
    const made = await lms.platform.gradebook();
    expect(made).toMatchObject([
      {
        label: title,
        scoreMaximum: 4,
        resourceId: 'scenario:S29',
        submissionReview: { reviewableStatus: ['InProgress', 'Submitted', 'Completed'] },
      },
    ]);
    expect(Object.keys(made[0].cells)).toHaveLength(3);
  });

  it('is the one that bears our name, where there is one', async () => {
    const lms = await newLmsWorld({ places: [column] });
    const { session, service } = await servicesOf(lms.world, lms.platform, lms.context);
    const before = { label: 'A copy', scoreMaximum: 8, resourceId: 'scenario:S29', tag: 'x' };
    await createLineItem(lms.world.deps, session, service, before);
    await lms.answer(lms.sam);
    expect(await lms.platform.gradebook()).toMatchObject([
      { label: 'A copy', cells: { [lms.sam.externalId]: { resultScore: 8 } } },
    ]);
  });

  it('is the one that another link to the activity brought, whatever it is called', async () => {
    const lms = await newLmsWorld({
      places: [
        { ...column, lineItem: null },
        { kind: 'scenario', activity: 'S29' },
      ],
    });
    await lms.answer(lms.sam);
    await lms.deliver();
    expect(await lms.platform.gradebook()).toMatchObject([{ cells: { [lms.sam.externalId]: { resultScore: 100 } } }]);
    expect((await lms.deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('is searched for once more where making it failed, for somebody else may have made it', async () => {
    const lms = await newLmsWorld({ places: [column] });
    await lms.platform.faults({ kinds: ['cut'], endpoints: ['line-items'], rate: 0.5, seed: 1 });
    await lms.answer(lms.sam);
    for (let minute = 0; minute < 9; minute++) await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent' }]);
    expect(await lms.platform.gradebook()).toHaveLength(1);
  });

  it('is chosen again where the platform deleted it, and everybody’s scores go there', async () => {
    const lms = await newLmsWorld({ students: ['Sam', 'Ana'] });
    for (const who of lms.students) await lms.answer(who, 'cm', []);
    await lms.platform.of('DELETE', `/links/${(await lms.platform.links())[0].id}`);
    await lms.later();
    await lms.answer(lms.sam);
    await lms.deliver();
    const [item] = await lms.platform.gradebook();
    expect(item).toMatchObject({ resourceId: 'scenario:S29' });
    expect(Object.values(item.cells).map((one) => (one as Json).resultScore)).toEqual([4, 3]);
  });

  it('is not made without the right to, and a person is told what to do', async () => {
    const lms = await newLmsWorld({ places: [column], offered: [agsScopes.score] });
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'refused', outcome: 'line-item-gone' }]);
    expect(await callsOf(lms.platform, 'line-items')).toEqual([]);
  });

  it('is one for two places that show the same activity, and each score goes there once', async () => {
    const lms = await newLmsWorld({ places: [column, column] });
    await lms.answer(lms.sam);
    await lms.deliver();
    const [item, ...others] = await lms.platform.gradebook();
    expect(others).toEqual([]);
    expect(await lms.platform.scores(item.id)).toHaveLength(1);
    expect((await lms.deliveries()).map(({ outcome }) => outcome).sort()).toEqual(['sent', 'unchanged']);
  });
});

describe('an access token', () => {
  it('is asked for by a signed assertion, kept sealed, and asked for again when it was revoked in mid-use', async () => {
    const lms = await newLmsWorld({ profile: 'd2l' });
    await lms.answer(lms.sam, 'neither', []);
    const stored = await lms.world.db.$client.execute({
      sql: 'select tokens from platform where id = ?',
      args: [lms.platform.rows.platform],
    });
    expect(stored.rows[0]!.tokens).toMatch(/^[\w+/=]+\.[\w+/=]+$/);
    lms.world.deps.known.tokens.clear();
    await lms.later();
    await lms.answer(lms.sam, 'cm', []);
    expect(await callsOf(lms.platform, 'token')).toHaveLength(1);
    await lms.platform.revokeTokens();
    await lms.later();
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
    expect(await callsOf(lms.platform, 'token')).toHaveLength(2);
  });

  it('that lacks the right to send scores breaks no try, and the score goes once it is given back', async () => {
    const lms = await newLmsWorld();
    const without = allScopes.filter((scope) => scope !== agsScopes.score);
    await lms.platform.change(lms.platform.clientId, { scopes: without });
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'waiting', outcome: 'registration-broken', tries: 0 }]);
    await lms.platform.change(lms.platform.clientId, { scopes: allScopes });
    await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent' }]);
  });

  it('without the right to read results sends scores all the same', async () => {
    const offered = allScopes.filter((scope) => scope !== agsScopes.result);
    const lms = await newLmsWorld({ offered });
    await lms.answer(lms.sam, 'neither', []);
    await lms.later();
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
    expect(await callsOf(lms.platform, 'results')).toEqual([]);
  });

  it('without that right and with a platform that says its mark is newer: people decide, after two more tries', async () => {
    const offered = allScopes.filter((scope) => scope !== agsScopes.result);
    const lms = await newLmsWorld({ offered });
    await lms.platform.faults({ kinds: ['stale'] });
    await lms.answer(lms.sam);
    await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'waiting' }]);
    await lms.deliver();
    expect(await lms.deliveries()).toMatchObject([{ state: 'conflict', outcome: 'superseded' }]);
  });

  it('is signed with keys that outlive the platform’s memory of them: keys rotate while tokens are kept', async () => {
    const lms = await newLmsWorld();
    await lms.answer(lms.sam, 'neither', []);
    await lms.later(31 * 86_400_000);
    await lms.platform.trustTool();
    await lms.later(3 * 86_400_000);
    await lms.answer(lms.sam);
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 400 }]);
  });
});

describe('Canvas', () => {
  it('counts an attempt for each submission, and none for what the instructor changes', async () => {
    const lms = await newLmsWorld({ profile: 'canvas' });
    const attempts = async () => (await lms.platform.gradebook())[0].cells[lms.sam.externalId].attempts;
    await lms.answer(lms.sam, 'neither', []);
    await lms.later();
    await lms.answer(lms.sam, 'cm', []);
    expect(await attempts()).toBe(2);
    await lms.later();
    const path = lms.world.at(`/people/${lms.sam.id}/grades/scenario/S29/override`);
    await lms.world.request(lms.ines.token, 'PUT', path, { points: 1, reason: 'second reading' });
    await lms.world.settled();
    expect(await lms.deliveries()).toMatchObject([{ state: 'sent', sent_points: 100 }]);
    expect(await attempts()).toBe(2);
  });
});

it('a regrade reaches the column: who gains by it, and nobody else', async () => {
  const lms = await newLmsWorld({ students: ['Sam', 'Ada'] });
  const [sam, ada] = lms.students as [Somebody, Somebody];
  await lms.answer(sam, 'smm', ['003.09']);
  await lms.answer(ada);
  const hash = await publish(lms.world, ({ scenarios: { S29 } }) => {
    S29!.accepts.find(({ role, needs }) => role === 'smm' && needs)!.needs = { any: ['000.22', '003.09'] };
  });
  await applyRegrade(lms.world, lms.ines, hash);
  await lms.deliver();
  const of = async (who: Somebody) =>
    (await lms.platform.scores(lms.column.lineItem, who.externalId)).map(({ body }: Json) => body.scoreGiven);
  expect(await of(sam)).toEqual([1, 4]);
  expect(await of(ada)).toEqual([4]);
});
