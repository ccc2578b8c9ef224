import { onShown } from './shown.ts';

/** The cells of a row that open something, its person's name first. */
const linksOf = (row: HTMLTableRowElement): HTMLElement[] => [
  ...row.querySelectorAll<HTMLElement>('a, button[formaction]'),
];

const step: Readonly<Record<string, readonly [down: number, along: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key leads from a cell among `rows` rows of `columns`, each counted from 0; nowhere for other keys. */
const next = (event: KeyboardEvent, row: number, column: number, rows: number, columns: number) => {
  const moves = step[event.key];
  if (moves && !event.ctrlKey && !event.metaKey) return [row + moves[0], column + moves[1]] as const;
  if (event.key === 'Home') return [event.ctrlKey ? 0 : row, 0] as const;
  if (event.key === 'End') return [event.ctrlKey ? rows - 1 : row, columns - 1] as const;
  return undefined;
};

const moveByKeys = (table: HTMLTableElement): void => {
  const rows = [...table.tBodies[0]!.rows].map(linksOf);
  let current = rows[0]?.[0];
  for (const link of rows.flat()) link.tabIndex = link === current ? 0 : -1;
  const enter = (link: HTMLElement) => {
    if (current) current.tabIndex = -1;
    current = link;
    link.tabIndex = 0;
  };
  table.addEventListener('focusin', ({ target }) => {
    if (rows.some((row) => row.includes(target as HTMLElement))) enter(target as HTMLElement);
  });
  table.addEventListener('keydown', (event) => {
    const row = rows.findIndex((links) => links.includes(event.target as HTMLElement));
    if (row < 0 || event.altKey || event.shiftKey) return;
    const place = next(event, row, rows[row]!.indexOf(event.target as HTMLElement), rows.length, rows[row]!.length);
    if (!place) return;
    event.preventDefault();
    rows[place[0]]?.[place[1]]?.focus();
  });
};

/** In the gradebook the arrows, Home and End go from cell to cell, and Tab passes the table by; it stays a table. */
export const moveInGradebook = (): void =>
  onShown(() => {
    const table = document.querySelector<HTMLTableElement>('.gradebook table');
    if (!table) return;
    moveByKeys(table);
    const hint = document.createElement('p');
    hint.className = 'quiet';
    hint.id = 'keys';
    hint.textContent = 'In the table the arrow keys, Home and End go from cell to cell, and Enter opens one.';
    // Once somebody is in the table: added before, it would push what they read.
    table.addEventListener('focusin', () => table.closest('section')!.after(hint), { once: true });
    table.setAttribute('aria-describedby', hint.id);
  });
