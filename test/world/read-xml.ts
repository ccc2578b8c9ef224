/** An element of XML: its name with the prefix, its attributes, and what is in it. */
export type Element = { name: string; attributes: Record<string, string>; children: (Element | string)[] };

const unescaped = (text: string) =>
  text.replace(
    /&(amp|lt|gt|quot|apos);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name]!,
  );

/** A reader of XML that refuses what is not well-formed (as far as our writers can go wrong). */
export const readXml = (xml: string): Element => {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  let at = 0;
  for (const match of body.matchAll(/<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:-]+="[^"<]*")*)(\/?)>|[^<>]+/g)) {
    const [token, closes, name, attributes, empty] = match;
    if (match.index !== at) throw new Error(`not well-formed at ${body.slice(at, at + 40)}`);
    at += token.length;
    const parent = open.at(-1)!;
    if (name === undefined) {
      if (/&(?!(amp|lt|gt|quot|apos);)/.test(token)) throw new Error(`a bare ampersand: ${token}`);
      parent.children.push(unescaped(token));
    } else if (closes) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes ${parent.name}`);
    } else {
      const pairs = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [
        key!,
        unescaped(value!),
      ]);
      const element = { name, attributes: Object.fromEntries(pairs) as Record<string, string>, children: [] };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (at !== body.length || open.length !== 1) throw new Error('not all is closed');
  return root.children[0] as Element;
};
export const elementsOf = ({ children }: Element) => children.filter((child) => typeof child !== 'string');

/** The elements of that name, at any depth. */
export const allElements = (element: Element, name: string): Element[] =>
  elementsOf(element).flatMap((child) => [...(child.name === name ? [child] : []), ...allElements(child, name)]);

/** The text in an element. */
export const textOf = ({ children }: Element): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
