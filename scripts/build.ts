import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { compileContent } from '../src/catalogue/compile.ts';
import { readContent } from './content-files.ts';

// Makes .build/: the catalogue compiled from content/, and the names of the migrations this build expects.
// openapi.ts adds the OpenAPI document.

const compiled = await compileContent(await readContent('content'));
if (!compiled.ok) {
  for (const { file, line, detail } of compiled.faults) console.error(`content/${file}:${line}: ${detail}`);
  process.exit(1);
}
const migrations = (await readdir('drizzle')).filter((name) => name.endsWith('.sql')).sort();

// JSON.parse of a string starts faster than an object literal of the same size; the bodies are strings already.
const { bodies, ...rest } = compiled.catalogue;
await mkdir('.build', { recursive: true });
await writeFile(
  '.build/catalogue.js',
  `const bodies = ${JSON.stringify(bodies)};
export const catalogue = { ...JSON.parse(${JSON.stringify(JSON.stringify(rest))}), bodies };
export const migrations = ${JSON.stringify(migrations.map((name) => name.replace('.sql', '')))};
`,
);
await writeFile(
  '.build/catalogue.d.ts',
  `import type { Catalogue } from '../src/catalogue/shapes.ts';
export declare const catalogue: Catalogue;
export declare const migrations: readonly string[];
`,
);
