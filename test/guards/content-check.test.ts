import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const check = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/content-check.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cmgrclass-content-'));
  await cp('test/second-module', folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const edit = async (file: string, from: string, to: string) => {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
};

describe('npm run content:check', () => {
  it('counts what content/ holds, names its rules and ends well', () => {
    const { status, stdout, stderr } = check();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^content: 6 sources, 116 claims, 40 topics, 7 units, 44 scenarios, 22 prompts, [0-9]+ samples; rules sha256:[0-9a-f]{64}\n$/,
    );
    expect(check('content')).toEqual({ status, stdout, stderr });
  });

  it('checks another folder, such as a module of your own', () => {
    const { status, stdout } = check(folder);
    expect(status).toBe(0);
    expect(stdout).toContain(`${folder}: 2 sources, 8 claims, 3 topics, 1 unit, 2 scenarios, 1 prompt, 8 samples;`);
  });

  it('ends badly and says file, line and reason of a fault, and how many there are', async () => {
    await edit('units/1.md', '[k2.2]', '[k2.9]');
    expect(check(folder)).toEqual({
      status: 1,
      stdout: '',
      stderr: `${folder}/units/1.md:18: unknown claim k2.9\n1 fault in ${folder}\n`,
    });
  });

  it('warns of what no sample would notice, by file and line, and ends well all the same', async () => {
    await edit(
      'rules.yaml',
      'title: line with its voice, role: line, claims: [k2.2]',
      'title: again, role: pastry, claims: [k1.2]',
    );
    const { status, stdout, stderr } = check(folder);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `${folder}/rules.yaml:25: warning: scenarios.P1: no sample notices when this entry is dropped; add one with role line and k2.2\n`,
    });
    expect(stdout).toContain('8 samples;');
  });

  it('says all faults at once', async () => {
    await edit('units/1.md', '[k2.2]', '[k2.9]');
    await edit('rules.yaml', 'credit: 0.25', 'credit: 0.2');
    const { status, stderr } = check(folder);
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder}/units/1.md:18: unknown claim k2.9\n`);
    expect(stderr).toMatch(/rules\.yaml:[0-9]+: .*“line without a voice” of P1 should earn 0\.25 and earns 0\.2\n/);
    expect(stderr).toContain(`2 faults in ${folder}\n`);
  });

  it('says so where a file is missing', async () => {
    await rm(join(folder, 'topics.yaml'));
    expect(check(folder)).toMatchObject({
      status: 1,
      stderr: `${folder}/topics.yaml:1: the file is missing\n1 fault in ${folder}\n`,
    });
  });

  it('says that a folder does not exist, without a stack trace', () => {
    const { status, stderr } = check(join(folder, 'nowhere'));
    expect(status).toBe(1);
    expect(stderr).toContain('nowhere');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
