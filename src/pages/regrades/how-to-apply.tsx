import { may } from '../../auth/actor.ts';
import { ResultBox } from '../result-box.tsx';
import { Change, Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import type { DryRunRead } from './read-regrades.ts';
import { stateWords } from './regrade-words.ts';
import { WayBack } from './run-parts.tsx';

type Props = { visit: Visit; read: DryRunRead };

const ToRules = ({ visit }: { visit: Visit }) => (
  <p>
    <Go visit={visit} to={at(visit, 'rules')}>
      Go to the rules
    </Go>
  </p>
);

const Applied = ({ visit, read: { run } }: Props) => (
  <section class="box" aria-label="Applied">
    <p>
      This dry run: <span class="badge">{stateWords(run, null).says}</span>
    </p>
    <p>
      <Go visit={visit} to={at(visit, 'rules', 'regrades', run.id)}>
        See the regrade
      </Go>
    </p>
  </section>
);

/** Rules that were in use before: they go into the draft, and are published like any other. */
const BringBack = ({ visit, read: { course, run } }: Props) => (
  <Change visit={visit} to={at(visit, 'rules', 'dry-runs', run.id)}>
    <p>
      They were in use before. Put them into the draft and publish that: new answers are graded by them again, and this
      dry run can be applied.
    </p>
    <input type="hidden" name="current" value={course.ruleSet} />
    <button type="submit" class="button" name="bring" value={run.ruleSet}>
      Put these rules into the draft
    </button>
  </Change>
);

/** Why former rules were not put into the draft. */
export const DraftInTheWay = ({ visit }: { visit: Visit }) => (
  <ResultBox tone="bad" label="Not taken">
    <p>
      <b>There is a draft already.</b> Nothing was changed. Publish it or drop it on the Rules page first; then put
      these rules into the draft.
    </p>
    <ToRules visit={visit} />
  </ResultBox>
);

/** What stands between a dry run and applying it, if anything. `isBrought`: its rules were just put into the draft. */
export const HowToApply = ({ visit, read, isBrought }: Props & { isBrought: boolean }) => {
  const { run } = read;
  if (run.policy !== null) return <Applied visit={visit} read={read} />;
  if (!may(visit.person, 'regrades:apply')) return <p class="quiet">An instructor decides whether to apply this.</p>;
  if (run.isCurrent === 1) return <WayBack />;
  if (isBrought)
    return (
      <section class="box good" role="status" aria-label="In the draft">
        <p>
          <b>These rules are the draft now.</b> Publish it on the Rules page, or drop it there; then come back here to
          apply this.
        </p>
        <ToRules visit={visit} />
      </section>
    );
  return (
    <section class="box warn" aria-label="First publish">
      <p>
        <b>To apply this, publish these rules first.</b>
      </p>
      {run.publishedAt === null ? (
        <p>
          They are a draft still: new answers are graded by other rules. This dry run can be applied as it is once the
          draft is published unchanged.
        </p>
      ) : (
        <BringBack visit={visit} read={read} />
      )}
      <ToRules visit={visit} />
    </section>
  );
};
