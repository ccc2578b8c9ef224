import { announce, onShown, type Page, readPage, show } from './shown.ts';

const FIRST_MS = 2000;
const LONGEST_MS = 10_000;
const SLOWER = 1.15;

let timer: ReturnType<typeof setTimeout> | undefined;

/** The page again: by the browser's cookie, or as its links post for it where there is none. */
const fetchPage = async (address: string): Promise<Page> => {
  const go = document.querySelector<HTMLFormElement>('form#go');
  const session = go && new URLSearchParams({ session: (go.elements.namedItem('session') as HTMLInputElement).value });
  const response = await fetch(address, {
    ...(session ? { method: 'post', body: session } : {}),
    headers: { accept: 'text/html' },
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  return readPage(response);
};

const look = async (progress: HTMLElement, gap: number, said: string): Promise<void> => {
  let now = said;
  if (!document.hidden) {
    const page = await fetchPage(progress.dataset.address!).catch(() => null);
    // Another page was shown meanwhile.
    if (!progress.isConnected) return;
    const next = page?.document.getElementById('progress');
    // Done; or, without the course's main part, the session has ended, and looking on would not help.
    if (page && !next) return page.document.getElementById('main') ? show(page) : undefined;
    const says = next?.querySelector('p');
    if (next && says) {
      progress.querySelector('p')!.textContent = now = says.textContent;
      progress.querySelector('progress')!.replaceWith(next.querySelector('progress')!);
    }
  }
  // The count is told now and then; a screen reader that is told every time says nothing else.
  if (now !== said && gap >= LONGEST_MS / 2) announce(now);
  timer = setTimeout(() => look(progress, Math.min(gap * SLOWER, LONGEST_MS), now), gap);
};

/** Looks again by itself where a page says how far something has come, until it has. */
export const followProgress = (): void =>
  onShown(() => {
    clearTimeout(timer);
    const progress = document.getElementById('progress');
    if (progress) timer = setTimeout(() => look(progress, FIRST_MS, ''), FIRST_MS);
  });
