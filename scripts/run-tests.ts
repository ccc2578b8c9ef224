import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';

// Runs the tests as two processes side by side: those in workerd, whose files share one database and so go one after the
// other, and those in the browser and in Node. Vitest by itself would wait for one before it begins the other.

const REPORT = '.build/test-report.json';
const parts = [['workerd'], ['browser', 'node']];

type Report = { numPassedTests: number; numFailedTests: number; testResults: unknown[] };

const run = (projects: string[], aloud: boolean): Promise<{ code: number; report: string; said: string }> => {
  const report = `.build/test-report-${projects[0]}.json`;
  const args = ['run', ...projects.flatMap((project) => ['--project', project])];
  return new Promise((resolve) => {
    const child = spawn('vitest', args, {
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
  parts.map(async (projects, index) => {
    await rm(`.build/test-report-${projects[0]}.json`, { force: true });
    return run(projects, index === 0);
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
