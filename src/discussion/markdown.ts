import type { Catalogue } from '../catalogue/shapes.ts';

let renderer: Promise<(source: string) => string> | undefined;

/**
 * A post's Markdown to safe HTML, claim anchors linked to their source. The parser is loaded on first use: most
 * requests need none, and it would be half of the start-up.
 */
export const renderPost = async ({ claims }: Catalogue, body: string): Promise<string> => {
  renderer ??= import('../catalogue/markdown.ts').then(({ markdownRenderer }) =>
    markdownRenderer((id) => {
      const claim = Object.hasOwn(claims, id) ? claims[id] : undefined;
      return claim && { href: `/v1/sources/${claim.source}#claim-${id}`, label: claim.text };
    }),
  );
  return (await renderer)(body);
};
