import type { Deps } from '../../deps.ts';
import { WithClaims } from '../claims.tsx';
import { ResultBox } from '../result-box.tsx';
import { RuleView } from '../rules/rule-view.tsx';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { doneWords } from './appeal-words.ts';
import type { TypedDecision } from './decide-form.tsx';
import type { AppealRead } from './read-appeals.ts';

export type Shown = { deps: Deps; visit: Visit; read: AppealRead };

/** The rule of the scenario as it is published now, in words. */
export const Rule = ({ deps: { catalogue }, read: { rule } }: Shown) =>
  rule ? (
    <>
      <RuleView catalogue={catalogue} rule={rule} />
      <p class="quiet">
        Of several entries that fit, the one that earns most counts; every other answer earns nothing.
      </p>
    </>
  ) : (
    <p>The rules that are published now say nothing about this scenario.</p>
  );

/** What was decided, and why. */
export const Decided = ({ visit, read }: Shown) => {
  const { appeal } = read;
  return (
    <section class="box" aria-labelledby="decision">
      <h2 id="decision">{appeal.state === 'upheld' ? 'Upheld' : 'Denied'}</h2>
      <p class="quiet">{appeal.decidedAt !== null && read.times(appeal.decidedAt)}</p>
      <blockquote dir="auto">{appeal.reason}</blockquote>
      {appeal.regradeId && (
        <p>
          <Go visit={visit} to={at(visit, 'rules', 'dry-runs', appeal.regradeId)}>
            What the changed rules would do to everybody’s grade
          </Go>
        </p>
      )}
      <p class="quiet">
        A decision stands; the grade itself can still be set by hand{' '}
        <Go visit={visit} to={at(visit, 'gradebook', appeal.personId, 'scenario', appeal.scenario)}>
          in the gradebook
        </Go>
        .
      </p>
    </section>
  );
};

/** What was decided just now, and what comes next. */
export const Done = ({ visit, read, done }: Shown & { done: string | undefined }) => {
  const { appeal } = read;
  const says = appeal.state === 'open' ? null : doneWords(done, appeal.regradeId);
  if (says === null) return null;
  return (
    <ResultBox tone="good" label="Decided">
      <p>
        <b>{says}</b>
      </p>
      <p class="actions">
        {done === 'rules' && appeal.regradeId && (
          <Go visit={visit} to={at(visit, 'rules', 'dry-runs', appeal.regradeId)}>
            See whom it would touch
          </Go>
        )}
        {done === 'rules' && !appeal.regradeId && (
          <Go visit={visit} to={at(visit, 'rules')}>
            To the rules
          </Go>
        )}
        <Go visit={visit} to={at(visit, 'appeals')}>
          Back to the appeals
        </Go>
      </p>
    </ResultBox>
  );
};

/** What was typed for an appeal that somebody else decided meanwhile, to keep. */
export const Kept = ({ typed }: { typed: TypedDecision }) => (
  <div class="box">
    <p>The reason that you typed:</p>
    <blockquote dir="auto">{typed.reason}</blockquote>
  </div>
);

/** The claim by which the answer is said to be right. */
export const Claim = ({ deps: { catalogue }, read: { appeal } }: Shown) => (
  <p>
    They bring <WithClaims catalogue={catalogue} text={appeal.claim} />: {catalogue.claims[appeal.claim]?.text}
  </p>
);
