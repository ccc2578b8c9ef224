import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readContent } from '../../scripts/content-files.ts';
import { compileContent } from '../../src/catalogue/compile.ts';
import { buildApp } from './build.ts';
import type { Case, Setting } from './case.ts';
import { cases } from './cases.ts';
import { leaveNothingBehind } from './processes.ts';
import { printTable, type Result, writeResults } from './report.ts';

// npm run bench [-- --only content --only answers] [--rounds 5] [--seconds 2.5] [--soak 60] [--answers 1000000] [--scores 10000]
// Measures the built Worker against the targets and against what stands next to it in the same run. Exit code 1: missed.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2.5' },
    soak: { type: 'string', default: '60' },
    answers: { type: 'string', default: '1000000' },
    scores: { type: 'string', default: '10000' },
    only: { type: 'string', multiple: true },
  },
});
leaveNothingBehind();

const started = Date.now();
const progress = (text: string) => {
  const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(4);
  process.stderr.write(`${seconds} s  ${text}\n`);
};

/** Runs a case; one that fails is a line of the table too. */
const resultsOf = async ({ name, run }: Case, setting: Setting): Promise<Result[]> => {
  progress(`${name} …`);
  try {
    const rows = await run({ ...setting, progress: (text) => progress(`${name}: ${text}`) });
    return rows.map((row) => ({ case: name, ...row }));
  } catch (error) {
    progress(`${name}: ${error instanceof Error ? error.stack : error}`);
    const reason = error instanceof Error ? error.message : String(error);
    return [{ case: name, name: 'ran to its end', measured: 'no', target: 'yes', met: false, n: 0, note: reason }];
  }
};

const [loadBefore = 0] = loadavg();
progress(`building the Worker … (load average ${loadBefore.toFixed(1)}: near 0 is best)`);
const app = await buildApp('.bench/dist');
const compiled = await compileContent(await readContent('content'));
if (!compiled.ok) throw new Error('content/ has faults: npm run content:check');
const { catalogue } = compiled;

const { only } = values;
const chosen = cases.filter(({ name }) => only === undefined || only.includes(name));
if (chosen.length === 0) throw new Error(`--only is one of ${cases.map(({ name }) => name).join(', ')}`);

const sizes = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  soakSeconds: Number(values.soak),
  answers: Number(values.answers),
  scores: Number(values.scores),
};
const setting: Setting = { ...sizes, progress, app, catalogue };
const results: Result[] = [];
for (const one of chosen) results.push(...(await resultsOf(one, setting)));

printTable(results);
await writeResults(results, { ...sizes, loadBefore });
process.exit(results.some(({ met }) => met === false) ? 1 : 0);
