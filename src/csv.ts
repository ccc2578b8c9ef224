import { csvFormatRow, csvParseRows } from 'd3-dsv';

/** What is wrong with a file, and where. Lines count from 1, as an editor shows them. */
export type LineFault = { line: number; column?: string; detail: string };

/** A row of a table by the keys of its columns. A cell that the row does not reach is `undefined`. */
export type TableRow<Key extends string> = { line: number; cells: Partial<Record<Key, string>> };

/** A text that no spreadsheet takes for a formula (OWASP, CSV Injection). `uninert` gives it back. */
export const inert = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export const uninert = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

/** Rows of cells as CSV (RFC 4180). */
export const writeCsv = (rows: readonly string[][]): string => rows.map((row) => `${csvFormatRow(row)}\r\n`).join('');

/** The lines that a row spans: a quoted cell may hold line breaks. */
const heightOf = (cells: readonly string[]) =>
  cells.reduce((lines, cell) => lines + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 1);

const numbered = (text: string) => {
  let next = 1;
  return csvParseRows(text.replace(/^\ufeff/, ''), (cells) => {
    const line = next;
    next += heightOf(cells);
    return { line, cells: cells.map((cell) => cell.trim()) };
  });
};

/**
 * Reads CSV with a head: `keyOf` says which column a title is (`undefined`: none that we know). Rows without any text
 * are left out; cells are trimmed. Gives all that is wrong with the table as such.
 */
export const readTable = <Key extends string>(
  text: string,
  keyOf: (title: string) => Key | undefined,
): { columns: Key[]; rows: TableRow<Key>[]; faults: LineFault[] } => {
  const [head, ...body] = numbered(text).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!head) return { columns: [], rows: [], faults: [{ line: 1, detail: 'the file is empty' }] };
  const keys = head.cells.map(keyOf);
  const faults: LineFault[] = head.cells.flatMap((column, index) => {
    const key = keys[index];
    const detail =
      key === undefined
        ? 'there is no such column; columns are separated by commas'
        : keys.indexOf(key) < index
          ? 'the column is there twice'
          : undefined;
    return detail === undefined ? [] : [{ line: head.line, column, detail }];
  });
  // A quoted cell that is never closed swallows the rest of the file.
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1)
    faults.push({
      line: (body.at(-1) ?? head).line,
      detail: 'a quotation mark is opened here or above, and not closed',
    });
  const rows = body.map(({ line, cells }) => {
    if (cells.length > keys.length)
      faults.push({ line, detail: `there are ${cells.length} cells under ${keys.length} columns` });
    const named = keys.flatMap((key, index) => (key === undefined ? [] : [[key, cells[index]] as const]));
    return { line, cells: Object.fromEntries(named) as TableRow<Key>['cells'] };
  });
  return { columns: keys.filter((key) => key !== undefined), rows, faults };
};
