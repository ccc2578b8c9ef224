import { parseArgs } from 'node:util';
import { compileContent } from '../src/catalogue/compile.ts';
import { readContent } from './content-files.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const folder = positionals[0] ?? 'content';
const files = await readContent(folder).catch((error: Error) => {
  console.error(`${folder} cannot be read: ${error.message}`);
  process.exit(1);
});
const compiled = await compileContent(files);
if (compiled.ok) {
  const { sources, claims, topics, units, scenarios, prompts, rules } = compiled.catalogue;
  const count = (record: object) => Object.keys(record).length;
  console.log(
    `${folder}: ${sources.length} sources, ${count(claims)} claims, ${count(topics)} topics, ${units.length} units, ` +
      `${count(scenarios)} scenarios, ${count(prompts)} prompts, ${rules.ruleSet.bench.length} samples; rules ${rules.hash}`,
  );
} else {
  for (const { file, line, detail } of compiled.faults) console.error(`${folder}/${file}:${line}: ${detail}`);
  console.error(`${compiled.faults.length} ${compiled.faults.length === 1 ? 'fault' : 'faults'} in ${folder}`);
  process.exitCode = 1;
}
