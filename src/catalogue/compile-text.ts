import type { Documents } from './documents.ts';
import { markdownRenderer } from './markdown.ts';
import type { ContentFault, Report, WithBody } from './read-files.ts';
import type { Claim, Text } from './shapes.ts';

/** The ids in a text that look like claim anchors, each with the line of the text that it stands on (from 0). */
const anchorsIn = (text: string) =>
  text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(/\[([A-Za-z0-9-]+\.[0-9]+)\]/g)].map(([, id]) => ({ id: id!, index })));

/** Refuses anchors to unknown claims in the texts of scenarios and prompts. */
export const checkAnchors = (
  { scenarios, prompts }: Documents,
  claims: Record<string, Claim>,
  report: Report,
): void => {
  for (const doc of [...scenarios, ...prompts])
    doc.value.forEach(({ text }, at) => {
      for (const { id } of anchorsIn(text))
        if (!Object.hasOwn(claims, id)) report(doc, [at, 'text'], `unknown claim ${id}`);
    });
};

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
    for (const { id, index } of anchorsIn(doc.body))
      if (!Object.hasOwn(claims, id))
        faults.push({ file: doc.file, line: doc.bodyLine + index, detail: `unknown claim ${id}` });
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
