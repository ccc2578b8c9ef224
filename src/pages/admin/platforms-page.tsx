import { listPage } from '../../auth/list-page.ts';
import type { Deps } from '../../deps.ts';
import { listPlatforms } from '../../lms/platform-store.ts';
import { products } from '../../lms/products.ts';
import type { Reply } from '../../route.ts';
import { Table } from '../table.tsx';
import type { Asked } from '../visit.ts';
import { counted } from '../words.ts';
import { adminScreen, More } from './admin-screen.tsx';
import type { AdminVisit } from './admin-visit.ts';
import { StateOf } from './platform-state.tsx';
import { productNames } from './platform-words.ts';

const PAGE = 100;

/** The institution's LMSs, and the way to connect another. */
export const platformsPage = async (deps: Deps, visit: AdminVisit, { query, url }: Asked): Promise<Reply> => {
  const call = { deps, actor: visit.key, url, query: { cursor: query.cursor, limit: PAGE } };
  const { items, link } = await listPage(call, { list: 'admin platforms', action: 'platforms:manage' }, listPlatforms);
  return adminScreen(
    visit,
    { title: 'LMSs', here: '/platforms' },
    <>
      {items.length === 0 ? (
        <p>None is connected yet.</p>
      ) : (
        <Table caption="Connected and invited" head={['Name', 'Product', 'State', 'Address', 'To do']}>
          {items.map(({ id, name, product, state, issuer, pendingDeployments }) => (
            <tr>
              <th scope="row" dir="auto">
                <a href={`/admin/platforms/${id}`}>{name}</a>
              </th>
              <td>{productNames[product]}</td>
              <td>
                <StateOf state={state} />
              </td>
              <td dir="auto">{issuer ?? 'not known yet'}</td>
              <td>{pendingDeployments > 0 ? `${counted(pendingDeployments, 'deployment')} to approve` : ''}</td>
            </tr>
          ))}
        </Table>
      )}
      <More link={link} />
      <h2>Connect one</h2>
      <ul class="actions plain">
        {products.map((product) => (
          <li>
            <a href={`/admin/platforms/new?product=${product}`}>{productNames[product]}</a>
          </li>
        ))}
      </ul>
    </>,
  );
};
