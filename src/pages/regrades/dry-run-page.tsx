import { may } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { type Problem, problems } from '../../problem.ts';
import type { MovedChange } from '../../regrades/apply.ts';
import type { ChangeFilter } from '../../regrades/changes-store.ts';
import { dryRunBody, isComparing } from '../../regrades/dry-run.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { Go, screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit } from '../visit.ts';
import { changesFile } from './changes-file.ts';
import { Changes, filters } from './changes-table.tsx';
import { MovedSince } from './moved-since.tsx';
import { Policies } from './policies.tsx';
import { type DryRunRead, readDryRun } from './read-regrades.ts';
import { showRegrade } from './regrade-page.tsx';
import { byWords, number, rulesWords } from './regrade-words.ts';
import { apply, arrive } from './run-acts.ts';
import { Progress, Start, WayBack } from './run-parts.tsx';

type Place = { query: Asked['query']; url: URL };
type Tried = { refused?: Problem | undefined; fields?: Fields };

const movedIn = (refused: Problem | undefined): MovedChange[] =>
  refused?.problem === 'dry-run-stale' ? (refused.members.moved as MovedChange[]) : [];

/** What stands between a dry run and applying it, if anything. */
const HowToApply = ({ visit, read }: { visit: Visit; read: DryRunRead }) => {
  const { run } = read;
  const toRules = (says: string) => (
    <p class="actions">
      <Go visit={visit} to={at(visit, 'rules')}>
        {says}
      </Go>
    </p>
  );
  if (run.policy !== null)
    return (
      <section class="box" aria-label="Applied">
        <p>This dry run was applied.</p>
        <Go visit={visit} to={at(visit, 'rules', 'regrades', run.id)}>
          See the regrade
        </Go>
      </section>
    );
  if (!may(visit.person, 'regrades:apply')) return <p class="quiet">An instructor decides whether to apply this.</p>;
  if (run.isCurrent === 1) return <WayBack />;
  return (
    <section class="box warn" aria-label="First publish">
      <p>
        <b>To apply this, publish these rules first.</b>{' '}
        {run.publishedAt === null
          ? 'They are a draft still: new answers are graded by other rules. This dry run can be applied as it is once the draft is published unchanged.'
          : 'They were in use before: start the draft from them and publish it, then this dry run can be applied.'}
      </p>
      {toRules('Go to the rules')}
    </section>
  );
};

const Found = ({ deps, visit, read, filter, tried }: FoundProps) => {
  const { run } = read;
  const { counts, graded } = dryRunBody(run);
  if (!counts) return null;
  const applies = run.isCurrent === 1 && run.state === 'ready' && may(visit.person, 'regrades:apply');
  const typed = { reason: fieldOf(tried.fields ?? {}, 'reason'), policy: fieldOf(tried.fields ?? {}, 'policy') };
  const nothing = counts.changes === 0;
  return (
    <>
      <section id={tried.refused ? undefined : 'result'} tabindex={-1} aria-labelledby="outcome">
        <h2 id="outcome">{nothing ? 'Nothing would change' : 'What would change'}</h2>
        <p>
          {number(graded)} {graded === 1 ? 'grade' : 'grades'} compared.{' '}
          {nothing && 'These rules give every one as it is.'}
        </p>
        {!nothing && (
          <>
            <HowToApply visit={visit} read={read} />
            <Policies visit={visit} run={run} counts={counts} typed={typed} applies={applies} />
          </>
        )}
      </section>
      {!nothing && <Changes deps={deps} visit={visit} read={read} filter={filter} total={counts.changes} />}
    </>
  );
};
type FoundProps = { deps: Deps; visit: Visit; read: DryRunRead; filter: string; tried: Tried };

const Stopped = ({ visit, ruleSet }: { visit: Visit; ruleSet: string }) => (
  <section id="result" class="box bad" role="alert" tabindex={-1} aria-label="Stopped">
    <p>
      <b>This dry run stopped before it was ready.</b> Nothing was changed. Other rules may have been published
      meanwhile.
    </p>
    {may(visit.person, 'regrades:apply') && (
      <Start visit={visit} ruleSet={ruleSet}>
        Make a new dry run
      </Start>
    )}
  </section>
);

/** Shows a dry run as it stands: its progress, what stopped it, or what it found. */
export const showDryRun = async (
  deps: Deps,
  visit: Visit,
  id: string,
  { query, url }: Place,
  tried: Tried = {},
): Promise<Reply> => {
  const shown = query.show ?? '';
  const filter: ChangeFilter = filters.find(({ name }) => name === shown)?.filter ?? {};
  const { refused } = tried;
  const moved = movedIn(refused);
  const address = at(visit, 'rules', 'dry-runs', id);
  const here = new URL(address, url);
  if (shown) here.searchParams.set('show', shown);
  const people = moved.map(({ person }) => person);
  const read = await readDryRun(deps, visit, id, { url: here, cursor: query.cursor, filter }, people);
  const { course, run, times } = read;
  const gone = refused?.problem === 'stale' || refused?.problem === 'dry-run-stale';
  return screen(
    visit,
    {
      title: 'Dry run',
      course: course.name,
      here: 'rules',
      trail: [{ to: at(visit, 'rules', 'dry-runs'), title: 'Dry runs' }],
      status: refused ? problems[refused.problem][0] : 200,
      wide: true,
    },
    <>
      <h1>Dry run of {rulesWords(run, times)}</h1>
      <p class="quiet">
        Started <span dir="auto">{byWords(run.createdBy, run.starterName, run.createdAt, times)}</span>. It changed
        nothing.
      </p>
      {refused && !gone && <Refusal problem={refused} times={times} />}
      {gone && <MovedSince deps={deps} visit={visit} read={read} moved={moved} />}
      {isComparing(run) && <Progress visit={visit} address={address} run={run} />}
      {run.state === 'failed' && run.policy === null && <Stopped visit={visit} ruleSet={run.ruleSet} />}
      <Found deps={deps} visit={visit} read={read} filter={shown} tried={tried} />
    </>,
  );
};

/** For staff: a dry run. Instructors apply it here; anybody of the staff takes its changes away as a file. */
export const dryRunPage = (deps: Deps, visit: Visit, { params, fields, query, url, later }: Asked): Promise<Reply> => {
  const id = params.dryRun!;
  if (fieldOf(fields, 'file') === 'changes') return changesFile(deps, visit, id);
  return change(visit, fields, {
    act: () => apply(deps, visit, id, fields, later),
    show: async ({ refused, done }) =>
      done === undefined
        ? showDryRun(deps, visit, id, { query, url }, { refused, fields })
        : arrive(visit, at(visit, 'rules', 'regrades', done), () => showRegrade(deps, visit, done)),
  });
};
