import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { refusedPage } from './auth.ts';
import type { Env } from './context.ts';
import { createControlApp } from './control.ts';
import { siteUrl } from './pages/addresses.ts';
import { createPagesApp } from './pages-app.ts';
import { createPlatformApp } from './platform-app.ts';
import type { Lms } from './platforms.ts';
import { keepIn } from './saved.ts';
import { writeRefusal } from './service.ts';

const createApp = (lms: Lms) => {
  const app = new Hono<Env>();
  app.route('/p', createPlatformApp(lms));
  app.route('/lms', createPagesApp(lms));
  app.route('/control', createControlApp(lms));
  app.get('/', (c) => {
    const demo = lms.platforms.get('demo');
    return demo ? c.redirect(siteUrl(demo), 303) : c.text('The pretend LMS runs. It has no demo course.');
  });
  app.onError((error, c) => {
    if (!(error instanceof HTTPException)) {
      console.error(error);
      return c.text(`the pretend LMS has a fault of its own: ${error.message}`, 500);
    }
    if (c.req.path.startsWith('/control/')) return c.json({ error: error.message }, error.status);
    if (/^\/lms\/|\/auth$/.test(c.req.path))
      return c.html(refusedPage('The pretend LMS refuses this', error.message), error.status);
    return writeRefusal(c, error);
  });
  return app;
};

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as { port: number }).port));
  });

/**
 * Starts the pretend LMS on a port (0: any that is free), for both names of this machine; its own address is
 * http://localhost:PORT. With `dataFile` it goes on with what that file holds, and saves what changes.
 * Throws where the port is busy.
 */
export const startLms = async (options: {
  port: number;
  dataFile?: string;
}): Promise<{ url: string; lms: Lms; stop: () => Promise<void> }> => {
  const lms: Lms = { url: '', platforms: new Map(), changed: () => {} };
  const answer = getRequestListener(createApp(lms).fetch);
  const servers = [createServer(answer), createServer(answer)];
  const port = await listen(servers[0]!, '127.0.0.1', options.port);
  // Where this machine has IPv6, `localhost` may mean it.
  await listen(servers[1]!, '::1', port).catch(() => undefined);
  lms.url = `http://localhost:${port}`;
  const saved = options.dataFile ? await keepIn(lms, options.dataFile) : undefined;
  return {
    url: lms.url,
    lms,
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
      await saved?.flush();
    },
  };
};
