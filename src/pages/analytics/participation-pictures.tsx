import { Go } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit, withQuery } from '../visit.ts';
import { Bars, barsHeight } from './charts/bars.tsx';
import { Picture } from './charts/picture.tsx';
import { countWords, KEPT_BACK, NOBODY, shareWords } from './figure-words.ts';
import { networkWords, type Participation, promptsWords, type TitledPrompt } from './participation-words.ts';
import { Numbers } from './parts.tsx';

const wordsOf = (count: number | null, median: number | null): string => {
  if (count === null) return KEPT_BACK;
  return median === null ? NOBODY : String(Math.round(median));
};

type Props = { visit: Visit; id: string; unit: string; prompts: readonly TitledPrompt[]; learners: number };

/** Of all students, who wrote in each discussion of a unit, and who committed a post. */
export const Prompts = ({ visit, id, unit, prompts, learners }: Props) => (
  <Picture
    id={id}
    title={`Students who write in the discussions of “${unit}”`}
    desc={`${promptsWords(prompts, learners)} The numbers stand in the table below.`}
    height={barsHeight(prompts.length)}
    says={<span dir="auto">{promptsWords(prompts, learners)}</span>}
    drawing={
      <Bars
        id={id}
        bars={prompts.map(({ title, people, committed }) =>
          people.suppressed
            ? { label: title, figure: null }
            : {
                label: title,
                figure: `${people.count} of ${learners}`,
                whole: people.share ?? 0,
                part: committed.share ?? 0,
              },
        )}
      />
    }
    legend="Framed: those who wrote anything. Filled: those who committed a post of their own. The whole width: all students."
  >
    <Numbers rows={prompts.length}>
      <Table
        caption={`Discussions of “${unit}”`}
        head={[
          'Discussion',
          'Wrote',
          'Committed a post',
          'Posts',
          'Words in a post (median)',
          'Replies',
          'Words in a reply (median)',
        ]}
      >
        {prompts.map(({ prompt, title, people, committed, posts, postWords, replies, replyWords }) => (
          <tr>
            <th scope="row">
              <Go visit={visit} to={withQuery(at(visit, 'analytics', 'participation'), { prompt })}>
                <span dir="auto">{title}</span>
              </Go>
            </th>
            <td class="num">{shareWords(people)}</td>
            <td class="num">{shareWords(committed)}</td>
            <td class="num">{countWords(posts)}</td>
            <td class="num">{wordsOf(posts, postWords)}</td>
            <td class="num">{countWords(replies)}</td>
            <td class="num">{wordsOf(replies, replyWords)}</td>
          </tr>
        ))}
      </Table>
    </Numbers>
  </Picture>
);

/** How many students are in the conversation, and how much of it goes both ways. */
export const Network = ({ body }: { body: Participation }) => {
  const { ties, replies, isolated, reciprocity } = body.network;
  const within = isolated.count === null ? null : body.learners - isolated.count;
  const share = within === null || body.learners === 0 ? 0 : within / body.learners;
  return (
    <Picture
      id="network"
      title="Students in the conversation, and what of it goes both ways"
      desc={`${networkWords(body)} The numbers stand in the table below.`}
      height={barsHeight(2)}
      says={networkWords(body)}
      drawing={
        <Bars
          id="network"
          bars={[
            within === null
              ? { label: 'Students who answer or are answered', figure: null }
              : {
                  label: 'Students who answer or are answered',
                  figure: `${within} of ${body.learners}`,
                  whole: share,
                  part: share,
                },
            reciprocity.count === null || reciprocity.share === null
              ? { label: 'Pairs that go both ways', figure: null }
              : {
                  label: 'Pairs that go both ways',
                  figure: `${reciprocity.count} of ${ties}`,
                  whole: reciprocity.share,
                  part: reciprocity.share,
                },
          ]}
        />
      }
    >
      <Table caption="The conversation among students" head={['What', 'How many']}>
        {(
          [
            ['Students', String(body.learners)],
            ['Answered a classmate or were answered by one', countWords(within)],
            ['Left out', countWords(isolated.count)],
            ['Replies between students', countWords(replies)],
            ['Pairs of who answers whom', countWords(ties)],
            ['Of these pairs go both ways', shareWords(reciprocity)],
          ] as const
        ).map(([what, howMany]) => (
          <tr>
            <th scope="row">{what}</th>
            <td class="num">{howMany}</td>
          </tr>
        ))}
      </Table>
    </Picture>
  );
};
