import type { Problem } from '../../problem.ts';
import { Refusal } from '../refusal.tsx';
import { ResultBox } from '../result-box.tsx';
import { Go } from '../screen.tsx';
import { at, type Visit } from '../visit.ts';
import type { Times } from '../words.ts';
import type { Notes } from './findings.ts';
import { ToMend } from './to-mend.tsx';

/** Somebody else changed this since the form was made; what is typed is kept, and saved again goes over theirs. */
const Overtaken = ({ lines }: { lines: readonly string[] }) => (
  <ResultBox tone="bad" label="Not saved">
    <p>
      <b>Not saved: somebody else has changed this meanwhile.</b> What you typed is still here. Since you opened it:
    </p>
    <ul dir="auto">
      {(lines.length > 0 ? lines : ['something that is not shown here']).map((line) => (
        <li>{line}</li>
      ))}
    </ul>
    <p>Put into the form what of theirs should stay; saving it now puts yours in place of theirs.</p>
  </ResultBox>
);

/** What came of saving a part of the draft. */
export const Saved = ({ visit }: { visit: Visit }) => (
  <ResultBox tone="good" label="Saved">
    <p>
      <b>It is in the draft.</b> Students are graded by the rules in force until you publish.
    </p>
    <p>
      <Go visit={visit} to={at(visit, 'rules')}>
        Look at the whole draft, and publish it
      </Go>
    </p>
  </ResultBox>
);

type Came = {
  visit: Visit;
  refused: Problem | undefined;
  saved: boolean;
  notes: Notes;
  overtaken: readonly string[];
  times: Times;
};

/** What came of a form of the draft: saved, overtaken, or what to mend. */
export const Came = ({ visit, refused, saved, notes, overtaken, times }: Came) => {
  if (refused?.problem === 'stale') return <Overtaken lines={overtaken} />;
  if (refused && notes.size > 0) return <ToMend notes={notes} />;
  if (refused) return <Refusal problem={refused} times={times} />;
  return saved ? <Saved visit={visit} /> : null;
};
