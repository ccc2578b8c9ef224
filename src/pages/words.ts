import { Problem, problemDocument, problems } from '../problem.ts';

/** Points out of a maximum; no grade yet is not zero. */
export const pointsWords = (points: number | null, max: number): string =>
  points === null ? `no points yet of ${max}` : `${points} of ${counted(max, 'point')}`;

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** How times (RFC 3339) are said in a course: by its time zone. */
export const timesIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return (time: string | null): string => (time === null ? '' : format.format(Date.parse(time)));
};

export type Times = ReturnType<typeof timesIn>;

type Dates = { opensAt: string | null; dueAt: string | null; closesAt: string | null };

/** An activity's dates, in the order in which they come. */
export const datesWords = ({ opensAt, dueAt, closesAt }: Dates, now: number, times: Times): string[] => {
  const past = (time: string) => Date.parse(time) <= now;
  return [
    ...(opensAt && !past(opensAt) ? [`Opens ${times(opensAt)}`] : []),
    ...(dueAt ? [`${past(dueAt) ? 'Was due' : 'Due'} ${times(dueAt)}`] : []),
    ...(closesAt ? [`${past(closesAt) ? 'Closed' : 'Closes'} ${times(closesAt)}`] : []),
  ];
};

/** Whether an activity takes no work now. */
export const isShut = ({ opensAt, closesAt }: Dates, now: number): boolean =>
  (opensAt !== null && Date.parse(opensAt) > now) || (closesAt !== null && Date.parse(closesAt) <= now);

const forMachines = /\/v1\/|\/docs|If-Match|\b(GET|PUT|POST)\b|session token|credentials/;

/** What a problem says to do, for people: the interface's own words speak of routes and headers. */
export const detailWords = (problem: Problem): string => {
  const { status, detail } = problemDocument(problem, '') as { status: number; detail: string };
  if (!forMachines.test(detail)) return detail;
  const why = { 403: 'It is not for your role in this course. ', 404: 'It may be gone, or belong to another course. ' };
  return `${why[status as 403 | 404] ?? ''}Go back, or open the activity again from your course.`;
};

/** A refusal as whoever typed reads it: what is wrong, and what to do. */
export const refusalWords = (problem: Problem, times: Times): { title: string; lines: string[] } => {
  const { title, errors, opensAt, closedAt, reason } = problemDocument(problem, '') as {
    title: string;
    errors?: { detail: string }[];
    opensAt?: string;
    closedAt?: string;
    reason?: string;
  };
  const faults = (errors ?? []).map((one) => one.detail);
  if (opensAt) return { title, lines: [`It opens ${times(opensAt)}. What you typed is still here.`] };
  if (closedAt) return { title, lines: [`It closed ${times(closedAt)}. Ask your instructor for an extension.`] };
  if (problem.problem === 'stale' && problem.members.detail === undefined)
    return { title, lines: ['It was changed elsewhere while you had it open. What you typed is still here.'] };
  if (problem.problem === 'lms-failed')
    return {
      title,
      lines: [`${reason}.`, 'Nothing was changed here. Try again, or show this to whoever runs the LMS.'],
    };
  return problem.problem === 'invalid-input'
    ? { title: 'Something is missing', lines: faults }
    : { title, lines: [detailWords(problem), ...faults] };
};

/** What a form can mend, or at least a page can say; the rest is for the page of problems. */
export const isRefusal = (error: unknown): error is Problem => {
  if (!(error instanceof Problem)) return false;
  const [status] = problems[error.problem];
  return (status < 500 && status !== 401) || error.problem === 'lms-failed';
};
