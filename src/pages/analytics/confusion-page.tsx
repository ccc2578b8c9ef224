import { matrixBody, readConfusion } from '../../analytics/confusion.ts';
import { scenarioIn } from '../../catalogue/course-content.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { roleName, sourceName } from '../claims.tsx';
import { Go } from '../screen.tsx';
import { type Asked, at, type Visit, withQuery } from '../visit.ts';
import { KeyMatrix, ScenarioMatrix } from './confusion-pictures.tsx';
import { scenariosWords } from './confusion-words.ts';
import { Explained } from './explained.tsx';
import { analyticsScreen } from './parts.tsx';
import { SourceMatrix } from './source-matrix.tsx';

type Unit = { id: string; title: string };

const Units = ({ visit, units, chosen }: { visit: Visit; units: readonly Unit[]; chosen: Unit | undefined }) => {
  const to = at(visit, 'analytics', 'confusion');
  return (
    <nav aria-label="Units">
      <ul class="parts">
        <li>
          <Go visit={visit} to={to} current={!chosen}>
            All units
          </Go>
        </li>
        {units.map((unit) => (
          <li>
            <Go visit={visit} to={withQuery(to, { unit: unit.id })} current={unit.id === chosen?.id}>
              <span dir="auto">
                {unit.id}. {unit.title}
              </span>
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Nothing = () => (
  <>
    <p>Nobody has answered a scenario yet.</p>
    <p>
      From the first answer on, this page shows which role was chosen where which was right, scenario by scenario, and
      whether the passages that were cited say so.
    </p>
  </>
);

/** Which role was chosen where which was right, for the course or for a unit, and what the cited readings say of it. */
export const confusionPage = async (deps: Deps, visit: Visit, { query }: Asked): Promise<Reply> => {
  const { catalogue } = deps;
  const { body, ruleSet, course } = await readConfusion(deps, visit.person, visit.courseId);
  const all = body.scenarios.map((row) => ({ ...row, ...scenarioIn(catalogue, ruleSet, row.scenario)! }));
  const units = catalogue.units.filter(({ id }) => all.some(({ unit }) => unit === id));
  const chosen = units.find(({ id }) => id === query.unit);
  if (query.unit !== undefined && !chosen) throw new Problem('content-not-found');
  const own = chosen ? all.filter(({ unit }) => unit === chosen.id) : all;
  const named = (id: string) => roleName(catalogue, id);
  const roles = body.roles.map((id) => ({ id, label: named(id) }));
  const kept = own.filter(({ suppressed }) => suppressed).length;
  const sources = body.sources.map((source) => ({
    ...source,
    name: sourceName(catalogue.sources.find(({ id }) => id === source.source)!),
  }));
  return analyticsScreen(
    visit,
    'confusion',
    course.name,
    all.every(({ n }) => n === 0) ? (
      <Nothing />
    ) : (
      <>
        <Units visit={visit} units={units} chosen={chosen} />
        <h2 dir="auto">{chosen ? `Chosen and right, in “${chosen.title}”` : 'Chosen and right'}</h2>
        <KeyMatrix rows={matrixBody(own, body.roles)} roles={roles} kept={kept} />
        <Explained of={['key']} />
        <h2>Scenario by scenario</h2>
        {chosen ? (
          <ScenarioMatrix visit={visit} scenarios={own} roles={roles} />
        ) : (
          <p dir="auto">{scenariosWords(own, named)} Choose a unit above to see each of its scenarios.</p>
        )}
        {!chosen && (
          <>
            <h2>What the cited readings say</h2>
            <SourceMatrix sources={sources} roles={roles} />
            <Explained of={['cited']} />
          </>
        )}
      </>
    ),
  );
};
