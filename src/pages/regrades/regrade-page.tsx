import { may } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { dryRunBody } from '../../regrades/dry-run.ts';
import type { Reply } from '../../route.ts';
import { ResultBox } from '../result-box.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { type RegradeRead, readRegrade } from './read-regrades.ts';
import {
  byWords,
  lmsMoved,
  movedBy,
  movedWords,
  number,
  policySays,
  policyTitles,
  rulesWords,
} from './regrade-words.ts';
import { Progress, Start, WayBack } from './run-parts.tsx';
import { regradesStyle } from './style.ts';

const Result = ({ visit, read }: { visit: Visit; read: RegradeRead }) => {
  const { run, policy } = read;
  const { counts } = dryRunBody(run);
  if (run.state === 'failed')
    return (
      <ResultBox tone="bad" label="Stopped">
        <p>
          <b>
            The regrade stopped after {number(run.done)} of {number(run.total)} changes.
          </b>{' '}
          Other rules may have been published meanwhile. What it had applied stays; the rest was not touched. A new dry
          run of the rules in use shows what is left.
        </p>
      </ResultBox>
    );
  const lms = counts && lmsMoved(policy, counts);
  return (
    <ResultBox tone="good" label="Done">
      <p>
        <b>{counts ? movedWords(movedBy(policy, counts)) : 'The regrade is done.'}</b> Students see it in their grades,
        with the reason.
      </p>
      {counts && counts.overridden > 0 && (
        <p>
          Overrides stand as they were ({number(counts.overridden)}); the automatic grade moved beneath them, and counts
          if one is lifted.
        </p>
      )}
      {lms !== null && (
        <p>
          {lms > 0
            ? `Marks in the LMS that move with it: ${number(lms)}. They are on their way.`
            : 'No mark in the LMS moves with it.'}{' '}
          <Go visit={visit} to={at(visit, 'sync')}>
            See what went to the LMS
          </Go>
        </p>
      )}
    </ResultBox>
  );
};

/** Shows a regrade: how far it is, or what it did, and the way back. */
export const showRegrade = async (deps: Deps, visit: Visit, id: string): Promise<Reply> => {
  const read = await readRegrade(deps, visit, id);
  const { course, run, policy, times } = read;
  const address = at(visit, 'rules', 'regrades', id);
  const dryRun = at(visit, 'rules', 'dry-runs', id);
  const mayApply = may(visit.person, 'regrades:apply');
  return screen(
    visit,
    {
      title: 'Regrade',
      more: regradesStyle,
      course: course.name,
      here: 'rules',
      trail: [
        { to: at(visit, 'rules', 'dry-runs'), title: 'Dry runs' },
        { to: dryRun, title: 'Its dry run' },
      ],
    },
    <>
      <h1>Regrade: {policyTitles[policy].toLowerCase()}</h1>
      <p>{policySays[policy]}</p>
      {run.state === 'applying' ? (
        <Progress visit={visit} address={address} run={run} />
      ) : (
        <Result visit={visit} read={read} />
      )}
      <dl class="facts">
        <dt>Rules</dt>
        <dd>{rulesWords(run, times)}</dd>
        <dt>Applied</dt>
        <dd dir="auto">{byWords(run.appliedBy, run.applierName, run.appliedAt, times)}</dd>
        {run.reason && (
          <>
            <dt>Why</dt>
            <dd dir="auto">{run.reason}</dd>
          </>
        )}
      </dl>
      <p>
        <Go visit={visit} to={`${dryRun}#changes`}>
          Who moved, and why
        </Go>
      </p>
      <h2>The way back</h2>
      <WayBack />
      {mayApply && run.state === 'failed' && (
        <Start visit={visit} ruleSet="current">
          See what is left
        </Start>
      )}
      {mayApply && run.state === 'applied' && run.former && (
        <Start visit={visit} ruleSet={run.former}>
          See what going back to the former rules would do
        </Start>
      )}
    </>,
  );
};

/** For staff: a regrade. */
export const regradePage = (deps: Deps, visit: Visit, { params }: Asked): Promise<Reply> =>
  showRegrade(deps, visit, params.regrade!);
