import * as z from 'zod';
import type { Action } from '../auth/actor.ts';
import type { Deps } from '../deps.ts';
import { lazily } from '../lazily.ts';
import { type HandledRoute, type Reply, route } from '../route.ts';
import { confusionPage } from './analytics/confusion-page.tsx';
import { itemsPage } from './analytics/items-page.tsx';
import { overviewPage } from './analytics/overview-page.tsx';
import { participationPage } from './analytics/participation-page.tsx';
import { stancePage } from './analytics/stance-page.tsx';
import { appealPage } from './appeals/appeal-page.tsx';
import { appealsPage } from './appeals/appeals-page.tsx';
import { datesPage } from './dates/dates-page.tsx';
import { promptPage } from './discussion/prompt-page.tsx';
import { cellPage } from './gradebook/cell-page.tsx';
import { gradebookPage } from './gradebook/gradebook-page.tsx';
import { personPage } from './gradebook/person-page.tsx';
import { spreadsheetPage } from './gradebook/spreadsheet-page.tsx';
import { gradePage } from './grades/grade-page.tsx';
import { myGradesPage } from './grades/my-grades-page.tsx';
import { coursePage } from './lessons/course-page.tsx';
import { sourcePage } from './lessons/source-page.tsx';
import { unitPage } from './lessons/unit-page.tsx';
import { peoplePage } from './people/people-page.tsx';
import { personDataFile } from './people/person-data-file.ts';
import { enrolledPage } from './people/person-page.tsx';
import { rosterPage } from './people/roster-page.tsx';
import { dryRunPage } from './regrades/dry-run-page.tsx';
import { dryRunsPage } from './regrades/dry-runs-page.tsx';
import { regradePage } from './regrades/regrade-page.tsx';
import { reviewPage } from './review/review-page.tsx';
import { policyPage } from './rules/policy-page.tsx';
import { promptRulePage } from './rules/prompt-rule-page.tsx';
import { ruleSetPage } from './rules/rule-set-page.tsx';
import { rulesPage } from './rules/rules-page.tsx';
import { scenarioRulePage } from './rules/scenario-rule-page.tsx';
import { scenarioPage } from './scenario/scenario-page.tsx';
import { syncPage } from './sync/sync-page.tsx';
import { type Asked, type PageCall, type Visit, visitOf } from './visit.ts';

/** A post of 20 000 characters takes up to nine times as many bytes in a form. */
const MAX_FORM_BYTES = 262_144;

/** Pages check what they are asked themselves: what is refused is given back. */
const pageQuery = lazily(() => z.record(z.string(), z.string().max(600)));
const formSchema = lazily(() => z.record(z.string(), z.union([z.string(), z.array(z.string())])));

/** Shows a page, after carrying out what its form asked for, if anything. */
type Show = (deps: Deps, visit: Visit, asked: Asked) => Promise<Reply>;

/** A page by both its methods: GET by the session's cookie; POST with the session in a form, to go there or to change something. */
const page = (path: string, title: string, action: Action, show: Show): HandledRoute[] => {
  const described = { path, title, action, page: true, query: pageQuery, returns: () => ({ 200: null }) } as const;
  const handle = (call: PageCall) => {
    const { deps, params, body = {}, query, url, later } = call;
    return show(deps, visitOf(call), { params, fields: body, query, url, later });
  };
  return [
    route({ ...described, method: 'get', alsoReturns: 'text/html', handle }),
    route({
      ...described,
      method: 'post',
      alsoReturns: 'text/html',
      takesForm: true,
      maxBytes: MAX_FORM_BYTES,
      body: formSchema,
      handle,
    }),
  ];
};

/** The pages that a launch leads to. They are for people, and no part of the interface that /docs describes. */
export const coursePages: readonly HandledRoute[] = [
  ...page('/courses/{course}', 'The course', 'course:read', coursePage),
  ...page('/courses/{course}/units/{unit}', 'A unit', 'scenarios:read', unitPage),
  ...page('/courses/{course}/sources/{source}', 'A reading', 'scenarios:read', sourcePage),
  ...page('/courses/{course}/scenarios/{scenario}', 'A scenario', 'answers:read', scenarioPage),
  ...page('/courses/{course}/prompts/{prompt}', 'A discussion', 'posts:read', promptPage),
  ...page('/courses/{course}/grades', 'Your grades', 'grades:read-own', myGradesPage),
  ...page('/courses/{course}/grades/{kind}/{activity}', 'Why a grade is what it is', 'grade-events:read', gradePage),
  ...page('/courses/{course}/gradebook', 'The gradebook', 'gradebook:read', gradebookPage),
  // Before the page of a person, whose place in the address it takes.
  ...page(
    '/courses/{course}/gradebook/spreadsheet',
    'The gradebook as a spreadsheet',
    'gradebook:read',
    spreadsheetPage,
  ),
  ...page('/courses/{course}/gradebook/{person}', 'The grades of one person', 'gradebook:read', personPage),
  ...page('/courses/{course}/gradebook/{person}/{kind}/{activity}', 'A grade', 'gradebook:read', cellPage),
  ...page('/courses/{course}/rules', 'The rules', 'rules:read', rulesPage),
  ...page('/courses/{course}/rules/policy', 'Attempts and lateness', 'rules:read', policyPage),
  ...page('/courses/{course}/rules/scenarios/{scenario}', "A scenario's rule", 'rules:read', scenarioRulePage),
  ...page('/courses/{course}/rules/prompts/{prompt}', "A discussion's criteria", 'rules:read', promptRulePage),
  ...page('/courses/{course}/rules/sets/{hash}', 'Published rules', 'rules:read', ruleSetPage),
  ...page('/courses/{course}/rules/dry-runs', 'Dry runs', 'regrades:read', dryRunsPage),
  ...page('/courses/{course}/rules/dry-runs/{dryRun}', 'A dry run', 'regrades:read', dryRunPage),
  ...page('/courses/{course}/rules/regrades/{regrade}', 'A regrade', 'regrades:read', regradePage),
  ...page('/courses/{course}/analytics', 'What stands out', 'analytics:read', overviewPage),
  ...page('/courses/{course}/analytics/items', 'How the scenarios went', 'analytics:read', itemsPage),
  ...page('/courses/{course}/analytics/confusion', 'Which role was chosen', 'analytics:read', confusionPage),
  ...page('/courses/{course}/analytics/participation', 'Who takes part', 'analytics:read', participationPage),
  ...page('/courses/{course}/analytics/stance-shift', 'Who changed their mind', 'analytics:read', stancePage),
  ...page('/courses/{course}/review-queue', 'Posts to look at', 'posts:moderate', reviewPage),
  ...page('/courses/{course}/people', 'People', 'people:read', peoplePage),
  ...page('/courses/{course}/people/{person}', 'A person', 'people:read', enrolledPage),
  ...page('/courses/{course}/roster', 'Import a roster', 'people:import', rosterPage),
  ...page('/courses/{course}/dates', 'Dates and settings', 'course:change', datesPage),
  ...page('/courses/{course}/appeals', 'Appeals', 'appeals:read', appealsPage),
  ...page('/courses/{course}/appeals/{appeal}', 'An appeal', 'appeals:read', appealPage),
  ...page('/courses/{course}/sync', 'What went to the LMS', 'lms-sync:read', syncPage),
];

/** Files that the pages give. */
export const courseFiles: readonly HandledRoute[] = page(
  '/courses/{course}/people/{person}/data',
  "A person's data",
  'people:erase',
  personDataFile,
);
