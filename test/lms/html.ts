/** A text with what HTML reads as its own escaped, for content and for values in quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page that posts a form by itself, or at the press of its button where there is no script. */
export const postingPage = (action: string, fields: Record<string, string>, label: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(label)}</title>
<form method="post" action="${escaped(action)}">
${Object.entries(fields)
  .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
  .join('\n')}
<button>${escaped(label)}</button>
</form>
<script>document.forms[0].submit()</script></html>`;
