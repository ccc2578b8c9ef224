import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = 'src';
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'));
const read = (file: string) => readFileSync(join(src, file), 'utf8');
const importsOf = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, target]) => target!);
const folderOf = (file: string) => (file.includes('/') ? file.split('/')[0]! : '');

// Each folder imports only from itself and those before it. The README's code tour is in the same order.
const order = [
  'db',
  'grading',
  'catalogue',
  'auth',
  'lms',
  'courses',
  'rule-sets',
  'grades',
  'answers',
  'discussion',
  'regrades',
  'appeals',
  'person-data',
  'analytics',
  'interchange',
  'outbox',
  'pages',
  'lti',
];

describe('the house', () => {
  it('has every folder in its place in the order', () => {
    const folders = new Set(files.map(folderOf).filter((folder) => folder !== ''));
    expect([...folders].filter((folder) => !order.includes(folder))).toEqual([]);
  });

  it('lets a folder import only from itself and those before it', () => {
    const wrong = files.flatMap((file) => {
      const own = folderOf(file);
      return importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(src, join(src, dirname(file), target)).replaceAll('\\', '/'))
        .filter(
          (target) => own !== '' && folderOf(target) !== '' && order.indexOf(folderOf(target)) > order.indexOf(own),
        )
        .map((target) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps Drizzle to db/ and the stores, Hono to the edge, and the environment to worker.ts', () => {
    const importing = (pattern: RegExp) =>
      files.filter((file) => importsOf(file).some((target) => pattern.test(target)));
    expect(importing(/^drizzle-orm/).filter((file) => !/^db\/|[/-]store\.ts$/.test(file))).toEqual([]);
    expect(importing(/^hono(\/body-limit)?$/)).toEqual(['edge.ts']);
    expect(importing(/^#catalogue$/)).toEqual(['worker.ts']);
    expect(files.filter((file) => /\bDate\.now\(|Math\.random\(\)|\bv7\(/.test(read(file)))).toEqual(['db/client.ts']);
  });

  it('starts with little: what worker.ts imports at once, and what that imports, is ours alone', () => {
    const atOnce = (file: string): string[] =>
      [...read(file).matchAll(/^import (?!type )[^;]*from '([^']+)'/gm)].flatMap(([, target]) =>
        target!.startsWith('.') ? atOnce(join(dirname(file), target!)) : [target!],
      );
    expect(atOnce('worker.ts')).toEqual(['#catalogue']);
  });

  it('has no drawers, barrels, classes but one, enums, nor default exports but one', () => {
    expect(files.filter((file) => /(^|\/)(index|utils?|helpers?|types|common|misc)\.tsx?$/.test(file))).toEqual([]);
    expect(files.filter((file) => /^export \* from|^export \{[^}]*\} from/m.test(read(file)))).toEqual([]);
    const classes = files.filter((file) => /^\s*(export )?(default )?(abstract )?class /m.test(read(file)));
    expect(classes.filter((file) => !file.startsWith('catalogue/lean/'))).toEqual(['problem.ts']);
    expect(files.filter((file) => /^export default/m.test(read(file)))).toEqual(['worker.ts']);
  });

  it('imports zod as a namespace, which keeps its fifty languages out of the bundle', () => {
    expect(files.filter((file) => /import (?!type )(?!\* as z )[^;]*from 'zod'/.test(read(file)))).toEqual([]);
  });

  it('has small files: none over 300 lines, nine in ten within 160', () => {
    const sizes = files.map((file) => [file, read(file).split('\n').length] as const);
    expect(sizes.filter(([, lines]) => lines > 300)).toEqual([]);
    const within = sizes.filter(([, lines]) => lines <= 160).length;
    expect(within / sizes.length).toBeGreaterThanOrEqual(0.9);
  });
});
