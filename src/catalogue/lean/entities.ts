// Stands in for the package `entities` in the Worker's bundle (wrangler.toml, [alias]): its table of 2 231 names is a
// tenth of the whole Worker. Posts keep the names below and every numeric reference; others are shown as typed.
const named: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': '\u00a0',
  '&ndash;': '–',
  '&mdash;': '—',
  '&hellip;': '…',
  '&euro;': '€',
  '&copy;': '©',
};

export const decodeHTMLStrict = (text: string): string => named[text] ?? text;
