/** What the server keeps of somebody's draft to a discussion. */
export type Kept = { body: string; revision: number };

/** What came of a request for it: kept, another one is there, or not done: `again` where trying once more may help. */
export type Came = { kept: Kept } | { moved: true } | { failed: string; again: boolean };

const TIMEOUT_MS = 15_000;

const field = (name: string): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>(`#discussion > input[name="${name}"]`);

/** The revision that this page knows. One that comes late from an earlier request is no news. */
export const knows = (revision: number): void => {
  const known = field('draft');
  if (known && Number(known.value) < revision) known.value = String(revision);
};

export const knowsNone = (): void => {
  const known = field('draft');
  if (known) known.value = '';
};

const ask = async (init: RequestInit, ifMatch?: string): Promise<Response | undefined> => {
  const address = field('draft')?.dataset.at;
  const session = field('session')?.value;
  if (!address || !session) return undefined;
  return fetch(address, {
    ...init,
    headers: {
      authorization: `Bearer ${session}`,
      accept: 'application/json',
      ...(init.body ? { 'content-type': 'application/json' } : {}),
      ...(ifMatch ? { 'if-match': ifMatch } : {}),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
};

const titleOf = async (response: Response): Promise<string> => {
  const { title } = (await response.json().catch(() => ({}))) as { title?: string };
  return title ?? `the server answered ${response.status}`;
};

/** Keeps a draft, unless another one is there than this page knows. `parting`: the page may be gone before the answer. */
export const keep = async (draft: Record<string, unknown>, parting: boolean): Promise<Came> => {
  const known = field('draft')?.value;
  try {
    const body = JSON.stringify(draft);
    const response = await ask({ method: 'put', body, keepalive: parting }, known ? `"r${known}"` : undefined);
    if (!response) return { failed: 'there is no form for it', again: false };
    if (response.ok) return { kept: (await response.json()) as Kept };
    if (response.status === 412 || response.status === 428) return { moved: true };
    return { failed: await titleOf(response), again: response.status >= 500 || response.status === 429 };
  } catch {
    return { failed: 'no connection', again: true };
  }
};

/** The draft that is kept now; `null`: none. Throws where the server cannot be asked. */
export const keptNow = async (): Promise<Kept | null> => {
  const response = await ask({ method: 'get' });
  if (response?.status === 404) return null;
  if (!response?.ok) throw new Error('no draft to be had');
  return (await response.json()) as Kept;
};
