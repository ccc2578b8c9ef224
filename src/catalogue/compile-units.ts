import type { Documents } from './documents.ts';
import { markdownRenderer } from './markdown.ts';
import { type Report, uniqueIds } from './read-files.ts';
import type { Prompt, Scenario, Unit } from './shapes.ts';

/** Which unit each scenario or prompt belongs to; none belongs to two. */
const ownersOf = (kind: 'scenarios' | 'prompts', { units }: Documents, report: Report): Map<string, string> => {
  const owners = new Map<string, string>();
  for (const doc of units)
    doc.value[kind].forEach((id, index) => {
      if (owners.has(id)) report(doc, [kind, index], `${id} belongs to unit ${owners.get(id)} already`);
      owners.set(id, doc.value.id);
    });
  return owners;
};

export const compileScenarios = (documents: Documents, report: Report): Record<string, Scenario> => {
  const topics = new Set(documents.topics.value.map(({ id }) => id));
  const owners = ownersOf('scenarios', documents, report);
  const unique = uniqueIds(report);
  const scenarios: Record<string, Scenario> = {};
  for (const doc of documents.scenarios)
    doc.value.forEach((scenario, index) => {
      const { id, topic } = scenario;
      unique(doc, [index], id);
      if (!topics.has(topic)) report(doc, [index, 'topic'], `${id}: unknown topic ${topic}`);
      if (!owners.has(id)) report(doc, [index], `${id} stands in no unit's list of scenarios`);
      scenarios[id] = { ...scenario, unit: owners.get(id) ?? '' };
    });
  return scenarios;
};

export const compilePrompts = (documents: Documents, report: Report): Record<string, Prompt> => {
  const sources = new Set(documents.sources.map(({ value }) => value.id));
  const owners = ownersOf('prompts', documents, report);
  const unique = uniqueIds(report);
  const markdown = markdownRenderer(() => undefined);
  const prompts: Record<string, Prompt> = {};
  for (const doc of documents.prompts)
    doc.value.forEach(({ id, title, text, source }, index) => {
      unique(doc, [index], id);
      if (source && !sources.has(source)) report(doc, [index, 'source'], `${id}: unknown source ${source}`);
      if (!owners.has(id)) report(doc, [index], `${id} stands in no unit's list of prompts`);
      prompts[id] = { id, title, unit: owners.get(id) ?? '', text, html: markdown(text), source: source ?? null };
    });
  return prompts;
};

/** The units in order. What they and the module name must be there. */
export const compileUnits = (
  { units, sources, module }: Documents,
  scenarios: Record<string, Scenario>,
  prompts: Record<string, Prompt>,
  report: Report,
): Unit[] => {
  const missing = (kind: 'scenario' | 'prompt', id: string) =>
    !Object.hasOwn(kind === 'scenario' ? scenarios : prompts, id);
  const unique = uniqueIds(report);
  for (const doc of units) {
    const { id, scenarios: items, prompts: questions, readings } = doc.value;
    unique(doc, ['id'], id);
    items.forEach((one, at) => {
      if (missing('scenario', one)) report(doc, ['scenarios', at], `unknown scenario ${one}`);
    });
    questions.forEach((one, at) => {
      if (missing('prompt', one)) report(doc, ['prompts', at], `unknown prompt ${one}`);
    });
    readings.forEach(({ source }, at) => {
      if (!sources.some(({ value }) => value.id === source)) report(doc, ['readings', at], `unknown source ${source}`);
    });
  }
  const { hinges, pairs, repeats, roles } = module.value;
  hinges.forEach((id, at) => {
    if (missing('scenario', id)) report(module, ['hinges', at], `unknown scenario ${id}`);
  });
  pairs.forEach((pair, at) => {
    for (const id of pair) if (missing('scenario', id)) report(module, ['pairs', at], `unknown scenario ${id}`);
  });
  repeats.forEach(({ prompt, unit }, at) => {
    if (missing('prompt', prompt)) report(module, ['repeats', at], `unknown prompt ${prompt}`);
    if (!units.some(({ value }) => value.id === unit)) report(module, ['repeats', at], `unknown unit ${unit}`);
  });
  const uniqueRole = uniqueIds(report);
  roles.forEach(({ id, means = [] }, at) => {
    uniqueRole(module, ['roles', at], id);
    for (const part of means)
      if (!roles.some((role) => role.id === part))
        report(module, ['roles', at], `${id} means an unknown role, ${part}`);
  });
  return units.map(({ value }, index) => ({ ...value, order: index + 1 }));
};
