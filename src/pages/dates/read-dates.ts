import { standing } from '../../auth/store.ts';
import { promptsOf } from '../../catalogue/course-content.ts';
import { findCourse, listWindows } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { keyOf, never, type Was } from './typed-dates.ts';

/** Everything in a course that has dates, unit by unit, in one round trip. */
export const readDates = async (deps: Deps, { person, courseId }: Visit) => {
  const here = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(here.institutionId);
  const [, [current], [course], windows] = await db.batch([
    standing(db, person, 'course:change', courseId),
    findCurrentRules(db, here.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, here.institutionId, courseId),
    listWindows(db, here, ''),
  ]);
  const { ruleSet } = adoptRules(deps, courseId, current);
  const stored: Was = Object.fromEntries(
    windows.map(({ kind, activity, opensAt, dueAt, closesAt }) => [
      keyOf({ kind, activity }),
      { opensAt, dueAt, closesAt },
    ]),
  );
  const activity = (kind: 'unit' | 'prompt' | 'criterion', id: string, title: string) => {
    const key = keyOf({ kind, activity: id });
    return { key, title, window: stored[key] ?? never };
  };
  const prompts = promptsOf(deps.catalogue, ruleSet);
  const units = deps.catalogue.units.map(({ id, title }) => ({
    id,
    title: `${id}. ${title}`,
    scenarios: activity('unit', id, 'The unit and its scenarios'),
    prompts: prompts
      .filter(({ unit }) => unit === id)
      .map((prompt) => ({
        ...activity('prompt', prompt.id, prompt.title),
        criteria: (ruleSet.prompts[prompt.id]?.criteria ?? []).map((criterion) =>
          activity('criterion', `${prompt.id}:${criterion.id}`, criterion.title),
        ),
      })),
  }));
  return { course: course!, stored, units };
};

export type DatesRead = Awaited<ReturnType<typeof readDates>>;
export type Activity = DatesRead['units'][number]['scenarios'];
