/** The words of statistics that the pages use: a teacher's question, and its answer. */
const terms = {
  difficulty: [
    'What is the share of the credit?',
    'What students earned on their first attempt, of all that can be earned: 100% is full credit for everybody. A low share is a hard scenario, or one whose rule takes too little. Credit is what the rules gave when the answer came.',
  ],
  discrimination: [
    'What is discrimination?',
    'Whether those who do well on the other scenarios do well on this one too: a correlation, from −1 to 1. Above 0.3 a scenario tells students apart well. Near 0 it does not, and below 0 those who know more do worse: then often the rule is at fault, and not the students. It needs ten students who answered this scenario and another, who did not all earn the same.',
  ],
  interval: [
    'What are the lines beside the marks?',
    'How far the figure could be from this by chance: with other students of the same kind it would be within the line in 95 of 100 classes. Where few answered, the line is long, and nothing should be concluded from its middle alone.',
  ],
  pair: [
    'What is a matched pair?',
    'Two scenarios that test one distinction from both sides, like setting up a gathering and making it known. Who chooses a right role on both holds the distinction; on one alone it may have been a guess.',
  ],
  key: [
    'What is the key?',
    'The roles that can earn everything on a scenario by the rules of today. Where the readings disagree these are several, and choosing any of them is no mistake.',
  ],
  cited: [
    'How does a passage stand to the role that was chosen?',
    'Each claim in the readings gives a duty to a role, denies it to one, or names none. “Says another” means that the student cited a passage for one role in support of another one. That can be a misreading, and it can be an argument: read some of the answers.',
  ],
  tie: [
    'What is counted here?',
    'Replies of students to students that still stand; those of staff, and replies to oneself, are not counted. A pair is one student who answers another, however often. Where that one answers back it is two pairs, and both go both ways.',
  ],
  shift: [
    'What is compared here?',
    'The first answer, where it came before the student’s first post in the discussion of the unit, with their latest answer since. Until that post a student does not see what others say.',
  ],
  symmetry: [
    'When is a direction more than chance?',
    'If opinions only wavered, as many would go one way as the other. The test (Bowker’s; McNemar’s for two roles) says how likely a difference as large as this one would be then. Below 0.05 it is usually taken for more than chance. It needs ten students who changed.',
  ],
} as const;

/** What some words mean, each where it can be opened. */
export const Explained = ({ of }: { of: readonly (keyof typeof terms)[] }) => (
  <div>
    {of.map((term) => (
      <details>
        <summary>{terms[term][0]}</summary>
        <p>{terms[term][1]}</p>
      </details>
    ))}
  </div>
);
