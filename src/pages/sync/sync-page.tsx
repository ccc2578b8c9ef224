import { may, permit } from '../../auth/actor.ts';
import { standing } from '../../auth/store.ts';
import type { PlanBody } from '../../courses/roster-changes.ts';
import { findCourse } from '../../courses/store.ts';
import { syncRoster } from '../../courses/sync-roster.ts';
import type { Deps } from '../../deps.ts';
import { decideConflict, sendAgain } from '../../outbox/send-again.ts';
import { readSync } from '../../outbox/sync.ts';
import { nextOf } from '../../paging.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { change, type Outcome } from '../change.ts';
import { forStaff } from '../for-staff.tsx';
import { Refusal } from '../refusal.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit } from '../visit.ts';
import { timesIn } from '../words.ts';
import { Brought, Columns, Rosters, Unsent } from './sync-parts.tsx';

const PAGE = 50;

const scoreOf = (value: string) => {
  const [lineItem = '', person = ''] = value.split('~');
  return { lineItem, person };
};

/** What a button of the page asked for: one score again, all of them, a conflict decided, or the roster, and what came of that. */
const act = async (deps: Deps, visit: Visit, fields: Fields): Promise<PlanBody | null> => {
  const { person, courseId } = visit;
  const [again, overwrite, keep] = [fieldOf(fields, 'again'), fieldOf(fields, 'overwrite'), fieldOf(fields, 'keep')];
  if (overwrite || keep) {
    permit(person, 'lms-sync:decide');
    const decision = overwrite ? 'overwrite' : 'keep';
    await decideConflict(deps, person, courseId, scoreOf(overwrite || keep), { decision });
    return null;
  }
  const once = await onceOf(person, at(visit, 'sync'), fields);
  if (fieldOf(fields, 'roster')) {
    permit(person, 'roster:sync');
    return (await syncRoster(deps, person, courseId, once, false)).body;
  }
  await sendAgain(deps, person, courseId, once, again ? [scoreOf(again)] : undefined);
  return null;
};

const show = async (
  deps: Deps,
  visit: Visit,
  { url, cursor }: { url: URL; cursor: string | undefined },
  { refused, done: brought }: Outcome<PlanBody | null>,
): Promise<Reply> => {
  const { person, courseId } = visit;
  const db = deps.dbFor(person.institutionId);
  const [{ body, link }, [, [course]]] = await Promise.all([
    readSync(deps, person, courseId, { cursor, limit: PAGE }, url),
    db.batch([standing(db, person, 'lms-sync:retry', courseId), findCourse(db, person.institutionId, courseId)]),
  ]);
  const times = timesIn(course!.timeZone);
  const next = nextOf(link);
  const kept = body.items.filter(({ state }) => state === 'kept');
  const unsent = body.items.filter(({ state }) => state !== 'kept');
  const sendable = body.lineItems.some(({ counts }) => counts.waiting + counts.refused > 0);
  const allThere = unsent.length === 0 && !sendable && body.lineItems.every(({ counts }) => counts.conflict === 0);
  const about = { now: visit.now, times, decides: may(person, 'lms-sync:decide') };
  return screen(
    visit,
    {
      title: 'What went to the LMS',
      course: course!.name,
      here: 'sync',
      status: refused ? problems[refused.problem][0] : 200,
    },
    <>
      <h1>What went to the LMS</h1>
      {refused && <Refusal problem={refused} times={times} />}
      {brought && <Brought brought={brought} />}
      {body.lineItems.length === 0 ? (
        <p>Nothing goes to an LMS from here yet: open a graded activity from the LMS once, or add one there.</p>
      ) : (
        <Columns lineItems={body.lineItems} />
      )}
      <Rosters visit={visit} rosters={body.roster} times={times} brings={may(person, 'roster:sync')} />
      <section id={refused || brought ? undefined : 'result'} tabindex={-1} aria-labelledby="unsent">
        <h2 id="unsent">Not there yet</h2>
        {allThere && <p>Every grade that goes to the LMS has arrived.</p>}
        <Change visit={visit} to={at(visit, 'sync')} id="sync">
          {sendable && (
            <p>
              <button type="submit" class="button">
                Send all again
              </button>
            </p>
          )}
        </Change>
        <ul class="list">
          {unsent.map((item) => (
            <Unsent item={item} {...about} />
          ))}
        </ul>
        {kept.length > 0 && (
          <>
            <h2>Left as they are in the LMS</h2>
            <ul class="list">
              {kept.map((item) => (
                <Unsent item={item} {...about} />
              ))}
            </ul>
          </>
        )}
        {next && (
          <p>
            <Go visit={visit} to={next}>
              More
            </Go>
          </p>
        )}
      </section>
    </>,
  );
};

/** For staff: which grades are in the LMS, which are not and why, and what they can do about it. */
export const syncPage = async (deps: Deps, visit: Visit, { fields, url, query }: Asked): Promise<Reply> => {
  if (!visit.staff)
    return forStaff(visit, {
      title: 'What went to the LMS',
      here: '',
      says: 'Whether a grade of yours has reached your course stands with each unit and scenario',
      to: at(visit),
      goes: 'back to the course',
    });
  const place = { url, cursor: query.cursor };
  return change(visit, fields, {
    act: () => act(deps, visit, fields),
    show: (outcome) => show(deps, visit, place, outcome),
    // What bringing the roster did stands nowhere else.
    to: fieldOf(fields, 'roster') ? undefined : at(visit, 'sync'),
  });
};
