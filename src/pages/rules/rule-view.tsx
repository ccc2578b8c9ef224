import type { Catalogue } from '../../catalogue/shapes.ts';
import type { ScenarioRule } from '../../grading/rule-set.ts';
import { roleName, WithClaims } from '../claims.tsx';
import { counted } from '../words.ts';
import { entryWords, rubricWords, treatWords } from './rule-words.ts';

/** A scenario's rule in words, to be read. */
export const RuleView = ({ catalogue, rule }: { catalogue: Catalogue; rule: ScenarioRule }) => {
  const named = (role: string) => roleName(catalogue, role);
  return (
    <>
      <p>
        {counted(rule.points, 'point')}. {treatWords(rule.treat)}.
      </p>
      <ul>
        {rule.accepts.map((entry) => (
          <li>
            <WithClaims catalogue={catalogue} text={entryWords(entry, named)} />
          </li>
        ))}
        {rubricWords(rule.rubric).map((line) => (
          <li dir="auto">{line}</li>
        ))}
      </ul>
      {rule.signOff && (
        <p dir="auto">
          <b>Why one role alone is right:</b> {rule.signOff}
        </p>
      )}
      {Object.keys(rule.says).length > 0 && (
        <details>
          <summary>What students are told once the key is open</summary>
          <dl>
            {Object.entries(rule.says).map(([role, says]) => (
              <>
                <dt>{named(role)}</dt>
                <dd dir="auto">{says}</dd>
              </>
            ))}
          </dl>
        </details>
      )}
    </>
  );
};
