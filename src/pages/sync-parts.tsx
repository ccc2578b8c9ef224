import { displayName } from '../courses/roster.ts';
import type { readSync } from '../outbox/sync.ts';
import { counted, type Times } from './words.ts';

type Sync = Awaited<ReturnType<typeof readSync>>['body'];

const states: Record<string, string> = {
  waiting: 'waiting',
  refused: 'not taken',
  conflict: 'conflict',
};

/** The course's columns in the LMS, with how many scores of each state. */
export const Columns = ({ lineItems }: { lineItems: Sync['lineItems'] }) => (
  <table>
    <caption>Columns in the LMS</caption>
    <thead>
      <tr>
        {['Activity', 'LMS', 'Sent', 'On their way', 'Not taken', 'Conflicts'].map((head) => (
          <th scope="col">{head}</th>
        ))}
      </tr>
    </thead>
    <tbody>
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
          <td>{counts.sent}</td>
          <td>{counts.waiting}</td>
          <td>{counts.refused}</td>
          <td>{counts.conflict}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

type Item = Sync['items'][number];

/** One score that is not there yet. Its buttons belong to the page's one form. */
export const Unsent = ({ item, times, decides }: { item: Item; times: Times; decides: boolean }) => {
  const { person, activity, state, says, detail, tries, nextTryAt, lineItem } = item;
  const value = `${lineItem}~${person.id}`;
  const button = (name: string, says: string) => (
    <button type="submit" class="button" form="sync" name={name} value={value}>
      {says}
    </button>
  );
  return (
    <li>
      <p>
        <b dir="auto">{displayName(person.id, person.name)}</b>, {activity.kind} {activity.id}: {states[state] ?? state}
        . {says}
      </p>
      {detail && <p class="quiet">The LMS said: {detail}</p>}
      <p class="quiet">
        {tries === 0 ? 'Not tried yet' : `Tried ${counted(tries, 'time')}`}
        {nextTryAt && `; next ${times(nextTryAt)}`}
      </p>
      {state !== 'conflict' && button('again', 'Send again')}
      {state === 'conflict' && decides && (
        <>
          {button('overwrite', 'Send ours')} {button('keep', 'Keep the mark in the LMS')}
        </>
      )}
    </li>
  );
};
