import type { JSONWebKeySet } from 'jose';
import { insertRuleSet } from '../courses/store.ts';
import { insertAudit } from '../db/audit.ts';
import type { Deps } from '../deps.ts';
import { canonicalJson } from '../grading/rule-set.ts';
import type { Content } from '../lms/covers.ts';
import { Problem } from '../problem.ts';
import { adoptRules, rulesByHash } from '../rule-sets/current.ts';
import type { Tenant } from './choose-deployment.ts';
import { OPENED } from './launch-log.ts';
import {
  adoptPublished,
  changesRole,
  courseOf,
  findOpened,
  insertCourseOf,
  insertOpenedLaunch,
  launchedPerson,
  madeCourse,
  moveDeliveries,
  type Opening,
  opensOnce,
  upsertContext,
  upsertLaunchedEnrolment,
  upsertLaunchedPerson,
  upsertPlacement,
} from './opening-store.ts';
import { type Entry, type Ground, planOpening } from './plan-opening.ts';
import { type Refused, refuse } from './refusals.ts';
import type { Snapshot } from './snapshot.ts';
import type { LoginState } from './state.ts';
import { insertLaunchedDeployment, updateKeySet } from './store.ts';

/** Where a launch has come to. `reviewedId`: whose work is to be reviewed, where they are known here. */
export type Opened = {
  content: Content;
  courseId: string;
  personId: string;
  reviewedId: string | null;
};

/** The course of the launch's context, and the rules that it has; a new one gets the module's. */
const groundOf = async (
  deps: Deps,
  { contexts, placements }: Snapshot,
  { platform: { institutionId }, deployment }: Tenant,
): Promise<Ground> => {
  const own = placements.filter((one) => one.deployment === deployment);
  const context = contexts.find((one) => one.deployment === deployment);
  if (!context) return { isNew: true, ruleSet: deps.catalogue.rules.ruleSet, placements: own };
  const { courseId, ruleSet: hash, doc } = context;
  // Known when it was asked, perhaps not any more: then it is read.
  if (doc === null) await rulesByHash(deps, deps.dbFor(institutionId), institutionId, hash);
  return { isNew: false, ruleSet: adoptRules(deps, courseId, { hash, doc }).ruleSet, placements: own };
};

/** Keeps a deployment that came with a launch and that nobody knows, for approval. */
export const keepNewDeployment = async (
  deps: Deps,
  { institutionId, id: platformId }: Tenant['platform'],
  deploymentId: string,
): Promise<void> => {
  const row = { id: deps.newId(), institutionId, platformId, deploymentId, state: 'pending', at: deps.now() } as const;
  await insertLaunchedDeployment(deps.dbFor(institutionId), row);
};

const newCourse = (deps: Deps, db: ReturnType<Deps['dbFor']>, opening: Opening) => {
  const { institutionId, at } = opening;
  const { hash, ruleSet } = deps.catalogue.rules;
  const courseId = opening.context.newCourse;
  const audit = { institutionId, courseId, actor: `platform:${opening.platformId}`, at };
  return [
    insertRuleSet(db, { institutionId, hash, doc: canonicalJson(ruleSet), at }),
    insertCourseOf(db, opening, hash),
    insertAudit(db, { ...audit, id: deps.newId(), action: 'course-created', subject: courseId }, madeCourse(opening)),
    insertAudit(db, { ...audit, id: deps.newId(), action: 'rules-published', subject: hash }, madeCourse(opening)),
  ];
};

/**
 * Opens a launch that was judged good, in one transaction: its state is used up, and person, course, enrolment and placement
 * are as the platform says. Refused where another copy of the launch was faster (`launch-used`).
 */
export const openLaunch = async (
  deps: Deps,
  entry: Entry,
  found: { state: LoginState; snapshot: Snapshot; fetched: JSONWebKeySet | null },
): Promise<Opened | Refused> => {
  const { platform, deployment } = entry.tenant;
  const ground = await groundOf(deps, found.snapshot, entry.tenant);
  const { opening, content } = planOpening(deps, entry, found.state.binding, ground);
  const { institutionId, at } = opening;
  const db = deps.dbFor(institutionId);
  const row = { id: deps.newId(), institutionId, platformId: platform.id, deploymentId: opening.deploymentId, at };
  const enrolled = {
    id: deps.newId(),
    institutionId,
    courseId: courseOf(opening),
    actor: `platform:${platform.id}`,
    action: 'person-enrolled',
    subject: launchedPerson(opening),
    reason: `as ${opening.person.role}`,
    at,
  };
  const writes = [
    ...(found.fetched ? [updateKeySet(db, platform, JSON.stringify(found.fetched), at)] : []),
    ...(ground.isNew ? newCourse(deps, db, opening) : []),
    upsertContext(db, opening),
    upsertLaunchedPerson(db, opening),
    insertAudit(db, enrolled, changesRole(opening)),
    upsertLaunchedEnrolment(db, opening),
    ...(opening.placement
      ? [
          adoptPublished(db, opening, opening.placement),
          moveDeliveries(db, opening, opening.placement),
          upsertPlacement(db, opening, opening.placement),
        ]
      : []),
    insertOpenedLaunch(db, opening, OPENED),
  ];
  try {
    const results = await db.batch([
      ...(deployment === null ? [insertLaunchedDeployment(db, { ...row, state: 'active' })] : []),
      opensOnce(db, opening),
      ...writes,
      findOpened(db, opening, entry.claims.lti.for_user?.user_id ?? null),
    ] as never);
    const [opened] = (results as unknown[]).at(-1) as Omit<Opened, 'content'>[];
    return { content, ...opened! };
  } catch (error) {
    const name = error instanceof Problem ? error.problem : undefined;
    if (name === 'launch-used' || name === 'launch-overtaken') return refuse(name);
    throw error;
  }
};
