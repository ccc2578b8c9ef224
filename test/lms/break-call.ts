import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Ctx } from './context.ts';
import type { Endpoint, Fault } from './faults.ts';
import { profileOf } from './platforms.ts';

const HUGE_BYTES = 8 * 1024 * 1024;

/** Closes the connection without an answer. */
export const cut = (c: Ctx): Response => {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
};

/** Waits, at most until the caller has gone. */
export const linger = (c: Ctx, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const { socket } = c.env.incoming;
    const end = () => {
      clearTimeout(timer);
      socket.off('close', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    socket.once('close', end);
  });

const page = '<!doctype html><title>Sorry</title><h1>We are down for maintenance</h1>';

/** The answer that a fault puts in place of the right one; undefined: the right one, late. */
export const breakCall = async (c: Ctx, { kind, plan }: Fault, endpoint: Endpoint): Promise<Response | undefined> => {
  const { throttle, staleStatus } = profileOf(c.get('platform'));
  const retry: Record<string, string> = plan.retryAfter === undefined ? {} : { 'retry-after': String(plan.retryAfter) };
  switch (kind) {
    case '500':
      return c.text('Internal Server Error', 500);
    case '429':
      return c.text('Too Many Requests', 429, retry);
    case '403-throttle':
      return c.text(throttle.body, throttle.status as 403, { ...throttle.headers, ...retry });
    case '403':
      return c.text('Forbidden', 403);
    case '404':
      return c.text('Not Found', 404);
    case '401': {
      const token = c.req.header('authorization')?.slice('Bearer '.length);
      if (token) delete c.get('platform').tokens[token];
      return endpoint === 'token' ? c.json({ error: 'invalid_client' }, 401) : c.text('invalid_token', 401);
    }
    case 'stale':
      return c.text('Refusing score with an earlier timestamp', staleStatus as 409);
    case 'html':
      return c.html(page, c.req.method === 'GET' ? 200 : 502);
    case 'huge':
      return c.body(`{"padding":"${'x'.repeat(HUGE_BYTES)}"}`, 200, { 'content-type': 'application/json' });
    case 'redirect':
      return c.redirect('http://169.254.169.254/latest/meta-data/', 302);
    case 'slow':
      await linger(c, plan.delayMs);
      return undefined;
    case 'timeout':
      await linger(c, plan.delayMs);
      return cut(c);
    default:
      return cut(c);
  }
};
