import { html } from 'hono/html';
import type { DeepLinked, Platform } from '../platforms.ts';
import { courseUrl } from './addresses.ts';
import { page } from './layout.ts';

/** In the tool's frame, after its links came back. */
export const deepLinkedPage = (platform: Platform, { hint, links, msg, errormsg }: DeepLinked) => {
  const added = platform.links.filter(({ id }) => links.includes(id));
  return page(
    'Links added',
    html`<main>
      <h2>${added.length === 0 ? 'Nothing was added' : `Added to the course: ${added.length}`}</h2>
      ${errormsg ? html`<p class="warn">The tool says: ${errormsg}</p>` : ''} ${msg ? html`<p>The tool says: ${msg}</p>` : ''}
      <ul>
        ${added.map(({ title }) => html`<li>${title}</li>`)}
      </ul>
      <p><a class="button" href="${courseUrl(platform, platform.hints[hint]?.contextId)}" target="_top">Back to the course</a></p>
    </main>`,
  );
};
