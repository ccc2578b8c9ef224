import { hashRuleSet } from '../grading/rule-set.ts';
import { contentBodies } from './bodies.ts';
import { compileRules } from './compile-rules.ts';
import { compileClaims, compileSources, compileTopics } from './compile-sources.ts';
import { checkAnchors, textCompiler } from './compile-text.ts';
import { compilePrompts, compileScenarios, compileUnits } from './compile-units.ts';
import { type ContentFiles, readDocuments } from './documents.ts';
import type { ContentFault, Report } from './read-files.ts';
import type { Catalogue } from './shapes.ts';

export type Compiled =
  | { ok: true; catalogue: Catalogue; warnings: ContentFault[] }
  | { ok: false; faults: ContentFault[] };

/** Compiles a module's files to one catalogue, or says everything that is wrong with them, by file and line. */
export const compileContent = async (files: ContentFiles): Promise<Compiled> => {
  const faults: ContentFault[] = [];
  const warnings: ContentFault[] = [];
  const into =
    (list: ContentFault[]): Report =>
    (parsed, path, detail) =>
      list.push({ file: parsed.file, line: parsed.lineOf(path), detail });
  const report = into(faults);
  const documents = readDocuments(files, faults);
  if (!documents) return { ok: false, faults };

  const claims = compileClaims(documents, report);
  const sources = compileSources(documents);
  const topics = compileTopics(documents, claims, report);
  const scenarios = compileScenarios(documents, report);
  const prompts = compilePrompts(documents, report);
  const units = compileUnits(documents, scenarios, prompts, report);
  const ruleSet = compileRules(documents, { topics, claims, units, scenarios, prompts }, report, into(warnings));
  checkAnchors(documents, claims, report);
  const text = textCompiler(documents, claims, faults);
  const texts = new Map(
    [...documents.units, ...documents.sources].map((doc) => [`${doc.file.split('/')[0]}/${doc.value.id}`, text(doc)]),
  );
  if (faults.length > 0) return { ok: false, faults };

  const content = { module: documents.module.value, sources, claims, topics, units, scenarios, prompts };
  const bodies = await contentBodies(content, (kind, id) => texts.get(`${kind}/${id}`)!);
  const rules = { hash: await hashRuleSet(ruleSet), ruleSet };
  return { ok: true, catalogue: { ...content, rules, bodies }, warnings };
};
