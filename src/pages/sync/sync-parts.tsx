import { displayName } from '../../courses/roster.ts';
import type { PlanBody } from '../../courses/roster-changes.ts';
import type { readSync } from '../../outbox/sync.ts';
import { Change } from '../screen.tsx';
import { Table } from '../table.tsx';
import { at, type Visit } from '../visit.ts';
import { counted, type Times } from '../words.ts';
import { marksWords, quotedWords, rosterWords } from './sync-words.ts';

type Sync = Awaited<ReturnType<typeof readSync>>['body'];

const states: Record<string, string> = {
  waiting: 'waiting',
  refused: 'not taken',
  conflict: 'conflict',
  kept: 'decided',
};

/** The course's columns in the LMS, with how many scores of each state. */
export const Columns = ({ lineItems }: { lineItems: Sync['lineItems'] }) => (
  <Table
    caption="Columns in the LMS"
    head={['Activity', 'LMS', 'Sent', 'On their way', 'Not taken', 'Conflicts', 'Left as they are there']}
  >
    {lineItems.map(({ activity, title, platform, host, counts }) => (
      <tr>
        <th scope="row" dir="auto">
          {title ?? `${activity.kind} ${activity.id}`}
        </th>
        <td>
          {platform.name}
          {host === null ? ', no column yet' : ` (${host})`}
          {platform.pausedUntil && ', pausing'}
        </td>
        {[counts.sent, counts.waiting, counts.refused, counts.conflict, counts.kept].map((count) => (
          <td class="num">{count}</td>
        ))}
      </tr>
    ))}
  </Table>
);

type Item = Sync['items'][number];

/** How often a score was tried, and when it is again. */
const triesWords = ({ state, tries, nextTryAt }: Item, now: number, times: Times): string | null => {
  const next = nextTryAt !== null && Date.parse(nextTryAt) > now ? `; next ${times(nextTryAt)}` : '';
  if (tries > 0) return `Tried ${counted(tries, 'time')}${next}`;
  return state === 'waiting' ? `Not tried yet${next}` : null;
};

type About = { item: Item; now: number; times: Times; decides: boolean };

/** One score that is not there yet, or that an instructor let be. Its buttons belong to the page's one form. */
export const Unsent = ({ item, now, times, decides }: About) => {
  const { person, activity, title, state, outcome, says, detail, marks, lineItem } = item;
  const asksWhich = state === 'conflict' || state === 'kept';
  const [tried, quoted] = [triesWords(item, now, times), asksWhich ? null : quotedWords(outcome, detail)];
  const value = `${lineItem}~${person.id}`;
  const button = (name: string, says: string) => (
    <button type="submit" class="button" form="sync" name={name} value={value}>
      {says}
    </button>
  );
  return (
    <li>
      <p>
        <b dir="auto">{displayName(person.id, person.name)}</b>,{' '}
        <span dir="auto">{title ?? `${activity.kind} ${activity.id}`}</span>: {states[state] ?? state}. {says}
      </p>
      {marks && <p>{marksWords(marks)}</p>}
      {quoted && <p class="quiet">The LMS said: {quoted}</p>}
      {!asksWhich && tried && <p class="quiet">{tried}</p>}
      {!asksWhich && button('again', 'Send again')}
      {asksWhich && decides && button('overwrite', 'Send ours')}{' '}
      {state === 'conflict' && decides && button('keep', 'Keep the mark in the LMS')}
    </li>
  );
};

const rosterState = ({ available, syncedAt, detail }: Sync['roster'][number], times: Times): string =>
  [
    available ? (syncedAt ? `brought here ${times(syncedAt)}` : 'not brought here yet') : 'the LMS does not share it',
    ...(detail ? [`the last time it failed: ${rosterWords(detail)}`] : []),
  ].join('; ');

/** The course's rosters in the LMS; an instructor can bring them here. */
export const Rosters = ({
  visit,
  rosters,
  times,
  brings,
}: {
  visit: Visit;
  rosters: Sync['roster'];
  times: Times;
  brings: boolean;
}) => (
  <>
    {rosters.map((one) => (
      <p class="quiet">
        Roster of {one.platform}: {rosterState(one, times)}
      </p>
    ))}
    {brings && rosters.some(({ available }) => available) && (
      <Change visit={visit} to={`${at(visit, 'sync')}#result`}>
        <p>Enrols who is new in the LMS, and withdraws who has left there. Nobody's work is lost.</p>
        <button type="submit" class="button" name="roster" value="bring">
          Bring the roster from the LMS
        </button>
      </Change>
    )}
  </>
);

/** What bringing the roster did, in words. */
const broughtWords = ({ counts: { enrol, change, restore, withdraw, same, kept } }: PlanBody): string[] => [
  ...(enrol > 0 ? [`${enrol} enrolled`] : []),
  ...(change > 0 ? [`${change} changed`] : []),
  ...(restore > 0 ? [`${restore} came back`] : []),
  ...(withdraw > 0 ? [`${withdraw} withdrawn`] : []),
  ...(same > 0 ? [`${same} as before`] : []),
  ...(kept > 0 ? [`${kept} kept though the LMS says otherwise: you, or the last instructor`] : []),
];

export const Brought = ({ brought }: { brought: PlanBody }) => (
  <section id="result" class="box good" role="status" tabindex={-1} aria-label="The roster">
    <p>
      <b>The roster is here.</b> {broughtWords(brought).join(', ')}.
    </p>
  </section>
);
