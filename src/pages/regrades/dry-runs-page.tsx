import { may } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { type Problem, problems } from '../../problem.ts';
import { dryRunBody } from '../../regrades/dry-run.ts';
import type { ToldRegrade } from '../../regrades/read-store.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { Change, Go, screen } from '../screen.tsx';
import { Table } from '../table.tsx';
import { type Asked, at, fieldOf, type Visit } from '../visit.ts';
import type { Times } from '../words.ts';
import { showDryRun } from './dry-run-page.tsx';
import { readDryRuns } from './read-regrades.ts';
import { byWords, number, rulesWords, stateWords } from './regrade-words.ts';
import { start } from './run-acts.ts';

type Read = Awaited<ReturnType<typeof readDryRuns>>;

const StartForm = ({ visit, read, chosen }: { visit: Visit; read: Read; chosen: string }) => {
  const { hasDraft, former, times } = read;
  const option = (value: string, says: string) => (
    <option value={value} selected={chosen === value}>
      {says}
    </option>
  );
  return (
    <Change visit={visit} to={at(visit, 'rules', 'dry-runs')} class="box">
      <label>
        What would change under
        <select name="ruleSet">
          {hasDraft && option('draft', 'the draft')}
          {option('current', 'the rules in use')}
          {former.map(({ ruleSet, publishedAt }) => option(ruleSet, rulesWords({ isCurrent: 0, publishedAt }, times)))}
        </select>
      </label>
      <p class="quiet">
        {hasDraft
          ? 'The draft shows what publishing and regrading would do; it can be applied once it is published.'
          : 'There is no draft now. The rules in use show whose earlier grades are not what they would give.'}
      </p>
      <button type="submit" class="button main">
        Start a dry run
      </button>
    </Change>
  );
};

const Row = ({ visit, run, times }: { visit: Visit; run: ToldRegrade; times: Times }) => {
  const { counts } = dryRunBody(run);
  const { says, tone } = stateWords(run, counts);
  return (
    <tr>
      <th scope="row">
        <Go visit={visit} to={at(visit, 'rules', run.policy ? 'regrades' : 'dry-runs', run.id)}>
          {byWords(run.createdBy, run.starterName, run.createdAt, times)}
        </Go>
      </th>
      <td>{rulesWords(run, times)}</td>
      <td>
        <span class={`badge ${tone}`}>{says}</span>
      </td>
      <td class="num">{counts ? number(counts.replace.raised) : '–'}</td>
      <td class="num">{counts ? number(counts.replace.lowered) : '–'}</td>
    </tr>
  );
};

const show = (visit: Visit, read: Read, chosen: string, refused: Problem | undefined): Reply => {
  const { course, runs, times, next } = read;
  return screen(
    visit,
    { title: 'Dry runs', course: course.name, here: 'rules', status: refused ? problems[refused.problem][0] : 200 },
    <>
      <h1>Dry runs and regrades</h1>
      <p>
        A dry run works out whose grades would move under a set of rules, and why. It changes nothing. Once it is ready,
        you decide whether and how to apply it.
      </p>
      {refused && <Refusal problem={refused} times={times} />}
      {refused?.problem === 'rules-not-publishable' && (
        <p>
          <Go visit={visit} to={at(visit, 'rules')}>
            See on the Rules page what there is to mend
          </Go>
        </p>
      )}
      {may(visit.person, 'regrades:apply') ? (
        <StartForm visit={visit} read={read} chosen={chosen} />
      ) : (
        <p class="quiet">An instructor starts and applies them; you can read them.</p>
      )}
      <h2>So far</h2>
      {runs.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <Table caption="Newest first" head={['Started', 'Rules', 'State', 'Would rise', 'Would fall']}>
          {runs.map((run) => (
            <Row visit={visit} run={run} times={times} />
          ))}
        </Table>
      )}
      {runs.length > 0 && <p class="quiet">A dry run that is not applied is dropped after 30 days.</p>}
      {next && (
        <p>
          <Go visit={visit} to={next}>
            Earlier ones
          </Go>
        </p>
      )}
    </>,
  );
};

/** For staff: the course's dry runs and regrades, and for instructors the form that starts another. */
export const dryRunsPage = (deps: Deps, visit: Visit, { fields, query, url, later }: Asked): Promise<Reply> =>
  change(visit, fields, {
    act: () => start(deps, visit, fields, later),
    show: async ({ refused, done }) =>
      done === undefined
        ? show(
            visit,
            await readDryRuns(deps, visit, { url, cursor: query.cursor }),
            fieldOf(fields, 'ruleSet'),
            refused,
          )
        : showDryRun(deps, visit, done, { query: {}, url }),
    to: (dryRun) => at(visit, 'rules', 'dry-runs', dryRun),
  });
