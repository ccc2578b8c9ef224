import { html } from 'hono/html';
import type { Platform } from '../platforms.ts';
import { siteUrl } from './addresses.ts';
import { page } from './layout.ts';

const SHOWN = 100;

/** The tool's last calls, the newest first, each with its outcome in words. */
export const callsPage = (platform: Platform) =>
  page(
    'What the tool has called',
    html`<header>
        <h1>${platform.title}</h1>
        <p><a href="${siteUrl(platform)}">Back to the course</a></p>
      </header>
      <main>
        <h2>What the tool has called</h2>
        <div class="scroll"><table>
          ${platform.calls
            .slice(-SHOWN)
            .reverse()
            .map(
              ({ at, method, path, status, outcome }) => html`<tr>
                <td>${new Date(at).toISOString().slice(11, 19)}</td>
                <td><code>${method} ${path.split('?')[0]}</code></td>
                <td>${status}</td>
                <td>${outcome}</td>
              </tr>`,
            )}
        </table></div>
      </main>`,
    5,
  );
