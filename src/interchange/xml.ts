const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for XML 1.0: what it cannot hold (section 2.2, Char) becomes the replacement character. */
export const xml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that XML cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => references[char]!);

/** An identifier: a letter or underscore first, then those, digits, dots and dashes. */
export const identifier = (id: string): string =>
  xml(
    /^[A-Za-z][\w.-]*$/.test(id) ? id : `_${id.replace(/[^\w.-]/g, (char) => `_${char.codePointAt(0)!.toString(16)}`)}`,
  );
