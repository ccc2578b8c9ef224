import { readStanceShift } from '../../analytics/stance-shift.ts';
import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { roleName } from '../claims.tsx';
import type { Visit } from '../visit.ts';
import { Explained } from './explained.tsx';
import { analyticsScreen, ScenarioLink } from './parts.tsx';
import { Moves, Shares } from './stance-pictures.tsx';
import { leftWords, shiftWords, symmetryWords } from './stance-words.ts';

/** Who changed their mind on the hinge scenarios between before and after the discussion. */
export const stancePage = async (deps: Deps, visit: Visit): Promise<Reply> => {
  const { catalogue } = deps;
  const { body, course } = await readStanceShift(deps, visit.person, visit.courseId);
  const named = (id: string) => roleName(catalogue, id);
  const roles = catalogue.module.roles;
  return analyticsScreen(
    visit,
    'stance-shift',
    course.name,
    <>
      <p>
        {body.items.length === 0
          ? 'This module has no scenario that is answered before and after discussion.'
          : 'Some scenarios are answered before and after the discussion of their unit: this is what it changed.'}
      </p>
      {body.items.map((item) => {
        const title = catalogue.scenarios[item.scenario]?.title ?? item.scenario;
        const more = [symmetryWords(item), leftWords(item)].filter((one) => one !== null);
        return (
          <section aria-labelledby={`shift-${item.scenario}`}>
            <h2 id={`shift-${item.scenario}`}>
              <ScenarioLink visit={visit} scenario={item.scenario} title={title} />
            </h2>
            {item.n === 0 || item.moves === null ? (
              <p>{shiftWords(item, named)}</p>
            ) : (
              <div class="pictures">
                <Moves item={item} title={title} moves={item.moves} roles={roles} />
                <Shares item={item} title={title} roles={roles} />
              </div>
            )}
            {more.length > 0 && <p>{more.join(' ')}</p>}
            {item.n === 0 && (
              <p class="quiet">
                It will say something as soon as a student has answered, posted in the unit’s discussion, and answered
                again.
              </p>
            )}
          </section>
        );
      })}
      {body.items.length > 0 && <Explained of={['shift', 'symmetry', 'interval']} />}
    </>,
  );
};
