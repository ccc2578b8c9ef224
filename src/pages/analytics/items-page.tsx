import { readItems } from '../../analytics/items.ts';
import { keyRoles } from '../../analytics/key.ts';
import { scenarioIn } from '../../catalogue/course-content.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import type { Deps } from '../../deps.ts';
import type { RuleSet } from '../../grading/rule-set.ts';
import type { Reply } from '../../route.ts';
import type { Visit } from '../visit.ts';
import { Explained } from './explained.tsx';
import { difficultyWords, type Finding, itemFindings, itemsWords, type TitledItem } from './item-words.ts';
import { Apart, Difficulty } from './items-pictures.tsx';
import { Pairs } from './pairs.tsx';
import { analyticsScreen, RuleLink, ScenarioLink } from './parts.tsx';

/** Items with the titles of their scenarios. */
export const titledItems = (
  catalogue: Catalogue,
  ruleSet: RuleSet,
  items: Awaited<ReturnType<typeof readItems>>['body']['items'],
): (TitledItem & { unit: string })[] =>
  items.map((item) => {
    const { title, unit } = scenarioIn(catalogue, ruleSet, item.scenario)!;
    return { ...item, title, unit, counts: keyRoles(ruleSet, item.scenario).length > 0 };
  });

const Findings = ({ visit, findings }: { visit: Visit; findings: readonly Finding[] }) => (
  <section aria-labelledby="look">
    <h2 id="look">Worth a look</h2>
    <ul class="list">
      {findings.map(({ scenario, title, says }) => (
        <li>
          <p dir="auto">{says}</p>
          <p class="actions">
            <ScenarioLink visit={visit} scenario={scenario} title={title} />
            <RuleLink visit={visit} scenario={scenario} title={title} />
          </p>
        </li>
      ))}
    </ul>
  </section>
);

const Nothing = () => (
  <>
    <p>Nobody has answered a scenario yet.</p>
    <p>
      From the first answer on, this page shows how much of the credit students earn on their first attempts; from ten
      students on, how well each scenario tells those who do well from the others, and which ones to look at.
    </p>
  </>
);

/** How hard the scenarios are, how well they tell students apart, and which of them to look at. */
export const itemsPage = async (deps: Deps, visit: Visit): Promise<Reply> => {
  const { body, ruleSet, course } = await readItems(deps, visit.person, visit.courseId);
  const items = titledItems(deps.catalogue, ruleSet, body.items);
  const findings = itemFindings(items);
  const titleOf = (id: string) => scenarioIn(deps.catalogue, ruleSet, id)?.title ?? id;
  const pairs = body.pairs.map((pair) => ({
    ...pair,
    titles: [titleOf(pair.scenarios[0]), titleOf(pair.scenarios[1])] as const,
  }));
  const units = deps.catalogue.units
    .map((unit) => ({ unit, own: items.filter((item) => item.unit === unit.id) }))
    .filter(({ own }) => own.length > 0);
  return analyticsScreen(
    visit,
    'items',
    course.name,
    items.every(({ n }) => n === 0) ? (
      <Nothing />
    ) : (
      <>
        <div class="beside">
          {findings.length > 0 ? <Findings visit={visit} findings={findings} /> : <p>{itemsWords(items)}</p>}
          <section aria-labelledby="hard">
            <h2 id="hard">Hard or easy, and for whom</h2>
            <Apart visit={visit} items={items} />
            <Explained of={['difficulty', 'discrimination']} />
          </section>
        </div>
        <h2>Unit by unit</h2>
        <div class="pictures">
          {units.map(({ unit, own }) => (
            <section aria-labelledby={`unit-${unit.id}`}>
              <h3 id={`unit-${unit.id}`} dir="auto">
                {unit.id}. {unit.title}
              </h3>
              {own.every(({ n }) => n === 0) ? (
                <p>{difficultyWords(own)}</p>
              ) : (
                <Difficulty visit={visit} id={`difficulty-${unit.id}`} unit={unit.title} items={own} />
              )}
            </section>
          ))}
        </div>
        <Explained of={['interval']} />
        {pairs.length > 0 && (
          <>
            <h2>Both sides of a distinction</h2>
            <Pairs pairs={pairs} />
            <Explained of={['pair']} />
          </>
        )}
      </>
    ),
  );
};
