import { promptIn, scenarioIn } from '../catalogue/course-content.ts';
import type { Catalogue } from '../catalogue/shapes.ts';
import type { RuleSet } from '../grading/rule-set.ts';
import { type Content, wholeCourse } from '../lms/covers.ts';

/** A content id of a link (`unit:4`, `scenario:S29`, `prompt:Q003.1`), or `null`. */
export const readContentId = (text: string): Content | null => {
  const [, kind, activity] = /^(unit|scenario|prompt):(.{1,60})$/.exec(text) ?? [];
  return kind && activity ? { kind: kind as Content['kind'], activity } : null;
};

/** Whether the course has it under these rules. */
export const isInCourse = (catalogue: Catalogue, ruleSet: RuleSet, { kind, activity }: Content): boolean => {
  if (kind === 'course') return true;
  if (kind === 'unit') return catalogue.units.some(({ id }) => id === activity);
  return (kind === 'scenario' ? scenarioIn : promptIn)(catalogue, ruleSet, activity) !== undefined;
};

/** A list of ids as `$ResourceLink.id.history` gives it: separated by commas, each in URL encoding. LTI Core, appendix B. */
export const readHistory = (text: string): string[] =>
  text
    .split(',')
    .slice(0, 50)
    .flatMap((part) => {
      try {
        return [decodeURIComponent(part.trim())];
      } catch {
        return [];
      }
    })
    .filter((id) => id !== '');

export type Placed = Content & { contextId: string; resourceLinkId: string };

/**
 * What a launch shows: what its link says in `content_id`; else what was placed under this link before; else what was under
 * the links that it was copied from, the nearest first; else the whole course. What the course no longer has is passed over.
 */
export const chooseContent = (
  link: { contentId: string; contextId: string; resourceLinkId: string; history: readonly string[] },
  placed: readonly Placed[],
  isThere: (content: Content) => boolean,
): Content => {
  const said = readContentId(link.contentId);
  const own = placed.find((one) => one.resourceLinkId === link.resourceLinkId && one.contextId === link.contextId);
  const earlier = link.history.map((id) => placed.find(({ resourceLinkId }) => resourceLinkId === id));
  const found = [said, own, ...earlier].find((one) => one && isThere(one));
  return found ? { kind: found.kind, activity: found.activity } : wholeCourse;
};

/** The address of the page that shows it. */
export const pagePath = (courseId: string, { kind, activity }: Content): string =>
  `/courses/${courseId}${kind === 'course' ? '' : `/${kind}s/${encodeURIComponent(activity)}`}`;
