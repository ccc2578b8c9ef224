import { html } from 'hono/html';
import type { Context, Link, Member, Platform } from '../platforms.ts';
import { isLearner, shortRole } from '../roles.ts';
import { courseUrl, siteUrl } from './addresses.ts';
import { gradebook } from './gradebook.ts';
import { page } from './layout.ts';
import { nameOf } from './names.ts';

const opening = (platform: Platform, wish: Record<string, string>) =>
  `${siteUrl(platform)}/open?${new URLSearchParams(wish)}`;

const post = (action: string, fields: Record<string, string>, label: string) =>
  html`<form method="post" action="${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button>${label}</button>
  </form>`;

const openAs = (platform: Platform, link: Link, members: readonly Member[]) => {
  const teachers = members.filter(({ roles }) => !isLearner(roles));
  const students = members.filter(({ roles }) => isLearner(roles));
  const button = ({ userId }: Member, label: string) =>
    html`<a class="button" href="${opening(platform, { link: link.id, user: userId })}">${label}</a> `;
  return html`${teachers.map((one) => button(one, `Open as instructor (${nameOf(platform, one.userId)})`))}
  ${students.map((one, index) => button(one, index === 0 ? `Open as student (${nameOf(platform, one.userId)})` : nameOf(platform, one.userId)))}`;
};

const activities = (platform: Platform, context: Context) => {
  const members = context.members.filter(({ status }) => status === 'Active');
  const links = platform.links.filter(({ contextId }) => contextId === context.id);
  const teacher = members.find(({ roles }) => !isLearner(roles));
  const adding = teacher && opening(platform, { message: 'deep-linking', context: context.id, user: teacher.userId });
  return html`<section>
    <h2>Activities</h2>
    <div class="scroll"><table class="stack">
      ${links.map(
        (link) => html`<tr>
          <td>
            <strong>${link.title}</strong>${link.text ? html`<br />${link.text}` : ''}
            <br /><span class="note">${Object.entries(link.custom).map(([key, value]) => html`<code>${key}=${value}</code> `)}</span>
          </td>
          <td>${openAs(platform, link, members)}</td>
          <td>${post(`${siteUrl(platform)}/remove-link`, { link: link.id }, 'Remove')}</td>
        </tr>`,
      )}
    </table></div>
    <div>
      ${adding && platform.clients.length > 0 ? html`<a class="button" href="${adding}">Add an activity</a>` : ''}
      ${post(`${courseUrl(platform, context.id)}/copy`, {}, 'Copy the course')}
    </div>
  </section>`;
};

const roster = (platform: Platform, context: Context) => html`<section>
  <h2>People</h2>
  <div class="scroll"><table class="stack">
    ${context.members.map(
      ({ userId, roles, status }) => html`<tr>
        <td>${nameOf(platform, userId)}</td>
        <td>${roles.map(shortRole).join(', ')}</td>
        <td>${status}</td>
        <td>
          ${post(
            `${courseUrl(platform, context.id)}/members`,
            { user: userId, status: status === 'Active' ? 'Deleted' : 'Active' },
            status === 'Active' ? 'Remove' : 'Enrol again',
          )}
        </td>
      </tr>`,
    )}
  </table></div>
  <div>${post(`${courseUrl(platform, context.id)}/members`, {}, 'Enrol another student')}</div>
  <p class="note">The tool learns of this when somebody syncs the roster there (NRPS), or at a launch.</p>
</section>`;

const administration = (platform: Platform) => html`<section>
  <h2>Administration</h2>
  <div>
    ${
      platform.stopped
        ? html`<span class="warn">The platform's services are stopped: no score, roster or token gets through.</span>
            ${post(`${siteUrl(platform)}/services`, { stopped: '' }, 'Start the services again')}`
        : post(`${siteUrl(platform)}/services`, { stopped: 'services' }, "Stop the platform's services")
    }
    <a class="button" href="${siteUrl(platform)}/calls">What the tool has called</a>
  </div>
  <div class="scroll"><table class="stack">
    ${platform.clients.map(
      ({ clientId, deploymentIds, name, active }) => html`<tr>
        <td>${name}<br /><span class="note">client <code>${clientId}</code>, deployment <code>${deploymentIds.join(', ')}</code></span></td>
        <td>${active ? 'active' : 'pending'}</td>
        <td>${post(`${siteUrl(platform)}/clients`, { client: clientId, active: active ? '' : 'true' }, active ? 'Deactivate' : 'Activate')}</td>
      </tr>`,
    )}
  </table></div>
  <form method="get" action="${siteUrl(platform)}/register">
    <label>Register the tool: the invite address it gave you <input type="url" name="url" required /></label>
    <button>Register</button>
  </form>
</section>`;

/** A pretend course: its activities, gradebook and people, and what an administrator can do. */
export const coursePage = (platform: Platform, context: Context) =>
  page(
    `${context.title} – ${platform.title}`,
    html`<header>
        <h1>${platform.title}</h1>
        <p>${context.label}: ${context.title}</p>
        <p>behaves like ${platform.profileName}${platform.privacy ? ', shares no names' : ''}</p>
        ${platform.contexts
          .filter(({ id }) => id !== context.id)
          .map(({ id, label }) => html`<p><a href="${courseUrl(platform, id)}">${label}</a></p>`)}
      </header>
      <main>${activities(platform, context)} ${gradebook(platform, context)} ${roster(platform, context)} ${administration(platform)}</main>`,
  );
