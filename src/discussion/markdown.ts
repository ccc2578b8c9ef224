import type { Catalogue } from '../catalogue/shapes.ts';

const renderers = new WeakMap<Catalogue, Promise<(source: string) => string>>();

/**
 * The parser is loaded on first use: most requests need none, and it would be half of the start-up. Posts have no
 * tables, which take the longest to parse when they are meant to.
 */
const loadRenderer = async ({ claims }: Catalogue) => {
  const { markdownRenderer } = await import('../catalogue/markdown.ts');
  return markdownRenderer(
    (id) => (Object.hasOwn(claims, id) ? { href: `/v1/sources/${claims[id]!.source}#claim-${id}` } : undefined),
    { tables: false },
  );
};

/** The Markdown of a post, or of a course's own prompt, to safe HTML, claim anchors linked to their source. */
export const renderPost = async (catalogue: Catalogue, body: string): Promise<string> => {
  const renderer = renderers.get(catalogue) ?? loadRenderer(catalogue);
  renderers.set(catalogue, renderer);
  return (await renderer)(body);
};
