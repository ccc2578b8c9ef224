import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { routes } from '../../src/app.ts';
import { criterionKinds } from '../../src/grading/criteria/kinds.ts';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('has every kind of criterion in its table', () => {
    const section = readme.split('| kind of criterion |')[1]!.split('\n\n')[0]!;
    const rows = [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, id, title]) => [id, title]);
    expect(rows).toEqual(criterionKinds.map(({ id, title }) => [id, title]));
  });

  it('has every folder of src/ in its tour', () => {
    const tour = readme.split('## Code tour')[1]!;
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) expect(tour).toContain(`\`${name}/\``);
  });

  it('names no route that is not there', () => {
    const patterns = routes.map(
      ({ path }) => new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    );
    const named = [...readme.matchAll(/\$(BASE_URL|C)(\/[^\s"'?)]*)/g)].map(([, base, path]) =>
      base === 'C' ? `/v1/courses/x${path}` : path!.replace('$COURSE', 'x'),
    );
    expect(named.length).toBeGreaterThan(15);
    for (const path of named)
      expect(
        patterns.some((pattern) => pattern.test(path)),
        path,
      ).toBe(true);
  });

  it('names only npm scripts and files that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, name] of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(name);
    for (const [, path] of readme.matchAll(/`((?:src|test|content|scripts)\/[\w./-]+\.\w+)`/g))
      expect(readFileSync(path!, 'utf8').length, path).toBeGreaterThan(0);
  });
});
