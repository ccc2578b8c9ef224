import type { Documents } from './documents.ts';
import { markdownRenderer } from './markdown.ts';
import type { ContentFault, WithBody } from './read-files.ts';
import type { Claim, Text } from './shapes.ts';

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/**
 * Renders lessons and digests: claim anchors open the claim at the end of the same text, so that they work wherever
 * the HTML is shown. An anchor to no claim is a fault.
 */
export const textCompiler = ({ sources }: Documents, claims: Record<string, Claim>, faults: ContentFault[]) => {
  const sourceName = (id: string) => {
    const source = sources.find(({ value }) => value.id === id)?.value;
    return source ? `${source.author ?? 'an unnamed writer'}, “${source.title}”` : id;
  };
  const said = ({ speaker, source, place }: Claim) =>
    `${speaker ? `${speaker}, quoted by ` : ''}${sourceName(source)}, ${place}`;

  return (doc: WithBody<unknown>): Text => {
    const cited = new Set<string>();
    const markdown = markdownRenderer((id) => {
      const claim = Object.hasOwn(claims, id) ? claims[id] : undefined;
      if (claim) cited.add(id);
      return claim && { href: `#claim-${id}`, label: said(claim) };
    });
    doc.body.split('\n').forEach((line, index) => {
      for (const [, id] of line.matchAll(/\[([A-Za-z0-9-]+\.[0-9]+)\]/g))
        if (!Object.hasOwn(claims, id!))
          faults.push({ file: doc.file, line: doc.bodyLine + index, detail: `unknown claim ${id}` });
    });
    const html = markdown(doc.body);
    const entries = [...cited].sort().map((id) => {
      const { text, stance } = claims[id]!;
      const who = escapeHtml(said(claims[id]!));
      return `<li id="claim-${id}" data-claim="${id}"><b>${id}</b> ${escapeHtml(text)} <cite>${who}</cite> <i>${stance}</i></li>`;
    });
    const list = `<section class="claims"><h2>Claims cited here</h2><ul>${entries.join('')}</ul></section>`;
    return { html: entries.length > 0 ? `${html}${list}` : html, markdown: doc.body };
  };
};
