import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Wrangler gives esbuild for a Worker, so that a library shows both bundles the same side of itself. */
const CONDITIONS = 'workerd,worker,browser';

/** Bundles the Worker as it is deployed, minified; gives the path of the script. `alias`: modules to put in place of others. */
export const buildApp = async (folder: string, alias: Record<string, string> = {}): Promise<string> => {
  const aliases = Object.entries(alias).flatMap(([from, to]) => ['--alias', `${from}:${to}`]);
  await rm(folder, { recursive: true, force: true });
  await run('wrangler', ['deploy', '--dry-run', '--minify', '--outdir', folder, ...aliases], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });
  return `${folder}/worker.js`;
};

/** Bundles one of the small Workers of workers/ that the app is compared with. */
export const buildComparator = async (name: string): Promise<string> => {
  const to = `.bench/${name}.js`;
  const from = `${import.meta.dirname}/workers/${name}.ts`;
  await run('esbuild', [from, '--bundle', '--minify', '--format=esm', `--conditions=${CONDITIONS}`, `--outfile=${to}`]);
  return to;
};
