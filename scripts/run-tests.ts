import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';

// Runs the tests as processes side by side. Files in workerd share a database and go one after the other, so they are two
// halves with a database each; the third process is for the browser and Node. Vitest by itself would do one after another.

const REPORT = '.build/test-report.json';
const parts = [
  { name: 'workerd-1', args: ['--project', 'workerd', '--shard', '1/2'] },
  { name: 'workerd-2', args: ['--project', 'workerd', '--shard', '2/2'] },
  { name: 'browser', args: ['--project', 'browser', '--project', 'node'] },
];

type Report = { numPassedTests: number; numFailedTests: number; testResults: unknown[] };

const reportOf = (name: string): string => `.build/test-report-${name}.json`;

const run = ({ name, args }: (typeof parts)[number], aloud: boolean) => {
  return new Promise<{ code: number; report: string; said: string }>((resolve) => {
    const report = reportOf(name);
    const child = spawn('vitest', ['run', ...args], {
      env: { ...process.env, TEST_REPORT: report },
      stdio: ['ignore', aloud ? 'inherit' : 'pipe', aloud ? 'inherit' : 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
    child.once('error', ({ message }) => resolve({ code: 1, report, said: message }));
    child.once('exit', (code) => resolve({ code: code ?? 1, report, said }));
  });
};

await rm(REPORT, { force: true });
const runs = await Promise.all(
  parts.map(async (part, index) => {
    await rm(reportOf(part.name), { force: true });
    return run(part, index === 0);
  }),
);
const reports: Report[] = [];
for (const { report, said } of runs) {
  process.stdout.write(said);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text) reports.push(JSON.parse(text) as Report);
}
const sum = (of: (report: Report) => number) => reports.reduce((total, report) => total + of(report), 0);
const whole: Report = {
  numPassedTests: sum(({ numPassedTests }) => numPassedTests),
  numFailedTests: sum(({ numFailedTests }) => numFailedTests),
  testResults: reports.flatMap(({ testResults }) => testResults),
};
await writeFile(REPORT, JSON.stringify(whole));
console.log(`\nAll together: ${whole.numPassedTests} passed, ${whole.numFailedTests} failed`);
process.exit(runs.some(({ code }) => code !== 0) ? 1 : 0);
