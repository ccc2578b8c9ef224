import { lineItemOf } from './ags-line-items.ts';
import type { Ctx } from './context.ts';
import { lineItemUrl } from './line-items.ts';
import { pageOf } from './paging.ts';
import { profileOf } from './platforms.ts';
import { accepts } from './service.ts';

const type = 'application/vnd.ims.lis.v2.resultcontainer+json';

/** AGS 2.0 section 3.3: what the gradebook shows, marks set by hand included. Paged with `limit`. */
export const listResults = (c: Ctx) => {
  accepts(c, type);
  const platform = c.get('platform');
  const item = lineItemOf(c);
  const { user_id } = c.req.query();
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
  const { items, next } = pageOf(platform, found, c.req.query(), `${path}/results${query && `?${query}`}`);
  if (next) c.header('link', `<${next}>; rel="next"`);
  return c.body(JSON.stringify(items), 200, { 'content-type': type });
};
