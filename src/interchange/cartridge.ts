import { promptsOf, scenariosOf } from '../catalogue/course-content.ts';
import { lessonOf } from '../catalogue/lesson.ts';
import type { Catalogue, Unit } from '../catalogue/shapes.ts';
import { renderPost } from '../discussion/markdown.ts';
import { activitiesOf } from '../grades/gradebook.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import type { Cartridge, Entry } from './write-cartridge.ts';
import { xml } from './xml.ts';

const list = (lines: readonly string[]): string => `<ul>${lines.map((line) => `<li>${xml(line)}</li>`).join('')}</ul>`;

const unitPage = (catalogue: Catalogue, { id, title, summary, objectives }: Unit): Entry => ({
  kind: 'page',
  id,
  title,
  html: `<p>${xml(summary)}</p>\n${list(objectives)}\n${lessonOf(catalogue, id).html}`,
});

/**
 * A course as a Common Cartridge: each unit's lesson is a page, each prompt a topic of the LMS's own forum, and whatever is
 * graded here (prompts too, for only here does taking part count) a link that launches the tool at `origin`.
 */
export const cartridgeOf = async (
  catalogue: Catalogue,
  course: { id: string; name: string },
  ruleSet: RuleSet,
  origin: string,
): Promise<Cartridge> => {
  const scenarios = scenariosOf(catalogue, ruleSet);
  const prompts = await Promise.all(
    promptsOf(catalogue, ruleSet).map(async ({ id, unit, title, text, html }) => {
      const rendered = html ?? (await renderPost(catalogue, text));
      return { id, unit, title, html: rendered.replaceAll('href="/v1/', `href="${origin}/v1/`) };
    }),
  );
  const graded = activitiesOf(catalogue, ruleSet);
  const folders = catalogue.units.map((unit) => {
    const topics = prompts.filter((prompt) => prompt.unit === unit.id);
    const titles = {
      scenario: new Map(scenarios.filter((one) => one.unit === unit.id).map(({ id, title }) => [id, title])),
      prompt: new Map(topics.map(({ id, title }) => [id, title])),
      unit: new Map<string, string>(),
    };
    const links = graded.flatMap(({ kind, id }): Entry[] => {
      const title = titles[kind].get(id);
      const label = kind === 'prompt' ? `${title} (graded discussion)` : title;
      return title && label ? [{ kind: 'link', id: `${kind}-${id}`, title: label, contentId: `${kind}:${id}` }] : [];
    });
    const entries = [
      unitPage(catalogue, unit),
      ...links,
      ...topics.map(({ id, title, html }): Entry => ({ kind: 'topic', id, title, html })),
    ];
    return { id: unit.id, title: `${unit.id}. ${unit.title}`, entries };
  });
  return { id: `cmgrclass-${course.id}`, title: course.name, launchUrl: `${origin}/lti/launch`, folders };
};
