import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ContentFiles } from '../src/catalogue/documents.ts';
import type { ContentFault } from '../src/catalogue/read-files.ts';

/** Reads a module's folder into the form that `compileContent` takes. */
export const readContent = async (folder: string): Promise<ContentFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && /\.(ya?ml|md)$/.test(entry.name))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path).replaceAll('\\', '/'), await readFile(path, 'utf8')] as const;
      }),
  );
  return Object.fromEntries(entries.length > 0 ? files : []);
};

/** Says what is wrong with a module's files, a line each, by file and line. */
export const sayFaults = (folder: string, faults: readonly ContentFault[], kind = ''): void => {
  for (const { file, line, detail } of faults) console.error(`${folder}/${file}:${line}: ${kind}${detail}`);
};
