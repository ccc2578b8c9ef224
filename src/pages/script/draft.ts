import { type Kept, keep, keptNow, knows, knowsNone } from './draft-request.ts';
import { announce, onShown } from './shown.ts';

const PAUSE_MS = 1500;
const AFTER_SENDING_MS = 10_000;
const MAX_WAIT_MS = 60_000;

type Waiting = { timer: ReturnType<typeof setTimeout>; evenEmpty: boolean };

/** The fields that wait to be kept, by their ids: a reply of the server may put others in their place. */
const waiting = new Map<string, Waiting>();
let failures = 0;
let busy = false;

const areaOf = (id: string): HTMLTextAreaElement | null =>
  document.querySelector(`textarea[data-draft]#${CSS.escape(id)}`);

const say = (id: string, text: string): void => {
  const note = document.getElementById(`note-${id}`);
  if (note) note.textContent = text;
};

const otherText = (id: string): HTMLElement | null => document.getElementById(`other-${id}`);

const later = (id: string, ms: number, evenEmpty: boolean): void => {
  clearTimeout(waiting.get(id)?.timer);
  waiting.set(id, { timer: setTimeout(() => save(id), ms), evenEmpty });
};

/** There is one draft in a discussion: the text that was typed last. */
const saidKept = (id: string): void => {
  say(id, 'Draft kept just now');
  for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-draft]'))
    if (area.id !== id && area.value !== '') say(area.id, 'Not kept as a draft: only the text that you typed last is.');
};

const button = (label: string, act: () => void): HTMLButtonElement => {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = label;
  made.addEventListener('click', act);
  return made;
};

/** Shows another text beside the one in the field, to be had in its place. */
const offer = (id: string, text: string, why: string, closing: string): HTMLElement => {
  otherText(id)?.remove();
  const box = document.createElement('section');
  box.id = `other-${id}`;
  box.className = 'box warn';
  const [says, quote, actions] = ['p', 'blockquote', 'p'].map((name) => document.createElement(name));
  says!.textContent = why;
  quote!.textContent = text;
  quote!.className = 'typed';
  quote!.dir = 'auto';
  actions!.className = 'actions';
  const changed = (area: HTMLTextAreaElement) => area.dispatchEvent(new Event('input', { bubbles: true }));
  const take = () => {
    const area = areaOf(id)!;
    const mine = area.value;
    area.value = text;
    offer(id, mine, 'This stood here before:', 'Close');
    changed(area);
    area.focus();
  };
  const close = () => {
    box.remove();
    changed(areaOf(id)!);
  };
  actions!.append(button('Take this text', take), button(closing, close));
  box.append(says!, quote!, actions!);
  document.getElementById(`note-${id}`)?.after(box);
  return box;
};

/** What was kept elsewhere is offered beside what was typed here; nothing is kept until one is chosen. */
const offerBoth = (id: string, theirs: Kept): void => {
  const why = 'You wrote something else here meanwhile, in another window or on another device:';
  offer(id, theirs.body, why, 'Keep what stands above').dataset.undecided = '';
  knows(theirs.revision);
  say(id, 'Not kept: another text is.');
  announce(why);
};

const compare = async (id: string, area: HTMLTextAreaElement): Promise<void> => {
  const theirs = await keptNow().catch(() => undefined);
  if (theirs === undefined) return failed(id, 'no connection', true);
  if (theirs === null) knowsNone();
  else if (theirs.body === area.value) knows(theirs.revision);
  else return offerBoth(id, theirs);
  later(id, 0, true);
};

const failed = (id: string, why: string, again: boolean): void => {
  say(id, `Draft not kept: ${why}.${again ? ' Trying again…' : ''}`);
  if (failures === 0) announce(`Draft not kept: ${why}.`);
  failures += 1;
  if (again) later(id, Math.min(MAX_WAIT_MS, PAUSE_MS * 2 ** failures), true);
};

/** The draft as the API takes it: a reply is text alone. */
const draftIn = (area: HTMLTextAreaElement): Record<string, unknown> => {
  const parentId = area.dataset.draft;
  if (parentId) return { body: area.value, parentId };
  const form = area.form!;
  const claims = [...form.querySelectorAll<HTMLInputElement>('input[name="claims"]:checked')].map(({ value }) => value);
  const role = form.querySelector<HTMLSelectElement>('select[name="role"]')?.value || null;
  return { body: area.value, claims: claims.slice(0, 20), role };
};

const keepNow = async (id: string, area: HTMLTextAreaElement, parting: boolean): Promise<void> => {
  const came = await keep(draftIn(area), parting);
  if ('failed' in came) return failed(id, came.failed, came.again);
  failures = 0;
  if ('moved' in came) return compare(id, area);
  knows(came.kept.revision);
  saidKept(id);
};

const save = async (id: string, parting = false): Promise<void> => {
  const area = areaOf(id);
  const { evenEmpty = true } = waiting.get(id) ?? {};
  if (busy && !parting) return later(id, PAUSE_MS, evenEmpty);
  clearTimeout(waiting.get(id)?.timer);
  waiting.delete(id);
  if (!area || otherText(id)?.dataset.undecided !== undefined || (area.value === '' && !evenEmpty)) return;
  busy = true;
  await keepNow(id, area, parting).finally(() => {
    busy = false;
  });
};

/** Keeps on the server what is being written, after each pause; what is kept stands in the form wherever it is opened. */
export const keepDrafts = (): void => {
  onShown(() => {
    for (const plain of document.querySelectorAll<HTMLElement>('[data-plain]')) plain.hidden = true;
  });
  document.addEventListener('input', ({ target }) => {
    const field = target as HTMLInputElement;
    if (field.matches('textarea[data-draft]')) return later(field.id, PAUSE_MS, true);
    if (field.form?.id === 'discussion' && /^(claims|role)$/.test(field.name) && areaOf('body')?.value)
      later('body', PAUSE_MS, true);
  });
  // What is sent needs no draft; what was not taken does.
  document.addEventListener('submit', () => {
    for (const id of waiting.keys()) later(id, AFTER_SENDING_MS, false);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') for (const id of waiting.keys()) void save(id, true);
  });
  window.addEventListener('online', () => {
    for (const id of waiting.keys()) later(id, 0, true);
  });
};
