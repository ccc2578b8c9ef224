import { announce, readPage, show } from './shown.ts';

const TIMEOUT_MS = 30_000;
const SAYS_SENDING_AFTER_MS = 600;

type Submitter = HTMLButtonElement | HTMLInputElement | null;

const addressOf = (form: HTMLFormElement, submitter: Submitter): string =>
  submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href;

/** The form as it would be posted without script. */
const bodyOf = (form: HTMLFormElement, submitter: Submitter): URLSearchParams =>
  new URLSearchParams([...new FormData(form, submitter)].map(([name, value]) => [name, String(value)]));

const failures = new WeakMap<HTMLFormElement, HTMLElement>();

/** Says beside the form why it was not taken. The form keeps what was typed, and sent again it is the same request. */
const sayFailed = (form: HTMLFormElement, submitter: Submitter, title: string, detail: string): void => {
  const box = document.createElement('div');
  box.className = 'box bad';
  box.setAttribute('role', 'alert');
  const [says, why] = [document.createElement('b'), document.createElement('p')];
  says.textContent = title;
  why.textContent = detail;
  box.append(says, why);
  failures.set(form, box);
  (submitter ?? form).before(box);
};

const send = async (form: HTMLFormElement, submitter: Submitter): Promise<void> => {
  failures.get(form)?.remove();
  form.setAttribute('aria-busy', 'true');
  const saying = setTimeout(() => announce('Sending…'), SAYS_SENDING_AFTER_MS);
  try {
    const response = await fetch(addressOf(form, submitter).split('#')[0]!, {
      method: 'post',
      body: bodyOf(form, submitter),
      headers: { accept: 'text/html' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const page = await readPage(response);
    // A page of the course; anything else is a refusal that has no form, so this one stays.
    if (page.document.getElementById('main')) {
      if (response.redirected) history.replaceState(null, '', response.url);
      return show(page);
    }
    const heading = page.document.querySelector('h1');
    const detail = page.document.querySelector('h1 + p');
    sayFailed(form, submitter, heading?.textContent ?? 'It was not taken', detail?.textContent ?? 'Try again.');
  } catch {
    sayFailed(
      form,
      submitter,
      'It did not arrive',
      'Nothing you typed is lost. Check your connection and send it again.',
    );
  } finally {
    clearTimeout(saying);
    form.removeAttribute('aria-busy');
  }
};

/**
 * Sends forms that change something (`Change`, which say which request they are) without leaving the page, so that what
 * was typed outlives a request that fails. One with a `target` goes the browser's way. Leaving a text unsent asks first.
 */
export const sendForms = (): void => {
  const typed = new WeakSet<HTMLFormElement>();
  document.addEventListener('input', ({ target }) => {
    // What is kept as a draft is not lost.
    if (target instanceof HTMLTextAreaElement && target.form && !('draft' in target.dataset)) typed.add(target.form);
  });
  addEventListener('beforeunload', (event) => {
    const unsent = [...document.forms].some(
      (form) => typed.has(form) && [...form.querySelectorAll('textarea')].some(({ value }) => value.trim() !== ''),
    );
    if (unsent) event.preventDefault();
  });
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.elements.namedItem('once') || form.target) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy') !== 'true') send(form, event.submitter as Submitter);
  });
};
