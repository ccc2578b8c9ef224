import { may } from '../../auth/actor.ts';
import type { Deps } from '../../deps.ts';
import { type Problem, problems } from '../../problem.ts';
import type { MovedChange } from '../../regrades/apply.ts';
import type { ChangeFilter } from '../../regrades/changes-store.ts';
import { dryRunBody, isComparing } from '../../regrades/dry-run.ts';
import type { Reply } from '../../route.ts';
import { change } from '../change.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { screen } from '../screen.tsx';
import { type Asked, at, type Fields, fieldOf, type Visit, withQuery } from '../visit.ts';
import { changesFile } from './changes-file.ts';
import { Changes, filters } from './changes-table.tsx';
import { DraftInTheWay, HowToApply } from './how-to-apply.tsx';
import { MovedSince } from './moved-since.tsx';
import { Policies } from './policies.tsx';
import { type DryRunRead, readDryRun } from './read-regrades.ts';
import { showRegrade } from './regrade-page.tsx';
import { byWords, number, rulesWords } from './regrade-words.ts';
import { apply, bringBack } from './run-acts.ts';
import { Progress, Start } from './run-parts.tsx';
import { regradesStyle } from './style.ts';

type Place = { query: Asked['query']; url: URL };
type Tried = { refused?: Problem | undefined; fields?: Fields; isBrought?: boolean };

const movedIn = (refused: Problem | undefined): MovedChange[] =>
  refused?.problem === 'dry-run-stale' ? (refused.members.moved as MovedChange[]) : [];

type FoundProps = { deps: Deps; visit: Visit; read: DryRunRead; filter: string; tried: Tried };

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
            <HowToApply visit={visit} read={read} isBrought={tried.isBrought ?? false} />
            <Policies visit={visit} run={run} counts={counts} typed={typed} applies={applies} />
          </>
        )}
      </section>
      {!nothing && <Changes deps={deps} visit={visit} read={read} filter={filter} total={counts.changes} />}
    </>
  );
};
const Stopped = ({ visit, ruleSet }: { visit: Visit; ruleSet: string }) => (
  <ResultBox tone="bad" label="Stopped">
    <p>
      <b>This dry run stopped before it was ready.</b> Nothing was changed. Other rules may have been published
      meanwhile.
    </p>
    {may(visit.person, 'regrades:apply') && (
      <Start visit={visit} ruleSet={ruleSet}>
        Make a new dry run
      </Start>
    )}
  </ResultBox>
);

type RefusedProps = { deps: Deps; visit: Visit; read: DryRunRead; refused: Problem; fields: Fields };

const Refused = ({ deps, visit, read, refused, fields }: RefusedProps) => {
  const overtaken = refused.problem === 'stale' || refused.problem === 'dry-run-stale';
  if (!overtaken) return <Refusal problem={refused} times={read.times} />;
  return fieldOf(fields, 'bring') === '' ? (
    <MovedSince deps={deps} visit={visit} read={read} moved={movedIn(refused)} />
  ) : (
    <DraftInTheWay visit={visit} />
  );
};

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
  const address = at(visit, 'rules', 'dry-runs', id);
  const here = new URL(address, url);
  if (shown) here.searchParams.set('show', shown);
  const people = movedIn(refused).map(({ person }) => person);
  const read = await readDryRun(deps, visit, id, { url: here, cursor: query.cursor, filter }, people);
  const { course, run, times } = read;
  return screen(
    visit,
    {
      title: 'Dry run',
      more: regradesStyle,
      course: course.name,
      here: 'rules',
      trail: [{ to: at(visit, 'rules', 'dry-runs'), title: 'Dry runs' }],
      status: refused ? problems[refused.problem][0] : 200,
      wide: true,
    },
    <>
      <h1>Dry run of {rulesWords(run, times)}</h1>
      <p class="quiet">
        Started <span dir="auto">{byWords(run.createdBy, run.starterName, run.createdAt, times)}</span>.{' '}
        {run.policy === null && 'It changed nothing.'}
      </p>
      {refused && <Refused deps={deps} visit={visit} read={read} refused={refused} fields={tried.fields ?? {}} />}
      {isComparing(run) && <Progress visit={visit} address={address} run={run} />}
      {run.state === 'failed' && run.policy === null && <Stopped visit={visit} ruleSet={run.ruleSet} />}
      <Found deps={deps} visit={visit} read={read} filter={shown} tried={tried} />
    </>,
  );
};

/** What a button of the page asked for; gives the regrade that it began, if it was that. */
const act = async (deps: Deps, visit: Visit, id: string, { fields, later }: Asked): Promise<string | null> => {
  if (fieldOf(fields, 'bring') === '') return apply(deps, visit, id, fields, later);
  await bringBack(deps, visit, fields);
  return null;
};

/** For staff: a dry run. Instructors apply it here; anybody of the staff takes its changes away as a file. */
export const dryRunPage = (deps: Deps, visit: Visit, asked: Asked): Promise<Reply> => {
  const { params, fields, query, url } = asked;
  const id = params.dryRun!;
  if (fieldOf(fields, 'file') === 'changes') return changesFile(deps, visit, id);
  const address = at(visit, 'rules', 'dry-runs', id);
  const shown = (tried: Tried) => showDryRun(deps, visit, id, { query, url }, tried);
  return change(visit, fields, {
    act: () => act(deps, visit, id, asked),
    show: async ({ refused, done }) => {
      if (done) return showRegrade(deps, visit, done);
      return shown({ refused, fields, isBrought: done === null || query.done === 'brought' });
    },
    to: (regrade) =>
      regrade === null ? withQuery(address, { done: 'brought' }) : at(visit, 'rules', 'regrades', regrade),
  });
};
