import * as z from 'zod';
import { ruleSetSchema, scenarioRuleSchema } from '../grading/rule-set.ts';
import { moduleFile, promptFile, scenarioFile, sourceFile, topicFile, unitFile } from './content-files.ts';
import { type ContentFault, type Parsed, readFrontMatter, readYaml, type WithBody } from './read-files.ts';

/** The files of a module by path under content/, e.g. `units/1.md`. */
export type ContentFiles = Readonly<Record<string, string>>;

const rulesFile = z.strictObject({
  policy: ruleSetSchema().shape.policy,
  scenarios: z.record(
    z.string(),
    scenarioRuleSchema().extend({
      bench: z
        .array(ruleSetSchema().shape.bench.element.omit({ scenario: true }))
        .min(3, 'give at least three samples'),
    }),
  ),
  prompts: ruleSetSchema().shape.prompts,
});

/** Everything in content/, each file parsed and shaped, nothing yet held against anything else. */
export type Documents = {
  module: Parsed<z.output<typeof moduleFile>>;
  topics: Parsed<z.output<typeof topicFile>[]>;
  rules: Parsed<z.output<typeof rulesFile>>;
  sources: WithBody<z.output<typeof sourceFile>>[];
  units: WithBody<z.output<typeof unitFile>>[];
  scenarios: Parsed<z.output<typeof scenarioFile>[]>[];
  prompts: Parsed<z.output<typeof promptFile>[]>[];
};

const byNumber = new Intl.Collator('en', { numeric: true });
const present = <T>(items: readonly (T | undefined)[]): T[] => items.filter((item): item is T => item !== undefined);

/** Reads every file; faults are added to `faults`, and `undefined` is given where there are any. */
export const readDocuments = (files: ContentFiles, faults: ContentFault[]): Documents | undefined => {
  const inFolder = (folder: string, ending: RegExp) =>
    Object.keys(files)
      .filter((path) => path.startsWith(`${folder}/`) && ending.test(path))
      .sort(byNumber.compare);
  const required = <T>(path: string, schema: z.ZodType<T>): Parsed<T> | undefined => {
    const text = files[path];
    if (text !== undefined) return readYaml(path, text, schema, faults);
    faults.push({ file: path, line: 1, detail: 'the file is missing' });
    return undefined;
  };
  const lists = <T>(folder: string, schema: z.ZodType<T>) =>
    present(inFolder(folder, /\.ya?ml$/).map((path) => readYaml(path, files[path]!, z.array(schema), faults)));
  const texts = <T>(folder: string, schema: z.ZodType<T>) =>
    present(inFolder(folder, /\.md$/).map((path) => readFrontMatter(path, files[path]!, schema, faults)));

  const read = /^(module|topics|rules)\.yaml$|^(sources|units)\/[^/]+\.md$|^(scenarios|prompts)\/[^/]+\.ya?ml$/;
  for (const path of Object.keys(files))
    if (!read.test(path))
      faults.push({ file: path, line: 1, detail: 'nothing reads this file: is its folder or ending misspelt?' });

  const module = required('module.yaml', moduleFile);
  const topics = required('topics.yaml', z.array(topicFile));
  const rules = required('rules.yaml', rulesFile);
  const sources = texts('sources', sourceFile);
  const units = texts('units', unitFile);
  const scenarios = lists('scenarios', scenarioFile);
  const prompts = lists('prompts', promptFile);
  if (!module || !topics || !rules || faults.length > 0) return undefined;
  return { module, topics, rules, sources, units, scenarios, prompts };
};
