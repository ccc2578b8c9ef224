const made: (() => void)[] = [];

/** Does this to the page now, and again whenever a reply took its place. */
export const onShown = (make: () => void): void => {
  made.push(make);
  make();
};

/** Says something to screen readers. */
export const announce = (text: string): void => {
  document.getElementById('live')!.textContent = text;
};

export type Page = { document: Document; style: string };

const styleElement = /<style[^>]*>(.*?)<\/style>/s;

/** The page of a reply. Its style sheet is taken out: a parser would hold it against the nonce of the page that is here. */
export const readPage = async (response: Response): Promise<Page> => {
  const text = await response.text();
  const document = new DOMParser().parseFromString(text.replace(styleElement, ''), 'text/html');
  return { document, style: styleElement.exec(text)?.[1] ?? '' };
};

/** Puts the page of a reply in this one's place: what it has to tell is focused, else its content. */
export const show = ({ document: page, style }: Page): void => {
  const sheet = document.querySelector('style')!;
  if (sheet.textContent !== style) sheet.textContent = style;
  const live = document.getElementById('live')!;
  page.getElementById('live')?.replaceWith(live);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  for (const make of made) make();
  const result = document.getElementById('result');
  const place = result ?? document.getElementById('main');
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: result ? 'nearest' : 'start' });
  if (result) announce(result.innerText.slice(0, 400));
};
