import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { sessionCookieName } from '../../../src/auth/session-cookie.ts';
import type { Case, Row } from '../case.ts';
import { openDatabase } from '../database.ts';
import { openConnection, requestBytes } from '../http.ts';
import { startProxy } from '../proxy.ts';
import { bearer, enrol, type Member, openSchool, SECRETS } from '../school.ts';
import { startWorker } from '../workerd.ts';

const MOST_KB = 60;

const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Pages by whom they are for, with what is asked of their weight, if anything. */
const pages = [
  { path: '', who: 'learner' },
  { path: '/units/4', who: 'learner', mostKb: MOST_KB },
  { path: '/scenarios/S29', who: 'learner' },
  { path: '/prompts/Q003.1', who: 'learner' },
  { path: '/grades', who: 'learner' },
  { path: '/gradebook', who: 'instructor' },
  { path: '/rules', who: 'instructor' },
  { path: '/rules/scenarios/S29', who: 'instructor' },
  { path: '/people', who: 'instructor' },
  { path: '/review-queue', who: 'instructor' },
  { path: '/analytics/items', who: 'instructor' },
] as const;

/** What a page weighs with the script that it loads (it loads nothing else), and how many requests to the database it is. */
export const pageWeights: Case = {
  name: 'pages',
  run: async ({ app }) => {
    await using database = await openDatabase();
    await using proxy = await startProxy(database.url);
    await using worker = await startWorker(app, { ...SECRETS, TURSO_URL: proxy.url });
    const school = await openSchool(worker);
    const at = { institutionId: school.institutionId, courseId: school.courseIds[0]! };
    const [learner] = await enrol(database, at, 30);
    const [instructor] = await enrol(database, { ...at, role: 'instructor' }, 1);
    const script = await readFile('.build/public/page.js');
    const connection = openConnection(worker.port);
    const cookie = async (member: Member) =>
      `${sessionCookieName(at.courseId)}=${(await bearer(member)).authorization.slice('Bearer '.length)}`;
    const rows: Row[] = [];
    for (const page of pages) {
      const headers = { cookie: await cookie(page.who === 'learner' ? learner! : instructor!), accept: 'text/html' };
      const before = proxy.count();
      const answer = await connection.send(requestBytes('GET', `/courses/${at.courseId}${page.path}`, headers));
      if (answer.status !== 200) throw new Error(`${page.path}: ${answer.status} ${answer.body}`);
      const trips = proxy.count() - before;
      const bytes = answer.body.length + script.length;
      const most = 'mostKb' in page ? page.mostKb : undefined;
      rows.push({
        name: `page ${page.path || '/'}: all that it loads, requests to the database`,
        measured: `${kb(bytes)}, ${trips}`,
        target: most === undefined ? '1 request' : `<= ${most} kB, 1`,
        met: trips === 1 && bytes <= (most ?? Number.POSITIVE_INFINITY) * 1000,
        n: 1,
        note: `gzip ${kb(gzipSync(answer.body).length + gzipSync(script).length)}`,
      });
    }
    connection.close();
    return rows;
  },
};
