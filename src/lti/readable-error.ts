const MAX = 600;

const words = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(words);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const said = words(inner);
    return /^(errors?|message|error_description|detail|title|description)$/.test(name) || said.length === 0
      ? said
      : [`${name}: ${said.join(', ')}`];
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What a platform says of a failure, for its administrator to read: from JSON, HTML or plain text, cut to a paragraph. */
export const readableError = (text: string): string => {
  const fromJson = [...new Set(words(parsed(text)))].join('; ');
  const plain =
    fromJson ||
    text
      .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
  return plain.length > MAX ? `${plain.slice(0, MAX)}…`.toWellFormed() : plain;
};
