import type { Child } from 'hono/jsx';
import { hidesSmallGroups } from '../../analytics/suppression.ts';
import type { Reply } from '../../route.ts';
import { Go, screen } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { analyticsStyle } from './style.ts';

export type Roles = readonly { id: string; label: string }[];

/** What a role of the pictures is called. */
export const namedBy = (roles: Roles) => (id: string) => roles.find((role) => role.id === id)?.label ?? id;

/** The pages of the analytics, by the last part of their address. */
export const parts = {
  items: 'How the scenarios went',
  confusion: 'Which role was chosen',
  participation: 'Who takes part',
  'stance-shift': 'Who changed their mind',
} as const;
export type Part = keyof typeof parts;

const Parts = ({ visit, here }: { visit: Visit; here: Part }) => (
  <nav aria-label="Analytics">
    <ul class="parts">
      {(Object.keys(parts) as Part[]).map((part) => (
        <li>
          <Go visit={visit} to={at(visit, 'analytics', part)} current={part === here}>
            {parts[part]}
          </Go>
        </li>
      ))}
    </ul>
  </nav>
);

/** What assistants are told once, before they read a figure. */
export const SmallGroups = ({ visit }: { visit: Visit }) =>
  hidesSmallGroups(visit.person) ? (
    <p class="box">
      As an assistant you see no group of one to four students. What would tell of so few is <b>kept back</b>: it is
      hatched in the pictures, and it is not zero.
    </p>
  ) : null;

/** A page of the analytics. */
export const analyticsScreen = (visit: Visit, here: Part, course: string, content: Child): Reply =>
  screen(
    visit,
    {
      title: parts[here],
      more: analyticsStyle,
      course,
      here: 'analytics',
      trail: [{ to: at(visit, 'analytics'), title: 'Analytics' }],
      wide: true,
    },
    <>
      <h1>{parts[here]}</h1>
      <Parts visit={visit} here={here} />
      <SmallGroups visit={visit} />
      {content}
    </>,
  );

type ToScenario = { visit: Visit; scenario: string; title: string };

/** A link to a scenario's page. */
export const ScenarioLink = ({ visit, scenario, title }: ToScenario) => (
  <Go visit={visit} to={at(visit, 'scenarios', scenario)}>
    <span dir="auto">{title}</span>
  </Go>
);

/** A link to a scenario's rule. */
export const RuleLink = ({ visit, scenario, title }: ToScenario) => (
  <Go visit={visit} to={at(visit, 'rules', 'scenarios', scenario)}>
    Its rule<span class="unseen"> ({title})</span>
  </Go>
);

/** The numbers of a picture, folded where they are many. */
export const Numbers = ({ rows, children }: { rows: number; children?: Child }) =>
  rows > 6 ? (
    <details>
      <summary>The numbers as a table</summary>
      {children}
    </details>
  ) : (
    <div>{children}</div>
  );
