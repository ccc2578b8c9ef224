import { html } from 'hono/html';
import type { Context, LineItem, Platform, Result } from '../platforms.ts';
import { isLearner } from '../roles.ts';
import { siteUrl } from './addresses.ts';
import { nameOf } from './names.ts';

const cell = (
  platform: Platform,
  item: LineItem,
  userId: string,
  teacher: string | undefined,
  result: Result | undefined,
) => {
  if (!result || result.resultScore === null) return '–';
  const review = new URLSearchParams({
    message: 'submission-review',
    lineItem: item.id,
    forUser: userId,
    user: teacher ?? userId,
  });
  const { resultScore, resultMaximum, comment, byHand, attempts } = result;
  return html`<a href="${siteUrl(platform)}/open?${review}">${resultScore} / ${resultMaximum}</a>
    ${byHand ? html`<br /><span class="note">by hand</span>` : ''}
    ${attempts > 1 ? html`<br /><span class="note">${attempts} attempts</span>` : ''}
    ${comment ? html`<br /><span class="note">${comment}</span>` : ''}`;
};

const markForm = (platform: Platform, items: readonly LineItem[], students: readonly string[]) =>
  html`<form method="post" action="${siteUrl(platform)}/marks">
    <label>Mark by hand: <select name="user">${students.map((id) => html`<option value="${id}">${nameOf(platform, id)}</option>`)}</select></label>
    <select name="lineItem" aria-label="Column">${items.map(({ id, members }) => html`<option value="${id}">${members.label}</option>`)}</select>
    <input name="score" type="number" step="any" min="0" required aria-label="Score" />
    <button>Set</button>
  </form>`;

/** The gradebook's table alone, which the page asks for again and again. */
export const gradebookTable = (platform: Platform, context: Context) => {
  const items = platform.lineItems.filter(({ contextId }) => contextId === context.id);
  const students = context.members.filter(({ roles, status }) => isLearner(roles) && status === 'Active');
  const teacher = context.members.find(({ roles }) => !isLearner(roles))?.userId;
  if (items.length === 0) return html`<p>No columns yet: graded activities bring theirs.</p>`;
  return html`<div class="scroll"><table>
      <tr>
        <th scope="col">Student</th>
        ${items.map(({ members }) => html`<th scope="col">${members.label}</th>`)}
      </tr>
      ${students.map(
        ({ userId }) => html`<tr>
          <th scope="row">${nameOf(platform, userId)}</th>
          ${items.map((item) => html`<td>${cell(platform, item, userId, teacher, item.results[userId])}</td>`)}
        </tr>`,
      )}
    </table></div>`;
};

export const gradebook = (platform: Platform, context: Context) => {
  const items = platform.lineItems.filter(({ contextId }) => contextId === context.id);
  const students = context.members.filter(({ roles, status }) => isLearner(roles) && status === 'Active');
  const source = `${siteUrl(platform)}/courses/${context.id}/gradebook`;
  return html`<section>
    <h2>Gradebook</h2>
    <div id="gradebook" data-source="${source}">${gradebookTable(platform, context)}</div>
    ${
      items.length > 0
        ? markForm(
            platform,
            items,
            students.map(({ userId }) => userId),
          )
        : ''
    }
    <script>
      const book = document.getElementById('gradebook');
      setInterval(async () => {
        const answer = await fetch(book.dataset.source).catch(() => undefined);
        if (answer?.ok) book.innerHTML = await answer.text();
      }, 2000);
    </script>
    <noscript><p class="note">Without script: reload the page to see new scores.</p></noscript>
  </section>`;
};
