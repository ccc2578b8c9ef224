import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Proxy = AsyncDisposable & { url: string; count: () => number };

/** Stands between a Worker and its database: counts requests, and holds each up for `delayMs` (a round trip's time). */
export const startProxy = async (to: string, delayMs = 0): Promise<Proxy> => {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(to);
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    count += 1;
    const { method, url: path, headers } = incoming;
    const forward = () => {
      const onward = request({ agent, hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    };
    if (delayMs > 0) setTimeout(forward, delayMs);
    else forward();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
