import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { buildApp } from '../build.ts';
import type { Case } from '../case.ts';

const MOST_BYTES = 130 * 1024;

/** Everything that the build generates, but with a catalogue of nothing. Gives the path. */
const writeStub = async (generated: Record<string, unknown>): Promise<string> => {
  const path = '.bench/no-content.js';
  const exported = Object.entries({ ...generated, catalogue: {} });
  const lines = exported.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
  await writeFile(path, `${lines.join('\n')}\n`);
  return `${process.cwd()}/${path}`;
};

const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;

export const bundle: Case = {
  name: 'bundle',
  run: async ({ app }) => {
    const { catalogue: _content, ...documents } = await import('#catalogue');
    const script = await buildApp('.bench/no-content', { '#catalogue': await writeStub(documents) });
    const [bare, whole] = [await readFile(script), await readFile(app)];
    const bytes = gzipSync(bare).length;
    const ofDocuments = gzipSync(JSON.stringify(documents)).length;
    const note =
      `${kib(bare.length)} minified; of the gzip ${kib(ofDocuments)} are the API's documents; ` +
      `with the course content ${kib(whole.length)}, gzip ${kib(gzipSync(whole).length)}`;
    const measured = `${kib(bytes)} gzip`;
    const target = `<= ${kib(MOST_BYTES)}`;
    return [{ name: 'Worker without course content', measured, target, met: bytes <= MOST_BYTES, n: 1, note }];
  },
};
