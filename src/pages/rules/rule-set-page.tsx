import { may, permit } from '../../auth/actor.ts';
import { promptsOf, scenariosOf } from '../../catalogue/course-content.ts';
import type { Deps } from '../../deps.ts';
import { licensing } from '../../grading/grade-answer.ts';
import type { RuleSet } from '../../grading/rule-set.ts';
import { Problem, problems } from '../../problem.ts';
import type { Reply } from '../../route.ts';
import { saveRuleDraft } from '../../rule-sets/drafts.ts';
import { change, type Outcome } from '../change.ts';
import { ClaimNotes } from '../claims.tsx';
import { policyWords } from '../policy-words.ts';
import { Change, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit, withQuery } from '../visit.ts';
import { shortHash } from '../who.ts';
import { counted } from '../words.ts';
import { DraftCame } from './draft-came.tsx';
import { readRules } from './read-rules.ts';
import { RuleView } from './rule-view.tsx';
import { criteriaWords } from './rule-words.ts';

const claimsIn = ({ scenarios }: RuleSet) =>
  Object.values(scenarios).flatMap(({ accepts }) => accepts.flatMap(licensing));

const startFrom = async (deps: Deps, visit: Visit, hash: string, fields: Fields): Promise<true> => {
  const { person, courseId } = visit;
  permit(person, 'rules:draft');
  await saveRuleDraft(deps, person, courseId, fieldOf(fields, 'tag'), { base: hash });
  return true;
};

const show = async (deps: Deps, visit: Visit, hash: string, { refused, done }: Outcome<true>): Promise<Reply> => {
  const { catalogue } = deps;
  const read = await readRules(deps, visit, hash);
  if (read.named === undefined) throw new Problem('rule-set-not-found');
  const ruleSet = JSON.parse(read.named) as RuleSet;
  const current = read.rules.hash === hash;
  const [scenarios, prompts] = [scenariosOf(catalogue, ruleSet), promptsOf(catalogue, ruleSet)];
  return screen(
    visit,
    {
      title: `Rules ${shortHash(hash)}`,
      course: read.course.name,
      here: 'rules',
      trail: [{ to: at(visit, 'rules'), title: 'Rules' }],
      status: refused ? problems[refused.problem][0] : 200,
    },
    <>
      <h1>
        Rules {shortHash(hash)} {current && <span class="badge good">in force</span>}
      </h1>
      <DraftCame visit={visit} refused={refused} came={done && 'started'} times={read.times} />
      <p class="quiet">
        They never change: whatever was graded by them can be graded again. Their whole name is <code>{hash}</code>.
      </p>
      {!current && may(visit.person, 'rules:draft') && (
        <Change visit={visit} to={at(visit, 'rules', 'sets', hash)}>
          <input type="hidden" name="tag" value={read.draft.tag} />
          <p>
            To go back to them, make them the draft, look at the difference, and publish.
            {read.draft.exists && ' The draft there is now would be lost.'}
          </p>
          <div class="actions">
            <button type="submit" class="button" name="step" value="start">
              {read.draft.exists ? 'Replace the draft by these rules' : 'Start a draft from these rules'}
            </button>
          </div>
        </Change>
      )}
      <h2>Attempts and lateness</h2>
      <ul>
        {policyWords(ruleSet.policy).map((line) => (
          <li>{line}.</li>
        ))}
      </ul>
      {catalogue.units.map((unit) => (
        <section aria-labelledby={`unit-${unit.id}`}>
          <h2 id={`unit-${unit.id}`}>
            Unit {unit.id}: {unit.title}
          </h2>
          {scenarios
            .filter((one) => one.unit === unit.id && Object.hasOwn(ruleSet.scenarios, one.id))
            .map(({ id, title, text }) => (
              <details>
                <summary dir="auto">{title}</summary>
                {!Object.hasOwn(catalogue.scenarios, id) && <blockquote dir="auto">{text}</blockquote>}
                <RuleView catalogue={catalogue} rule={ruleSet.scenarios[id]!} />
                <p class="quiet">
                  {counted(ruleSet.bench.filter(({ scenario }) => scenario === id).length, 'sample answer')}
                </p>
              </details>
            ))}
          {prompts
            .filter((one) => one.unit === unit.id && Object.hasOwn(ruleSet.prompts, one.id))
            .map(({ id, title }) => (
              <details>
                <summary dir="auto">Discussion: {title}</summary>
                <ul dir="auto">
                  {criteriaWords(ruleSet.prompts[id]!).map((line) => (
                    <li>{line}</li>
                  ))}
                </ul>
              </details>
            ))}
        </section>
      ))}
      <ClaimNotes catalogue={catalogue} ids={claimsIn(ruleSet)} />
    </>,
  );
};

/** A published rule set in words, rule by rule; a draft can start from it. */
export const ruleSetPage = async (deps: Deps, visit: Visit, { params, fields }: Asked): Promise<Reply> => {
  const hash = params.hash!;
  return change(visit, fields, {
    act: () => startFrom(deps, visit, hash, fields),
    show: (outcome) => show(deps, visit, hash, outcome),
    to: withQuery(at(visit, 'rules'), { done: 'started' }),
  });
};
