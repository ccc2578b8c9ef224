import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { apiHeaders } from '../src/api-headers.ts';
import { compileContent } from '../src/catalogue/compile.ts';
import { openApiDocument } from '../src/openapi.ts';
import { docsPage, homePage } from '../src/pages/docs.ts';
import { pagePolicy } from '../src/pages/page.ts';
import { bundlePageScript, bundleSite } from './bundle-site.ts';
import { readContent, sayFaults } from './content-files.ts';
import './jsx.ts';

// Makes .build/: the catalogue compiled from content/, the OpenAPI document and its pages as static files, the names of
// the migrations this build expects, and the part of the Worker that it loads late. A fault in content/ stops it, named by
// file and line.

// Wrangler runs this too; whoever has just built says so.
if (process.env.BUILT === 'true') process.exit(0);

const { sections } = await import('../src/app.ts');
const compiled = await compileContent(await readContent('content'));
if (!compiled.ok) {
  sayFaults('content', compiled.faults);
  process.exit(1);
}
sayFaults('content', compiled.warnings, 'warning: ');
const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
const openApi = openApiDocument(sections, version);
// Static files: the platform serves them without waking the Worker, and they are no part of its bundle.
const headers = Object.entries({ ...apiHeaders, 'content-security-policy': pagePolicy });
const publicFiles = {
  'index.html': homePage(compiled.catalogue.module),
  'docs.html': docsPage(sections, openApi),
  'openapi.json': JSON.stringify(openApi),
  _headers: `/*\n${headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`,
};
await mkdir('.build/public', { recursive: true });
for (const [name, text] of Object.entries(publicFiles)) await writeFile(`.build/public/${name}`, text);

const migrations = (await readdir('drizzle')).filter((name) => name.endsWith('.sql')).sort();

// A text module, which costs the Worker's start no parsing: a line for the catalogue that handlers read, then one for each
// body of a content route, as it is sent.
const { bodies, ...rest } = compiled.catalogue;
const etags = Object.entries(bodies).map(([path, { etag }]) => [path, etag]);
await writeFile(
  '.build/catalogue.txt',
  [JSON.stringify(rest), ...Object.values(bodies).map(({ body }) => body)].join('\n'),
);
await writeFile(
  '.build/catalogue.js',
  `import text from './catalogue.txt';
const [rest, ...lines] = text.split('\\n');
const etags = ${JSON.stringify(etags)};
let parsed;
const read = () => (parsed ??= JSON.parse(rest));
export const catalogue = {
  bodies: Object.fromEntries(etags.map(([path, etag], line) => [path, { body: lines[line], etag }])),
${Object.keys(rest)
  .map((name) => `  get ${name}() { return read().${name}; },`)
  .join('\n')}
};
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

await bundleSite();
await bundlePageScript();
