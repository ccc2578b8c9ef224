import { writeFile } from 'node:fs/promises';
import type { Row } from './case.ts';

export type Result = Row & { case: string };

const verdictOf = ({ met }: Row) => (met === null ? '-' : met ? 'met' : 'MISSED');

/** Prints the one table of a run. */
export const printTable = (results: readonly Result[]): void => {
  const head = ['case', 'what', 'measured', 'target', '', 'n'];
  const lines = results.map((one) => [one.case, one.name, one.measured, one.target, verdictOf(one), String(one.n)]);
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]!.length)));
  const padded = (line: string[]) => line.map((cell, column) => cell.padEnd(widths[column]!)).join('  ');
  console.log(padded(head));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const [index, line] of lines.entries()) {
    console.log(padded(line).trimEnd());
    const { note } = results[index]!;
    if (note) console.log(`${' '.repeat(widths[0]! + 2)}${note}`);
  }
};

/** Keeps the run for comparison with others. */
export const writeResults = (results: readonly Result[], setting: Record<string, unknown>): Promise<void> =>
  writeFile(
    '.bench/results.json',
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, ...setting, results }, null, 2)}\n`,
  );
