import type { Product } from '../../lms/products.ts';
import { toolAddresses } from '../../lms/tool.ts';
import { Table } from '../table.tsx';

/** What to enter in the LMS; `platformId`: with the login address of that platform alone. */
export const ToPaste = ({ origin, product, platformId }: { origin: string; product: Product; platformId?: string }) => {
  const tool = toolAddresses(origin, platformId);
  const configuration = `${origin}/lti/config/canvas.json${platformId ? `?platform=${platformId}` : ''}`;
  const lines = [
    ...(product === 'canvas' ? [['Configuration URL: it holds all the others', configuration]] : []),
    ['Launch URL, tool URL, target link URI, redirect URI, deep linking URL', tool.launchUrl],
    ['Login URL (OpenID Connect, login initiation)', tool.loginUrl],
    ['Public keyset URL (JWKS)', tool.jwksUrl],
    ['Domain', tool.domain],
    [
      'Custom parameters, so that a copied course keeps its columns',
      Object.entries(tool.customFields)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    ],
  ];
  return (
    <Table caption="What to paste into the LMS" head={['What it is called there', 'Value']}>
      {lines.map(([says, value]) => (
        <tr>
          <th scope="row">{says}</th>
          <td>
            <pre class="value">{value}</pre>
          </td>
        </tr>
      ))}
    </Table>
  );
};
