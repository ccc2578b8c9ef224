import { permit } from '../../auth/actor.ts';
import { titleOf } from '../../catalogue/course-content.ts';
import type { Deps } from '../../deps.ts';
import { problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { dropRuleDraft } from '../../rule-sets/drafts.ts';
import { publishDraft } from '../../rule-sets/publish.ts';
import { change, type Outcome } from '../change.ts';
import { screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, onceOf, type Visit, withQuery } from '../visit.ts';
import { type Came, DraftCame } from './draft-came.tsx';
import { Draft } from './draft-section.tsx';
import { draftState } from './draft-state.ts';
import { readRules } from './read-rules.ts';
import { History, InForce, Policy } from './rules-sections.tsx';
import { rulesStyle } from './style.ts';
import { Units } from './units-section.tsx';

type Done = Came | 'asked';

const isCame = (value: string | undefined): value is Came =>
  value === 'published' || value === 'dropped' || value === 'started';

/** Publishes the draft, or drops it where that was confirmed; what is named is the draft that was looked at. */
const act = async (deps: Deps, visit: Visit, fields: Fields): Promise<Done> => {
  const { person, courseId } = visit;
  const [step, tag] = [fieldOf(fields, 'step'), fieldOf(fields, 'tag')];
  if (step === 'publish') {
    permit(person, 'rules:publish');
    const once = await onceOf(person, at(visit, 'rules'), fields);
    await publishDraft(deps, person, courseId, tag, once);
    return 'published';
  }
  if (step !== 'drop-now') return 'asked';
  permit(person, 'rules:draft');
  await dropRuleDraft(deps, person, courseId, tag);
  return 'dropped';
};

const show = async (
  deps: Deps,
  visit: Visit,
  { fields, query }: Asked,
  { refused, done }: Outcome<Done>,
): Promise<Reply> => {
  const read = await readRules(deps, visit);
  const { catalogue } = deps;
  const state = draftState(deps, read);
  const came = done ?? (isCame(query.done) && fieldOf(fields, 'once') === '' ? query.done : undefined);
  const title = (kind: 'scenarios' | 'prompts', id: string) => {
    const one = kind === 'scenarios' ? 'scenario' : 'prompt';
    return titleOf(catalogue, state.ruleSet, one, id) ?? titleOf(catalogue, read.rules.ruleSet, one, id) ?? id;
  };
  return screen(
    visit,
    {
      title: 'Rules',
      course: read.course.name,
      here: 'rules',
      more: rulesStyle,
      status: refused ? problems[refused.problem][0] : 200,
    },
    <>
      <h1>Rules</h1>
      <DraftCame visit={visit} refused={refused} came={came === 'asked' ? undefined : came} times={read.times} />
      <InForce visit={visit} read={read} />
      <Draft
        visit={visit}
        read={read}
        state={state}
        titleOf={title}
        asksToDrop={came === 'asked' && fieldOf(fields, 'step') === 'drop'}
      />
      <Policy visit={visit} policy={state.ruleSet.policy} draft={read.draft.exists} />
      <Units visit={visit} catalogue={catalogue} state={state} draft={read.draft.exists} />
      <History visit={visit} read={read} />
    </>,
  );
};

/** The rules of the course: what is in force, the draft and how it differs, every scenario and prompt, what was published. */
export const rulesPage = (deps: Deps, visit: Visit, asked: Asked): Promise<Reply> => {
  const { fields } = asked;
  const step = fieldOf(fields, 'step');
  const done = { publish: 'published', 'drop-now': 'dropped' }[step];
  return change<Done>(visit, fields, {
    act: () => act(deps, visit, fields),
    show: (outcome) => show(deps, visit, asked, outcome),
    to: done ? withQuery(at(visit, 'rules'), { done }) : undefined,
  });
};
