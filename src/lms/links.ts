/** One link of a Link header: its address, then its parameters; commas may stand in both. RFC 8288, 3. */
const LINK = /<([^>]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^;,<]*))?)*)/g;
const PARAMETER = /;\s*([\w*-]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^;,<]*))?/g;

/**
 * The address of the next page by a Link header, absolute, or `null` on the last page. Takes what platforms send: other
 * parameters, commas in addresses, and Moodle's `&amp;` and typographic quotes.
 */
export const nextPage = (header: string | null, base: string): string | null => {
  for (const [, address = '', parameters = ''] of (header ?? '').matchAll(LINK)) {
    const rel = [...parameters.matchAll(PARAMETER)].find(([, name]) => name?.toLowerCase() === 'rel')?.[2] ?? '';
    const relations = rel
      .toLowerCase()
      .replace(/[^\x21-\x7e]|["']/g, ' ')
      .trim()
      .split(/\s+/);
    const target = address.trim().replaceAll('&amp;', '&');
    if (relations.includes('next') && URL.canParse(target, base)) return new URL(target, base).href;
  }
  return null;
};
