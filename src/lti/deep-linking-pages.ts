import { html } from 'hono/html';
import { pointsOf } from '../grading/policy.ts';
import { counted } from '../pages/words.ts';
import type { Reply } from '../route.ts';
import type { Choice, UnitChoices } from './choices.ts';
import { wayPage } from './page.ts';

const worth = (max: number): string => (max > 0 ? counted(pointsOf(max), 'point') : 'not graded');

/** Large enough for a finger (WCAG 2.2, 2.5.5), words beside their box, and the buttons always in sight. */
const style = `
fieldset { border: 1px solid var(--rule); border-radius: 0.5rem; margin: 1rem 0; }
label { display: flex; gap: 0.75rem; align-items: flex-start; padding: 0.6rem 0; min-height: 2.75rem; box-sizing: border-box; cursor: pointer; }
input { flex: none; width: 1.4rem; height: 1.4rem; margin: 0.05rem 0 0; }
button { font: inherit; min-height: 2.75rem; padding: 0.5rem 1.1rem; }
.act { position: sticky; bottom: 0; display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0; padding: 0.75rem 0;
  background: var(--paper); border-top: 1px solid var(--rule); }
`;

/** Where content is chosen: a form with a box (or a dot, where one is taken) for each thing of the course. */
export const pickerPage = (asked: {
  ticket: string;
  units: readonly UnitChoices[];
  several: boolean;
  chosen?: ReadonlySet<string>;
  /** What was wrong with the last choice. */
  wrong?: string | null;
}): Reply => {
  const box = (choice: Choice, label: unknown) => html`<label>
<input type="${asked.several ? 'checkbox' : 'radio'}" name="content" value="${choice.id}"${asked.chosen?.has(choice.id) ? html` checked` : ''}>
<span>${label} <small>${worth(choice.max)}</small></span></label>`;
  const within = (title: string, choices: readonly Choice[]) =>
    choices.length === 0 ? '' : html`<h3>${title}</h3>${choices.map((one) => box(one, one.title))}`;
  return wayPage(
    'Choose what to add',
    html`<h1>Choose what to add to your course</h1>
<p>${
      asked.several
        ? 'Each one becomes a link of its own, with its grade where it has one.'
        : 'Your LMS takes one link at a time; it gets its grade where it has one.'
    } A whole unit counts all that is in it.</p>
${asked.wrong ? html`<p role="alert"><b>${asked.wrong}</b></p>` : ''}
<form method="post" action="/lti/deep-link"><input type="hidden" name="ticket" value="${asked.ticket}">
${asked.units.map(
  ({ unit, scenarios, prompts }) => html`<fieldset><legend><b>${unit.number}. ${unit.title}</b></legend>
${box(unit, 'The whole unit')}${within('Scenarios', scenarios)}${within('Discussion', prompts)}</fieldset>`,
)}
<p class="act"><button>Add to the course</button> <button name="cancel" value="yes">Cancel</button></p></form>`,
    { status: asked.wrong ? 422 : 200, style },
  );
};

/** Takes the answer to the LMS (Deep Linking 2.0, 2.3): by itself, or at the press of a button where there is something to read. */
export const answerPage = (returnUrl: string, jwt: string, refused?: string): Reply =>
  wayPage(
    'Back to your LMS',
    html`<h1>Back to your LMS</h1>${refused ? html`<p role="alert">${refused}</p>` : ''}
<form method="post" action="${returnUrl}"><input type="hidden" name="JWT" value="${jwt}">
<p><button autofocus>Go on</button></p></form>`,
    {
      formsTo: new URL(returnUrl).origin,
      ...(refused ? { status: 400 } : { script: 'document.forms[0].submit();' }),
    },
  );

/** Why there is nothing to choose. */
export const noChoicePage = (status: number, title: string, sentence: string): Reply =>
  wayPage(title, html`<h1 role="alert">${title}</h1><p>${sentence}</p>`, { status });
