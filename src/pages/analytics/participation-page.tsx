import { readParticipation } from '../../analytics/participation.ts';
import { promptIn } from '../../catalogue/course-content.ts';
import { displayName } from '../../courses/roster.ts';
import type { Deps } from '../../deps.ts';
import { nextOf } from '../../paging.ts';
import type { Reply } from '../../route.ts';
import { Go } from '../screen.tsx';
import { Table } from '../table.tsx';
import { type Asked, at, type Visit } from '../visit.ts';
import { Explained } from './explained.tsx';
import { Network, Prompts } from './participation-pictures.tsx';
import { networkWords, type Participation, promptsWords } from './participation-words.ts';
import { analyticsScreen } from './parts.tsx';

const PAGE = 50;

type Ties = NonNullable<Participation['network']['pairs']>;

const WhoAnswersWhom = ({ pairs }: { pairs: Ties }) => (
  <Table caption="Who answers whom" head={['Student', 'Answers', 'Times', 'Is answered back']}>
    {pairs.map(({ from, to, replies, returned }) => (
      <tr>
        <th scope="row" dir="auto">
          {displayName(from.id, from.name)}
        </th>
        <td dir="auto">{displayName(to.id, to.name)}</td>
        <td class="num">{replies}</td>
        <td class="num">{returned}</td>
      </tr>
    ))}
  </Table>
);

const Nothing = ({ learners }: { learners: number }) => (
  <>
    <p>{promptsWords([], learners)}</p>
    <p>
      From the first post on, this page shows in which discussions students write, and who answers whom; from the first
      reply on, who is left out.
    </p>
  </>
);

/** Who writes in the discussions, in which, and who answers whom; `?prompt=` narrows it to one. */
export const participationPage = async (deps: Deps, visit: Visit, { query, url }: Asked): Promise<Reply> => {
  const { cursor, prompt } = query;
  const asked = { cursor, prompt, limit: PAGE };
  const { body, link, ruleSet, course } = await readParticipation(deps, visit.person, visit.courseId, asked, url);
  const prompts = body.prompts.map((one) => ({ ...one, ...promptIn(deps.catalogue, ruleSet, one.prompt)! }));
  const written = prompts.filter(({ suppressed, people }) => suppressed || (people.count ?? 0) > 0);
  const units = deps.catalogue.units
    .map((unit) => ({ unit, own: prompts.filter((one) => one.unit === unit.id) }))
    .filter(({ own }) => own.some((one) => written.includes(one)));
  const silent = prompts.length - units.reduce((sum, { own }) => sum + own.length, 0);
  const next = nextOf(link);
  return analyticsScreen(
    visit,
    'participation',
    course.name,
    <>
      {prompt !== undefined && (
        <p>
          This is one discussion.{' '}
          <Go visit={visit} to={at(visit, 'analytics', 'participation')}>
            Show all discussions
          </Go>
        </p>
      )}
      {units.length === 0 ? (
        <Nothing learners={body.learners} />
      ) : (
        <>
          <h2>Who writes where</h2>
          <div class="pictures">
            {units.map(({ unit, own }) => (
              <section aria-labelledby={`unit-${unit.id}`}>
                <h3 id={`unit-${unit.id}`} dir="auto">
                  {unit.id}. {unit.title}
                </h3>
                <Prompts
                  visit={visit}
                  id={`prompts-${unit.id}`}
                  unit={unit.title}
                  prompts={own}
                  learners={body.learners}
                />
              </section>
            ))}
          </div>
          {silent > 0 && <p>In the discussions of the other units nobody has written yet.</p>}
          <h2>Who answers whom</h2>
          {body.network.ties === 0 ? <p>{networkWords(body)}</p> : <Network body={body} />}
          {body.network.pairs !== null && body.network.pairs.length > 0 && (
            <details open={cursor !== undefined}>
              <summary>The pairs by name, the most frequent first</summary>
              <WhoAnswersWhom pairs={body.network.pairs} />
              {next && (
                <p>
                  <Go visit={visit} to={next}>
                    More pairs
                  </Go>
                </p>
              )}
            </details>
          )}
          <Explained of={['tie']} />
        </>
      )}
    </>,
  );
};
