import { readFileSync } from 'node:fs';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig, type Plugin } from 'vitest/config';

// What wrangler.toml replaces in the bundle is replaced in the tests too.
const wrangler = readFileSync('wrangler.toml', 'utf8');
const aliases = [...wrangler.matchAll(/^"([^"]+)" = "\.(\/src[^"]+)"$/gm)];
const alias = Object.fromEntries(aliases.map(([, name, path]) => [name!, `${import.meta.dirname}${path}`]));

/** A module that ends in .txt is its text, as it is for Wrangler; Vite by itself gives an address. */
const texts: Plugin = {
  name: 'texts',
  enforce: 'pre',
  load: (id) => (id.endsWith('.txt') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))};` : undefined),
};

export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: process.env.TEST_REPORT ?? '.build/test-report.json' }]],
    projects: [
      {
        plugins: [
          texts,
          cloudflareTest(({ inject }) => ({
            main: './src/worker.ts',
            miniflare: {
              compatibilityDate: /^compatibility_date = "(.+)"$/m.exec(wrangler)![1]!,
              bindings: {
                TURSO_URL: inject<string>('databaseUrl'),
                SESSION_SECRET: 'the-secret-with-which-the-tests-sign',
                ROOT_KEY: 'root-key-of-the-tests',
                LMS_URL: inject<string>('lmsUrl'),
                ALLOW_LOOPBACK: 'true',
              },
            },
          })),
        ],
        resolve: { alias },
        test: {
          name: 'workerd',
          // Nothing takes that long but on a machine with much else to do.
          testTimeout: 30_000,
          // Each test makes a world of its own, so the files can share the isolate, and what it took to load.
          isolate: false,
          include: ['src/**/*.test.ts', 'test/journeys/**/*.test.ts'],
          globalSetup: './test/world/setup.ts',
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: './test/browser/setup.ts',
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'node',
          include: ['test/guards/**/*.test.ts', 'test/lms/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
