import type { participationBody } from '../../analytics/participation.ts';
import { counted, quoted } from '../words.ts';

export type Participation = ReturnType<typeof participationBody>;
export type TitledPrompt = Participation['prompts'][number] & { title: string };

/** Where most take part, and where fewest of those in which anybody does. */
export const promptsWords = (prompts: readonly TitledPrompt[], learners: number): string => {
  if (learners === 0) return 'There are no students in this course yet.';
  const known = prompts
    .filter(({ people: { count } }) => (count ?? 0) > 0)
    .sort((a, b) => b.people.count! - a.people.count!);
  const [most, fewest] = [known[0], known.at(-1)];
  if (!most || !fewest)
    return prompts.some(({ suppressed }) => suppressed)
      ? 'Who takes part would tell of fewer than five students, so it is kept back.'
      : 'Nobody has written in the discussion yet.';
  const said = ({ title, people: { count } }: TitledPrompt) =>
    `${count} of ${counted(learners, 'student')} wrote in ${quoted(title)}`;
  if (most === fewest) return `${said(most)}.`;
  return `${said(most)}, where most did; ${fewest.people.count} in ${quoted(fewest.title)}, where fewest did.`;
};

/** Whether students answer one another, and who is left out. */
export const networkWords = ({
  network: { ties, replies, isolated, reciprocity },
  learners,
}: Participation): string => {
  if (ties === null || isolated.count === null)
    return 'Who answers whom would tell of fewer than five students, so it is kept back.';
  if (learners === 0) return 'There are no students in this course yet.';
  if (ties === 0) return 'No student has answered another yet.';
  const alone =
    isolated.count === 0
      ? 'Every student has answered a classmate or was answered by one'
      : `${isolated.count} of ${counted(learners, 'student')} neither answered a classmate nor ${isolated.count === 1 ? 'was' : 'were'} answered by one`;
  const returned =
    reciprocity.count === null
      ? ''
      : ` Of ${counted(ties, 'pair')} of who answers whom, ${reciprocity.count} ${reciprocity.count === 1 ? 'goes' : 'go'} both ways.`;
  return `${alone}; ${counted(replies!, 'reply', 'replies')} went between students.${returned}`;
};
