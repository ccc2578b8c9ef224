import { answersNow } from '../../answers/read.ts';
import { findAppeal, findContested, findContestedGrade, listAppeals, listDecidedAppeals } from '../../appeals/store.ts';
import { standing } from '../../auth/store.ts';
import { scenarioIn, titleOf } from '../../catalogue/course-content.ts';
import { findCourse } from '../../courses/store.ts';
import type { Deps } from '../../deps.ts';
import { gradeBody } from '../../grades/grade-body.ts';
import { activitiesOf } from '../../grades/gradebook.ts';
import { nextOf, pageOf, readCursor } from '../../paging.ts';
import { Problem } from '../../problem.ts';
import { adoptRules, believedRules } from '../../rule-sets/current.ts';
import { findCurrentRules } from '../../rule-sets/store.ts';
import type { Visit } from '../visit.ts';
import { timesIn } from '../words.ts';

const PAGE = { open: 50, decided: 20 };

/** Where each of the page's two lists goes on. */
type From = { open: string | undefined; decided: string | undefined; url: URL };

/** The course's appeals, the open ones oldest first, the decided newest first: one round trip. */
export const readAppeals = async (deps: Deps, { person, courseId }: Visit, { open, decided, url }: From) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const secret = deps.config.sessionSecret;
  const lists = { open: `open appeals ${courseId}`, decided: `decided appeals ${courseId}` };
  const [after, before] = await Promise.all([
    readCursor(secret, lists.open, open),
    readCursor(secret, lists.decided, decided),
  ]);
  const [, [current], [course], openRows, decidedRows] = await db.batch([
    standing(db, person, 'appeals:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    listAppeals(db, at, { onlyOf: null, state: 'open' }, after, PAGE.open),
    listDecidedAppeals(db, at, before, PAGE.decided),
  ]);
  if (!course) throw new Problem('course-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const paged = async (name: 'open' | 'decided', rows: typeof openRows) => {
    const { items, link } = await pageOf(secret, lists[name], url, rows, PAGE[name], ({ id }) => ({ at: 0, id }));
    const next = nextOf(link);
    return {
      items: items.map((row) => ({
        ...row,
        title: titleOf(deps.catalogue, ruleSet, 'scenario', row.scenario) ?? row.scenario,
      })),
      next: next && (new URL(next, url).searchParams.get('cursor') ?? undefined),
    };
  };
  return {
    course,
    times: timesIn(course.timeZone),
    open: await paged('open', openRows),
    decided: await paged('decided', decidedRows),
  };
};

export type AppealItem = Awaited<ReturnType<typeof readAppeals>>['open']['items'][number];

/** An appeal, the answer that it contests with its exact trace, and the rule as it stands, for the staff: one round trip. */
export const readAppealed = async (deps: Deps, { person, courseId }: Visit, id: string) => {
  const at = { institutionId: person.institutionId, courseId };
  const db = deps.dbFor(at.institutionId);
  const [, [current], [course], [appeal], answers, [grade]] = await db.batch([
    standing(db, person, 'appeals:read', courseId),
    findCurrentRules(db, at.institutionId, courseId, believedRules(deps, courseId).hash),
    findCourse(db, at.institutionId, courseId),
    findAppeal(db, at, id, null),
    findContested(db, at, id),
    findContestedGrade(db, at, id),
  ]);
  if (!course) throw new Problem('course-not-found');
  if (!appeal) throw new Problem('appeal-not-found');
  const { ruleSet } = adoptRules(deps, courseId, current);
  const [answer] = await answersNow(deps, person, ruleSet, [], answers);
  const { scenario } = appeal;
  const activity = activitiesOf(deps.catalogue, ruleSet).find((one) => one.kind === 'scenario' && one.id === scenario);
  return {
    course,
    appeal,
    answer: answer!,
    ruleSet,
    rule: Object.hasOwn(ruleSet.scenarios, scenario) ? ruleSet.scenarios[scenario] : undefined,
    case: scenarioIn(deps.catalogue, ruleSet, scenario),
    grade: activity && gradeBody(activity, grade),
    times: timesIn(course.timeZone),
  };
};

export type AppealRead = Awaited<ReturnType<typeof readAppealed>>;
