import type { Outcome } from '../../outbox/outcome.ts';

type Mark = { points: number | null; max: number } | null;
type Marks = { lms: Mark; sent: Mark; ours: Mark };

const told = ({ points, max }: NonNullable<Mark>): string =>
  points === null
    ? `no points of ${Number(max.toFixed(2))}`
    : `${Number(points.toFixed(2))} of ${Number(max.toFixed(2))}${max > 0 ? ` (${Math.round((points / max) * 100)} %)` : ''}`;

/** The marks between which an instructor decides, in a sentence each. */
export const marksWords = ({ lms, sent, ours }: Marks): string =>
  [
    lms ? `The LMS shows ${told(lms)}` : 'The LMS does not let this tool read its mark',
    sent ? `; we had sent ${told(sent)}. ` : '; we had sent nothing. ',
    ours ? `Ours is ${told(ours)} now.` : 'We have no mark now.',
  ].join('');

/** Outcomes whose detail is what the LMS wrote about this score; that of others is for whoever runs the tool. */
const quoted: readonly string[] = [
  'waiting',
  'needs-student-launch',
  'not-enrolled',
  'line-item-gone',
  'refused',
] satisfies Outcome[];

/** What is for people in an error of JSON, also in one that was cut. */
const reasonIn = (detail: string): string =>
  /"(?:reason|message|error_description|detail|title)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(detail)?.[1] ?? detail;

/** What the LMS wrote, for teachers: of addresses the host alone. `null` where there is nothing for them. */
export const quotedWords = (outcome: Outcome, detail: string | null): string | null =>
  detail && quoted.includes(outcome) ? reasonIn(detail).replace(/https?:\/\/([^\s/"'<>]+)[^\s"'<>]*/g, '$1') : null;

/** Why a roster was not brought here, for teachers: without what a connection or a page of errors said. */
export const rosterWords = (detail: string): string => {
  const [first = ''] = detail.split(/: |https?:/);
  return `${first[0]?.toUpperCase() ?? ''}${first.slice(1).trimEnd()}.`;
};
