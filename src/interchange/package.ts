import { strToU8, zipSync } from 'fflate';

/** The same rules give the same bytes: no file has the time of its export. */
const MADE_AT = new Date('2000-01-01T12:00:00Z');

/** Text files by name as a ZIP archive. */
export const packageOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime: MADE_AT });
