import { html, raw } from 'hono/html';
import type { Platform } from '../platforms.ts';
import { hostScript } from '../storage.ts';
import { siteUrl } from './addresses.ts';
import { page } from './layout.ts';

/** The LMS's page around the tool: its own bar, the tool in a frame from another origin, the storage frame. */
export const framePage = (platform: Platform, title: string, who: string, source: string, home: string) => {
  const { storageTarget } = platform;
  const named = storageTarget && storageTarget !== '_parent';
  return page(
    title,
    html`<header>
        <h1>${platform.title}</h1>
        <p>${who}</p>
        <p><a href="${home}">Back to the course</a></p>
        ${source.includes('/initiate?') ? html`<p><a href="${source}" target="_blank" rel="opener">Open in a new window</a></p>` : ''}
      </header>
      ${named ? html`<iframe name="${storageTarget}" src="${siteUrl(platform)}/storage" hidden title="Storage"></iframe>` : ''}
      <script>
        ${raw(hostScript(platform, home))};
      </script>
      <iframe class="tool" name="tool" src="${source}" title="${title}"></iframe>`,
  );
};
