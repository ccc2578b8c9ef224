import { describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/outbox/deliver.ts';
import { newWorld, type Somebody, type World } from '../world/world.ts';

type Received = { id: string; seconds: number; signature: string; text: string; message: Record<string, unknown> };

/** A receiver at https://lms.example.edu/hook that answers as it is told, and keeps what it is sent. */
const newReceiver = (world: World) => {
  const received: Received[] = [];
  const answers: (number | 'cut')[] = [];
  world.deps.fetch = (async (input, init) => {
    const { headers, body } = new Request(input, init);
    if (String(input) !== 'https://lms.example.edu/hook') throw new Error(`nobody listens at ${input}`);
    const text = await new Response(body).text();
    received.push({
      id: headers.get('webhook-id')!,
      seconds: Number(headers.get('webhook-timestamp')),
      signature: headers.get('webhook-signature')!,
      text,
      message: JSON.parse(text),
    });
    const answer = answers.shift() ?? 204;
    if (answer === 'cut') throw new Error('the connection was closed');
    return new Response(answer === 204 ? null : 'said no', { status: answer, headers: { 'retry-after': '90' } });
  }) as typeof fetch;
  return { received, answers };
};

/** Standard Webhooks: what the signature must be. */
const signed = async (secret: string, { id, seconds, text }: Received) => {
  const raw = Uint8Array.from(atob(secret.replace('whsec_', '')), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${id}.${seconds}.${text}`));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
};

const create = (world: World, url = 'https://lms.example.edu/hook', headers = {}) =>
  world.request(world.key, 'POST', '/v1/webhooks', { url }, headers);

const hooked = async () => {
  const world = await newWorld();
  const receiver = newReceiver(world);
  const { body } = await create(world);
  // A session from now on knows that its grades go out.
  const sam = await world.learner('Sam');
  const answer = async (who: Somebody, claims = ['001.13']) => {
    await world.answer(who, 'S29', { role: 'cm', claims });
    await world.settled();
  };
  const deliver = (ms = 120_000) => {
    world.clock.now += ms;
    return deliverDue(world.deps, world.db, { rows: 100, ms: 60_000 }, { courseId: world.course });
  };
  const list = async () => (await world.request(world.key, 'GET', '/v1/webhooks')).body.items;
  return { world, ...receiver, webhook: body, sam, answer, deliver, list };
};

describe('a webhook', () => {
  it('is told of a grade right away, signed, with who and what', async () => {
    const { world, received, webhook, sam, answer, list } = await hooked();
    await answer(sam);
    expect(received).toHaveLength(1);
    const [one] = received as [Received];
    expect(one.signature).toBe(await signed(webhook.secret, one));
    expect(one.seconds).toBe(Math.floor(world.clock.now / 1000));
    expect(one.id).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(one.message).toEqual({
      type: 'grade.changed',
      timestamp: new Date(world.clock.now).toISOString(),
      data: {
        course: world.course,
        person: { id: sam.id, externalId: sam.externalId },
        activity: { kind: 'scenario', id: 'S29' },
        points: 4,
        max: 4,
        source: 'auto',
        gradeEvent: expect.any(String),
      },
    });
    expect(await list()).toMatchObject([{ id: webhook.id, state: 'active', waiting: 0, refused: 0 }]);
    expect(JSON.stringify(await list())).not.toContain('whsec_');
  });

  it('is told again under the same id until it takes it, and of another grade under another', async () => {
    const { received, answers, sam, answer, deliver, list } = await hooked();
    answers.push(500, 'cut', 429);
    await answer(sam, []);
    expect(await list()).toMatchObject([{ waiting: 1 }]);
    for (let minute = 0; minute < 6; minute++) await deliver();
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    expect(new Set(received.map(({ text }) => text)).size).toBe(1);
    await answer(sam);
    expect(received).toHaveLength(5);
    expect(received[4]!.id).not.toBe(received[0]!.id);
    expect(received[4]!.message).toMatchObject({ data: { points: 4 } });
  });

  it('that is gone for good is told nothing more, until somebody has it sent again', async () => {
    const { world, received, answers, webhook, sam, answer, deliver, list } = await hooked();
    answers.push(410);
    await answer(sam, []);
    expect(await list()).toMatchObject([{ state: 'disabled' }]);
    await answer(sam);
    await deliver();
    expect(received).toHaveLength(1);
    expect((await world.request(world.key, 'POST', `/v1/webhooks/${webhook.id}/retry`)).status).toBe(204);
    await deliver();
    expect(received).toHaveLength(2);
    expect(received[1]!.message).toMatchObject({ data: { points: 4 } });
    expect(await list()).toMatchObject([{ state: 'active', waiting: 0, refused: 0 }]);
  });

  it('can be tried, taken away, and is nobody else’s', async () => {
    const { world, received, answers, webhook, sam, answer, list } = await hooked();
    const path = `/v1/webhooks/${webhook.id}`;
    const ping = await world.request(world.key, 'POST', `${path}/ping`);
    expect(ping.body).toEqual({ delivered: true, status: 204, detail: 'It was taken.' });
    expect(received.at(-1)!.message).toMatchObject({ type: 'ping', data: {} });
    expect(received.at(-1)!.signature).toBe(await signed(webhook.secret, received.at(-1)!));
    answers.push(500);
    const failed = await world.request(world.key, 'POST', `${path}/ping`);
    expect(failed.body).toEqual({ delivered: false, status: 500, detail: 'said no' });
    const other = await newWorld();
    expect((await other.request(other.key, 'DELETE', path)).body.type).toBe('urn:cmgrclass:problem:webhook-not-found');
    expect((await world.request(world.key, 'DELETE', path)).status).toBe(204);
    await answer(sam);
    expect(received).toHaveLength(2);
    expect(await list()).toEqual([]);
  });

  it('is made once for a request sent twice, with the same secret, and only at an address we call', async () => {
    const world = await newWorld();
    const first = await create(world, undefined, { 'idempotency-key': 'k' });
    const second = await create(world, undefined, { 'idempotency-key': 'k' });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    for (const url of ['http://lms.example.edu/hook', 'https://10.0.0.1/hook', 'nonsense']) {
      const refused = await create(world, url);
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0].pointer).toBe('/url');
    }
  });
});
