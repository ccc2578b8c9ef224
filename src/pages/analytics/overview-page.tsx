import type { Child } from 'hono/jsx';
import { promptIn } from '../../catalogue/course-content.ts';
import type { Deps } from '../../deps.ts';
import type { Reply } from '../../route.ts';
import { roleName } from '../claims.tsx';
import { Go, screen } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { counted } from '../words.ts';
import { matrixWords } from './confusion-words.ts';
import { itemsWords } from './item-words.ts';
import { titledItems } from './items-page.tsx';
import { networkWords, promptsWords } from './participation-words.ts';
import { type Part, parts, SmallGroups } from './parts.tsx';
import { readOverview } from './read-overview.ts';
import { shiftsWords } from './stance-words.ts';
import { analyticsStyle } from './style.ts';

const Lead = ({ visit, part, children }: { visit: Visit; part: Part; children?: Child }) => (
  <li>
    <h2>
      <Go visit={visit} to={at(visit, 'analytics', part)}>
        {parts[part]}
      </Go>
    </h2>
    <p dir="auto">{children}</p>
  </li>
);

/** What stands out of a course's answers and discussions, a sentence each, and the way to the pictures. */
export const overviewPage = async (deps: Deps, visit: Visit): Promise<Reply> => {
  const { catalogue } = deps;
  const { course, ruleSet, items, confusion, participation, shift } = await readOverview(deps, visit);
  const named = (id: string) => roleName(catalogue, id);
  const { learners } = participation;
  const prompts = participation.prompts.map((one) => ({
    ...one,
    title: promptIn(catalogue, ruleSet, one.prompt)!.title,
  }));
  const shifts = shift.items.map((item) => ({
    ...item,
    title: catalogue.scenarios[item.scenario]?.title ?? item.scenario,
  }));
  const kept = confusion.scenarios.filter(({ suppressed }) => suppressed).length;
  return screen(
    visit,
    { title: 'Analytics', course: course.name, here: 'analytics', more: analyticsStyle },
    <>
      <h1>What stands out</h1>
      <p class="quiet">
        Of {counted(learners, 'student')} who {learners === 1 ? 'is' : 'are'} in the course now, and of their first
        attempts.
      </p>
      <SmallGroups visit={visit} />
      <ul class="list">
        <Lead visit={visit} part="items">
          {itemsWords(titledItems(catalogue, ruleSet, items.items))}
        </Lead>
        <Lead visit={visit} part="confusion">
          {matrixWords(confusion.course, kept, named)}
        </Lead>
        <Lead visit={visit} part="participation">
          {promptsWords(prompts, learners)} {learners > 0 && networkWords(participation)}
        </Lead>
        <Lead visit={visit} part="stance-shift">
          {shiftsWords(shifts, named)}
        </Lead>
      </ul>
    </>,
  );
};
