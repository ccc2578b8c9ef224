import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Lms, Platform } from './platforms.ts';

const SETTLE_MS = 200;

/** Loads the platforms from a JSON file, and saves them there shortly after each change. */
export const keepIn = async (lms: Lms, file: string): Promise<{ flush: () => Promise<void> }> => {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  for (const platform of JSON.parse(text) as Platform[]) lms.platforms.set(platform.id, platform);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const save = async () => {
    await mkdir(dirname(file), { recursive: true });
    // Written beside and renamed: a process killed in between leaves the old file whole.
    await writeFile(`${file}.new`, JSON.stringify([...lms.platforms.values()]), { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(save);
    return writing;
  };
  lms.changed = () => {
    timer ??= setTimeout(flush, SETTLE_MS).unref();
  };
  return { flush };
};
