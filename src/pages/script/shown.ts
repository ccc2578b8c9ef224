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

/** Puts the page of a reply in this one's place: what it has to tell is focused, else its content. */
export const show = (page: Document): void => {
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
