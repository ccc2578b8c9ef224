import type { dryRunBody } from '../../regrades/dry-run.ts';
import type { ToldRegrade } from '../../regrades/read-store.ts';
import { Change } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { besidesWords, number, policySays, policyTitles, type Tally, talliesOf } from './regrade-words.ts';

type Typed = { reason: string; policy: string };

/** How the grades are shared out, as a bar; the numbers below it say the same. */
const Shares = ({ raised, lowered, voided, same }: Tally) => {
  const parts = [
    ['up', raised],
    ['same', same],
    ['void', voided],
    ['down', lowered],
  ] as const;
  const whole = parts.reduce((sum, [, count]) => sum + count, 0) || 1;
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, [, count]) => sum + count, 0));
  return (
    <svg class="shares" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(([name, count], index) => (
        <rect class={name} x={(starts[index]! / whole) * 100} width={(count / whole) * 100} height={6} />
      ))}
    </svg>
  );
};

const Facts = ({ tally }: { tally: Tally }) => {
  const { raised, lowered, voided, same, rise, fall, lms } = tally;
  const rows: [string, number | null][] = [
    ['↑ Rise', raised],
    ['↓ Fall', lowered],
    ['= Stay', same],
    ...(voided > 0 ? [['∅ Count for nobody', voided] as [string, number]] : []),
    ['Now pass', rise],
    ['No longer pass', fall],
    ['Move in the LMS', lms],
  ];
  return (
    <dl class="facts tally">
      {rows.map(([says, count]) => (
        <>
          <dt>{says}</dt>
          <dd>{count === null ? 'not counted' : number(count)}</dd>
        </>
      ))}
    </dl>
  );
};

const ApplyForm = ({ visit, run, policy, typed }: { visit: Visit; run: ToldRegrade; policy: string; typed: Typed }) => (
  <Change visit={visit} to={at(visit, 'rules', 'dry-runs', run.id)}>
    <input type="hidden" name="hash" value={run.hash} />
    <label>
      Why (students read it beside their grade)
      <textarea name="reason" rows={2} maxlength={2000} required dir="auto" class="short">
        {typed.policy === policy ? typed.reason : ''}
      </textarea>
    </label>
    <button type="submit" class="button main" name="policy" value={policy}>
      {policy === 'replace' ? 'Apply: replace' : 'Apply: raise only'}
    </button>
  </Change>
);

type Props = {
  visit: Visit;
  run: ToldRegrade;
  counts: NonNullable<ReturnType<typeof dryRunBody>['counts']>;
  typed: Typed;
  /** Whether it can be applied here and now, by whoever looks. */
  applies: boolean;
};

/** The three ways to go on, side by side, with what each would do, and the forms that do it. */
export const Policies = ({ visit, run, counts, typed, applies }: Props) => (
  <>
    <div class="policies">
      {talliesOf(counts, run.graded).map((tally) => (
        <section class="box" aria-labelledby={`policy-${tally.policy}`}>
          <h3 id={`policy-${tally.policy}`}>{policyTitles[tally.policy]}</h3>
          <p>{policySays[tally.policy]}</p>
          <Shares {...tally} />
          <Facts tally={tally} />
          {applies && tally.policy === 'none' && (
            <p class="quiet">There is nothing to press: leave the dry run as it is.</p>
          )}
          {applies && tally.policy !== 'none' && (
            <ApplyForm visit={visit} run={run} policy={tally.policy} typed={typed} />
          )}
        </section>
      ))}
    </div>
    {besidesWords(counts).map((line) => (
      <p class="quiet">{line}</p>
    ))}
  </>
);
