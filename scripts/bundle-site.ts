import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Writes .build/site.js: `src/deployed.ts` and all that it imports in one function, `load`, which runs them and gives what
 * `deployed.ts` exports. V8 parses the whole of the Worker's one file at its start: every arrow function of a module in
 * full, and esbuild makes one of each module that is imported late; of a function declaration it seeks but the end.
 */
export const bundleSite = async (): Promise<void> => {
  const wrangler = await readFile('wrangler.toml', 'utf8');
  const standIns = [...wrangler.matchAll(/^"([^"]+)" = "(\.\/src[^"]+)"$/gm)].map(([, name, path]) => [name, path]);
  await build({
    entryPoints: ['src/deployed.ts'],
    outfile: '.build/site.js',
    bundle: true,
    format: 'iife',
    globalName: 'site',
    banner: { js: 'export function load() {' },
    footer: { js: 'return site;\n}' },
    // As Wrangler bundles what it is given.
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    alias: Object.fromEntries(standIns),
    minifySyntax: true,
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  await writeFile('.build/site.d.ts', "export declare const load: () => typeof import('../src/deployed.ts');\n");
};

/** Writes .build/public/page.js, what the browser runs on the pages of a course: a static file. */
export const bundlePageScript = async (): Promise<void> => {
  await build({
    entryPoints: ['src/pages/script/page.ts'],
    outfile: '.build/public/page.js',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
  });
};
