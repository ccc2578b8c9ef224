import * as z from 'zod';
import { checkRuleSet } from '../grading/check-rule-set.ts';
import { hashRuleSet, type RuleSet, ruleSetSchema, scenarioRuleSchema } from '../grading/rule-set.ts';
import { contentBodies } from './bodies.ts';
import { moduleFile, promptFile, scenarioFile, sourceFile, topicFile, unitFile } from './content-files.ts';
import { markdownRenderer } from './markdown.ts';
import { type ContentFault, type Parsed, readFrontMatter, readYaml } from './read-files.ts';
import type { Catalogue, Claim, Prompt, Scenario, Source, Topic, Unit } from './shapes.ts';
import { countVerdict } from './topics.ts';

const rulesFile = z.strictObject({
  policy: ruleSetSchema.shape.policy,
  scenarios: z.record(
    z.string(),
    scenarioRuleSchema.extend({ bench: z.array(ruleSetSchema.shape.bench.element.omit({ scenario: true })).min(3) }),
  ),
  prompts: ruleSetSchema.shape.prompts,
});

/** The files of a module by path under content/, e.g. `units/1.md`. */
export type ContentFiles = Readonly<Record<string, string>>;

export type Compiled = { ok: true; catalogue: Catalogue } | { ok: false; faults: ContentFault[] };

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Compiles a module's files to one catalogue, or says everything that is wrong with them, by file and line. */
export const compileContent = async (files: ContentFiles): Promise<Compiled> => {
  const faults: ContentFault[] = [];
  const inFolder = (folder: string, ending: string) =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(`${folder}/`) && path.endsWith(ending))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const required = <T>(path: string, schema: z.ZodType<T>): Parsed<T> | undefined => {
    const text = files[path];
    if (text !== undefined) return readYaml(path, text, schema, faults);
    faults.push({ file: path, line: 1, detail: 'the file is missing' });
    return undefined;
  };
  const present = <T>(items: (T | undefined)[]) => items.filter((item): item is T => item !== undefined);

  const moduleDoc = required('module.yaml', moduleFile);
  const topicsDoc = required('topics.yaml', z.array(topicFile));
  const rulesDoc = required('rules.yaml', rulesFile);
  const sourceDocs = present(
    inFolder('sources', '.md').map(([p, text]) => readFrontMatter(p, text, sourceFile, faults)),
  );
  const unitDocs = present(inFolder('units', '.md').map(([p, text]) => readFrontMatter(p, text, unitFile, faults)));
  const scenarioDocs = present(
    inFolder('scenarios', '.yaml').map(([p, t]) => readYaml(p, t, z.array(scenarioFile), faults)),
  );
  const promptDocs = present(inFolder('prompts', '.yaml').map(([p, t]) => readYaml(p, t, z.array(promptFile), faults)));
  if (!moduleDoc || !topicsDoc || !rulesDoc || faults.length > 0) return { ok: false, faults };

  const fault = (parsed: Parsed<unknown>, path: PropertyKey[], detail: string) =>
    faults.push({ file: parsed.file, line: parsed.lineOf(path), detail });
  const unique = () => {
    const seen = new Map<string, string>();
    return (parsed: Parsed<unknown>, path: PropertyKey[], id: string) => {
      const first = seen.get(id);
      if (first) fault(parsed, path, `the id ${id} stands already in ${first}`);
      seen.set(id, `${parsed.file}:${parsed.lineOf(path)}`);
    };
  };

  const roles = new Set(moduleDoc.value.roles.map((role) => role.id));
  const themes = new Set(moduleDoc.value.themes.map((theme) => theme.id));
  const topicIds = new Set(topicsDoc.value.map((topic) => topic.id));
  moduleDoc.value.roles.forEach((role, index) => {
    for (const part of role.means ?? [])
      if (!roles.has(part)) fault(moduleDoc, ['roles', index], `${role.id} means an unknown role, ${part}`);
  });

  // Sources and their claims
  const claims: Record<string, Claim> = {};
  const uniqueSource = unique();
  const uniqueClaim = unique();
  for (const doc of sourceDocs) {
    uniqueSource(doc, ['id'], doc.value.id);
    doc.value.claims.forEach((claim, index) => {
      const path = ['claims', index];
      uniqueClaim(doc, path, claim.id);
      if (!claim.id.startsWith(`${doc.value.id}.`)) fault(doc, path, `claim ${claim.id} is not named after its source`);
      if (claim.role && !roles.has(claim.role))
        fault(doc, path, `claim ${claim.id} names an unknown role, ${claim.role}`);
      const topics = claim.topics.map((topic) => topic.replace('~', ''));
      for (const topic of topics)
        if (!topicIds.has(topic) && !themes.has(topic))
          fault(doc, path, `claim ${claim.id} names an unknown topic, ${topic}`);
      claims[claim.id] = {
        ...claim,
        source: doc.value.id,
        topics,
        implied: claim.topics.filter((topic) => topic.startsWith('~')).map((topic) => topic.slice(1)),
        role: claim.role ?? null,
        speaker: claim.speaker ?? null,
      };
    });
  }

  // Markdown with claim anchors; the claims a text cites stand beneath it, so that an anchor opens anywhere
  const sourceName = (id: string) => {
    const source = sourceDocs.find((doc) => doc.value.id === id)?.value;
    return source ? `${source.author ?? 'an unnamed writer'}, “${source.title}”` : id;
  };
  const said = (claim: Claim) =>
    `${claim.speaker ? `${claim.speaker}, quoted by ` : ''}${sourceName(claim.source)}, ${claim.place}`;
  const render = (doc: Parsed<unknown> & { body: string; bodyLine: number }) => {
    const cited = new Set<string>();
    const markdown = markdownRenderer((id) => {
      const claim = claims[id];
      if (!claim) return undefined;
      cited.add(id);
      return { href: `#claim-${id}`, label: said(claim) };
    });
    doc.body.split('\n').forEach((line, index) => {
      for (const [, id] of line.matchAll(/\[([A-Za-z0-9-]+\.[0-9]+)\]/g))
        if (!claims[id!]) faults.push({ file: doc.file, line: doc.bodyLine + index, detail: `unknown claim ${id}` });
    });
    const html = markdown(doc.body);
    const entries = [...cited].sort().map((id) => {
      const claim = claims[id]!;
      return `<li id="claim-${id}" data-claim="${id}"><b>${id}</b> ${escapeHtml(claim.text)} <cite>${escapeHtml(said(claim))}</cite> <i>${claim.stance}</i></li>`;
    });
    const list = `<section class="claims"><h2>Claims cited here</h2><ul>${entries.join('')}</ul></section>`;
    return { html: entries.length > 0 ? `${html}${list}` : html, markdown: doc.body };
  };

  const sources: Source[] = sourceDocs.map((doc) => ({
    id: doc.value.id,
    title: doc.value.title,
    author: doc.value.author ?? null,
    date: doc.value.date ?? null,
    kind: doc.value.kind,
    interest: doc.value.interest ?? null,
    caution: doc.value.caution ?? null,
  }));

  // Topics: the verdict is a person's; where it differs from the count of the claims it says why
  const topics: Record<string, Topic> = {};
  const uniqueTopic = unique();
  topicsDoc.value.forEach((topic, index) => {
    uniqueTopic(topicsDoc, [index], topic.id);
    for (const role of topic.roles ?? [])
      if (!roles.has(role)) fault(topicsDoc, [index], `${topic.id}: unknown role ${role}`);
    const computed = countVerdict(topic.id, Object.values(claims));
    if (computed !== topic.verdict && !topic.because)
      fault(
        topicsDoc,
        [index],
        `${topic.id} is called ${topic.verdict} but its claims count as ${computed}: say because why`,
      );
    topics[topic.id] = {
      ...topic,
      roles: topic.roles ?? [],
      soft: topic.soft ?? false,
      because: topic.because ?? null,
      computed,
    };
  });

  // Units, and what belongs to each
  const unitOf = (kind: 'scenarios' | 'prompts') => {
    const owners = new Map<string, string>();
    for (const doc of unitDocs)
      doc.value[kind].forEach((id, index) => {
        if (owners.has(id)) fault(doc, [kind, index], `${id} belongs to unit ${owners.get(id)} already`);
        owners.set(id, doc.value.id);
      });
    return owners;
  };
  const scenarioUnits = unitOf('scenarios');
  const promptUnits = unitOf('prompts');

  const scenarios: Record<string, Scenario> = {};
  const uniqueScenario = unique();
  for (const doc of scenarioDocs)
    doc.value.forEach((scenario, index) => {
      uniqueScenario(doc, [index], scenario.id);
      if (!topicIds.has(scenario.topic))
        fault(doc, [index, 'topic'], `${scenario.id}: unknown topic ${scenario.topic}`);
      const unit = scenarioUnits.get(scenario.id);
      if (!unit) fault(doc, [index], `${scenario.id} stands in no unit's list of scenarios`);
      scenarios[scenario.id] = { ...scenario, unit: unit ?? '' };
    });

  const plain = markdownRenderer(() => undefined);
  const prompts: Record<string, Prompt> = {};
  const uniquePrompt = unique();
  for (const doc of promptDocs)
    doc.value.forEach((prompt, index) => {
      uniquePrompt(doc, [index], prompt.id);
      if (prompt.source && !sources.some(({ id }) => id === prompt.source))
        fault(doc, [index, 'source'], `${prompt.id}: unknown source ${prompt.source}`);
      const unit = promptUnits.get(prompt.id);
      if (!unit) fault(doc, [index], `${prompt.id} stands in no unit's list of prompts`);
      const { id, title, text } = prompt;
      prompts[id] = { id, title, unit: unit ?? '', text, html: plain(text), source: prompt.source ?? null };
    });

  const uniqueUnit = unique();
  const units: Unit[] = unitDocs.map((doc, index) => {
    uniqueUnit(doc, ['id'], doc.value.id);
    doc.value.scenarios.forEach((id, at) => {
      if (!scenarios[id]) fault(doc, ['scenarios', at], `unknown scenario ${id}`);
    });
    doc.value.prompts.forEach((id, at) => {
      if (!prompts[id]) fault(doc, ['prompts', at], `unknown prompt ${id}`);
    });
    doc.value.readings.forEach(({ source }, at) => {
      if (!sources.some(({ id }) => id === source)) fault(doc, ['readings', at], `unknown source ${source}`);
    });
    return { ...doc.value, order: index + 1 };
  });
  moduleDoc.value.hinges.forEach((id, index) => {
    if (!scenarios[id]) fault(moduleDoc, ['hinges', index], `unknown scenario ${id}`);
  });
  moduleDoc.value.pairs.forEach((pair, index) => {
    for (const id of pair) if (!scenarios[id]) fault(moduleDoc, ['pairs', index], `unknown scenario ${id}`);
  });

  // The default rules
  const denials: RuleSet['denials'] = {};
  for (const claim of Object.values(claims))
    if (claim.stance === 'denies' && claim.role) denials[claim.id] = [claim.role];
  const ruleSet: RuleSet = {
    module: moduleDoc.value.id,
    roles: moduleDoc.value.roles.map(({ id, label }) => ({ id, label })),
    policy: rulesDoc.value.policy,
    scenarios: Object.fromEntries(
      Object.entries(rulesDoc.value.scenarios).map(([id, { bench: _bench, ...rule }]) => [id, rule]),
    ),
    prompts: rulesDoc.value.prompts,
    denials,
    bench: Object.entries(rulesDoc.value.scenarios).flatMap(([scenario, { bench }]) =>
      bench.map((s) => ({ scenario, ...s })),
    ),
  };
  const known = { roles, topics, claims, scenarios, prompts };
  for (const finding of checkRuleSet(ruleSet, known))
    if (finding.severity === 'error')
      fault(rulesDoc, finding.path, `${finding.path.slice(0, 2).join('.')}: ${finding.detail}`);

  const texts = {
    units: new Map(unitDocs.map((doc) => [doc.value.id, render(doc)])),
    sources: new Map(sourceDocs.map((doc) => [doc.value.id, render(doc)])),
  };
  if (faults.length > 0) return { ok: false, faults };
  const content = { module: moduleDoc.value, sources, claims, topics, units, scenarios, prompts };
  const bodies = await contentBodies(content, (kind, id) => texts[kind].get(id)!);
  const rules = { hash: await hashRuleSet(ruleSet), ruleSet };
  return { ok: true, catalogue: { ...content, rules, bodies } };
};
