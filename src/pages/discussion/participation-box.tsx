import { displayName } from '../../courses/roster.ts';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import { pointsWords, type Times } from '../words.ts';
import type { PromptRead } from './read-prompt.ts';

type Criterion = PromptRead['participation']['criteria'][number];

const dueWords = ({ done, dueAt }: Criterion, now: number, times: Times): string =>
  done || dueAt === null ? '' : ` ${Date.parse(dueAt) <= now ? 'It was due' : 'Due'} ${times(dueAt)}.`;

/** What taking part has earned, what it still can, and what is needed for that. */
export const ParticipationBox = ({ visit, read }: { visit: Visit; read: PromptRead }) => {
  const own = visit.personId === visit.person.personId;
  const { points, max, criteria } = read.participation;
  return (
    <section class="box" aria-label="Taking part">
      <p>
        {own ? 'Your part in this discussion' : `The part of ${displayName(read.about.id, read.about.name)}`}:{' '}
        <b>{pointsWords(points, max)}</b>
      </p>
      <ul class="checks">
        {criteria.map((one) => (
          <li>
            {one.done ? '✓' : '○'} {one.title}: {one.points} of {one.max}
            {!one.done && (
              <span class="quiet">
                {' '}
                {one.needs}
                {dueWords(one, visit.now, read.times)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Go visit={visit} to={at(visit, 'grades', 'prompt', read.prompt.id)}>
          Why these points?
        </Go>
      </p>
    </section>
  );
};
