import { lineItemOf } from './ags-line-items.ts';
import type { Ctx } from './context.ts';
import { lineItemUrl } from './line-items.ts';
import { profileOf } from './platforms.ts';
import { demand } from './refuse.ts';
import { accepts } from './service.ts';

const type = 'application/vnd.ims.lis.v2.resultcontainer+json';

/** AGS 2.0 section 3.3: what the gradebook shows, marks set by hand included. Paged with `limit`. */
export const listResults = (c: Ctx) => {
  accepts(c, type);
  const platform = c.get('platform');
  const item = lineItemOf(c);
  const { user_id, limit, from } = c.req.query();
  const drops = user_id !== undefined && profileOf(platform).userFilterDropsComments;
  const lineItem = lineItemUrl(platform, item);
  const [path, query = ''] = lineItem.split('?');
  const found = Object.entries(item.results)
    .filter(([user, { resultScore }]) => resultScore !== null && (user_id === undefined || user === user_id))
    .map(([user, { resultScore, resultMaximum, comment }]) => ({
      id: `${path}/results/${user}${query && `?${query}`}`,
      scoreOf: lineItem,
      userId: user,
      resultScore,
      resultMaximum,
      ...(comment && !drops ? { comment } : {}),
    }));
  const size = Math.min(Number(limit ?? platform.pageSize), platform.pageSize);
  demand(Number.isInteger(size) && size > 0, 400, 'limit must be a whole number above 0');
  const start = Number(from ?? 0);
  if (start + size < found.length) {
    const next = new URL(`${path}/results`);
    next.search = query;
    for (const [name, value] of Object.entries({ ...c.req.query(), limit: String(size), from: String(start + size) }))
      next.searchParams.set(name, value);
    c.header('link', `<${next.href}>; rel="next"`);
  }
  return c.body(JSON.stringify(found.slice(start, start + size)), 200, { 'content-type': type });
};
