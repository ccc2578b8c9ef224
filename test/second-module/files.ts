import type { ContentFiles } from '../../src/catalogue/documents.ts';

declare global {
  interface ImportMeta {
    glob: (pattern: string, options: { query: '?raw'; import: 'default'; eager: true }) => Record<string, string>;
  }
}

const texts = import.meta.glob('./**/*.{yaml,md}', { query: '?raw', import: 'default', eager: true });

/** The second module's files as `compileContent` takes them: workerd has no file system, so Vite brings them in. */
export const secondModule: ContentFiles = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path.slice('./'.length), text]),
);
