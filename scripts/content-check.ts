import { parseArgs } from 'node:util';
import { compileContent } from '../src/catalogue/compile.ts';
import { readContent, sayFaults } from './content-files.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const folder = positionals[0] ?? 'content';
const files = await readContent(folder).catch((error: Error) => {
  console.error(`${folder} cannot be read: ${error.message}`);
  process.exit(1);
});
const compiled = await compileContent(files);
if (compiled.ok) {
  const { sources, claims, topics, units, scenarios, prompts, rules } = compiled.catalogue;
  const count = (items: object, one: string) => {
    const number = Object.keys(items).length;
    return `${number} ${number === 1 ? one : `${one}s`}`;
  };
  const counts = [
    count(sources, 'source'),
    count(claims, 'claim'),
    count(topics, 'topic'),
    count(units, 'unit'),
    count(scenarios, 'scenario'),
    count(prompts, 'prompt'),
    count(rules.ruleSet.bench, 'sample'),
  ];
  sayFaults(folder, compiled.warnings, 'warning: ');
  console.log(`${folder}: ${counts.join(', ')}; rules ${rules.hash}`);
} else {
  sayFaults(folder, compiled.faults);
  console.error(`${compiled.faults.length} ${compiled.faults.length === 1 ? 'fault' : 'faults'} in ${folder}`);
  process.exitCode = 1;
}
