import { LineCounter, parseDocument, visit } from 'yaml';
import type * as z from 'zod';

/** A fault in a content file, as its author needs it: which file, which line, what is wrong. */
export type ContentFault = { file: string; line: number; detail: string };

/** A parsed file's value, and where its parts stand, for faults found later. */
export type Parsed<T> = { file: string; value: T; lineOf: (path: readonly PropertyKey[]) => number };
export type WithBody<T> = Parsed<T> & { body: string; bodyLine: number };

/** Says what is wrong with a part of a parsed file. */
export type Report = (parsed: Parsed<unknown>, path: readonly PropertyKey[], detail: string) => void;

/** A reporter of ids that stand twice; it remembers where each stood first. */
export const uniqueIds = (report: Report) => {
  const seen = new Map<string, string>();
  return (parsed: Parsed<unknown>, path: readonly PropertyKey[], id: string) => {
    const first = seen.get(id);
    if (first) report(parsed, path, `the id ${id} stands already in ${first}`);
    else seen.set(id, `${parsed.file}:${parsed.lineOf(path)}`);
  };
};

const numeric = new Set([
  'credit',
  'points',
  'max',
  'penalty',
  'penaltyPerDay',
  'floor',
  'passMark',
  'words',
  'claims',
  'count',
]);

/** YAML is read with every scalar a string, so that an id like 000.22 stays one; these keys alone become numbers. */
const withNumbers = (value: unknown, key?: string): unknown => {
  if (Array.isArray(value)) return value.map((member) => withNumbers(member));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNumbers(member, name)]));
  const number =
    key !== undefined && numeric.has(key) && typeof value === 'string' && value.trim() !== ''
      ? Number(value)
      : Number.NaN;
  return Number.isNaN(number) ? value : number;
};

/** Parses YAML against a schema; on any fault reports it and gives `undefined`. `firstLine` is where the text starts. */
export const readYaml = <T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  faults: ContentFault[],
  firstLine = 1,
): Parsed<T> | undefined => {
  const lines = new LineCounter();
  const doc = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const before = faults.length;
  for (const { pos, message } of doc.errors) faults.push({ file, line: lineAt(pos[0]), detail: message });
  visit(doc, {
    Alias: (_key, { source, range }) => {
      faults.push({
        file,
        line: lineAt(range?.[0] ?? 0),
        detail: `*${source}: a text that starts with * wants quotes`,
      });
    },
  });
  if (faults.length > before) return undefined;

  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = doc.getIn(path.slice(0, length) as (string | number)[], true) as { range?: [number] } | undefined;
      if (node?.range) return lineAt(node.range[0]);
    }
    return firstLine;
  };
  const result = schema.safeParse(withNumbers(doc.toJS()));
  if (!result.success) {
    for (const { path, message } of result.error.issues)
      faults.push({ file, line: lineOf(path), detail: `${path.join('.') || 'the file'}: ${message}` });
    return undefined;
  }
  return { file, value: result.data, lineOf };
};

/** A Markdown file with YAML front matter between two `---` lines. */
export const readFrontMatter = <T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  faults: ContentFault[],
): WithBody<T> | undefined => {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n\s*|$)/.exec(text);
  if (!match) {
    const detail = 'front matter is missing: the file starts with --- and a second --- ends it';
    faults.push({ file, line: 1, detail });
    return undefined;
  }
  const parsed = readYaml(file, match[1]!, schema, faults, 2);
  return parsed && { ...parsed, body: text.slice(match[0].length).trimEnd(), bodyLine: match[0].split('\n').length };
};
