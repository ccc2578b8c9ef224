import { matchesClaim } from '../find.ts';
import { announce, onShown } from './shown.ts';

const boxesOf = (picker: Element): HTMLInputElement[] => [
  ...picker.querySelectorAll<HTMLInputElement>('input[name=claims]'),
];

const chip = (id: string): HTMLElement => {
  if (!document.getElementById(`claim-${id}`)) {
    const text = document.createElement('b');
    text.textContent = id;
    return text;
  }
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'claim', textContent: id });
  button.setAttribute('popovertarget', `claim-${id}`);
  return button;
};

const sayCited = (picker: Element): string => {
  const ids = boxesOf(picker).flatMap((box) => (box.checked ? [box.value] : []));
  const line = picker.querySelector<HTMLElement>('.cited')!;
  line.hidden = ids.length === 0;
  line.querySelector('span')!.replaceChildren(...ids.flatMap((id, at) => (at === 0 ? [chip(id)] : [' ', chip(id)])));
  return ids.length === 0 ? 'No claim is cited.' : `Cited: ${ids.join(', ')}.`;
};

/** Ticks or unticks a claim, unless it would be one too many. */
const cite = (picker: HTMLElement, box: HTMLInputElement, checked: boolean): void => {
  const most = Number(picker.dataset.most ?? Number.POSITIVE_INFINITY);
  const others = boxesOf(picker).filter((one) => one !== box && one.checked).length;
  const tooMany = checked && others >= most;
  box.checked = checked && !tooMany;
  const said = sayCited(picker);
  announce(tooMany ? `You cite ${most} claims already. Untick one first. ${said}` : said);
};

/** Shows the claims that hold every word of the search, and those that are ticked. */
const find = (picker: Element, search: string): void => {
  let found = 0;
  for (const reading of picker.querySelectorAll('details')) {
    const name = reading.querySelector('summary')!.textContent;
    let shown = 0;
    for (const label of reading.querySelectorAll('label')) {
      const fits = matchesClaim(name, label.textContent, search);
      label.hidden = !fits && !label.querySelector('input')!.checked;
      if (fits) found += 1;
      if (!label.hidden) shown += 1;
    }
    reading.hidden = shown === 0;
    reading.open = search.trim() !== '' || reading.querySelector(':checked') !== null;
  }
  picker.querySelector<HTMLElement>('.nothing')!.hidden = found > 0;
  announce(search.trim() === '' ? '' : `${found} ${found === 1 ? 'claim' : 'claims'} found.`);
};

const prepare = (picker: HTMLElement): void => {
  const finder = picker.querySelector<HTMLElement>('.finder')!;
  const field = finder.querySelector('input')!;
  finder.hidden = false;
  finder.querySelector('button')!.hidden = true;
  field.addEventListener('input', () => find(picker, field.value));
  // Enter would press the button that is hidden now.
  field.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
  picker.addEventListener('change', ({ target }) => {
    const box = target as HTMLInputElement;
    if (box.name === 'claims') cite(picker, box, box.checked);
  });
};

/** Ticks the claims that a text names, once each: whoever unticks one meant it. */
const citeNamed = (area: HTMLTextAreaElement, ticked: Set<string>): void => {
  const picker = area.form?.querySelector<HTMLElement>('.picker');
  for (const [, id] of area.value.matchAll(/\[([A-Za-z0-9-]+\.\d+)\]/g)) {
    const box = picker && boxesOf(picker).find(({ value }) => value === id);
    if (!box || ticked.has(id!)) continue;
    ticked.add(id!);
    if (box.checked) continue;
    cite(picker, box, true);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

const citeFromMargin = (event: MouseEvent): void => {
  const button = (event.target as Element).closest<HTMLButtonElement>('button[name=cite]');
  const box = [...(button?.form?.elements ?? [])].find(
    (one): one is HTMLInputElement =>
      one instanceof HTMLInputElement && one.name === 'claims' && one.value === button!.value,
  );
  const picker = box?.closest<HTMLElement>('.picker');
  if (!button || !box || !picker) return;
  event.preventDefault();
  cite(picker, box, true);
  box.closest('details')!.open = true;
  button.closest<HTMLElement>('[popover]')?.hidePopover();
};

/** Finds claims as one types, says what is cited, and cites from the margin, and by name in a text, without sending the form. */
export const citeClaims = (): void => {
  onShown(() => {
    for (const picker of document.querySelectorAll<HTMLElement>('.picker')) prepare(picker);
  });
  document.addEventListener('click', citeFromMargin);
  const ticked = new WeakMap<Element, Set<string>>();
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement)) return;
    if (!ticked.has(target)) ticked.set(target, new Set());
    citeNamed(target, ticked.get(target)!);
  });
};
