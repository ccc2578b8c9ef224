import { Problem, problemDocument } from '../problem.ts';
import { ResultBox } from './result-box.tsx';
import { refusalWords, type Times } from './words.ts';

/** Why a form was not taken and what to do; what was typed stands in the form below it. */
export const Refusal = ({ problem, times }: { problem: Problem; times: Times }) => {
  const { title, lines } = refusalWords(problem, times);
  return (
    <ResultBox tone="bad" label="Not taken">
      <p>
        <b>{title}</b>
      </p>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
    </ResultBox>
  );
};

/** Why there is no form for a visitor whom no LMS names. */
export const LooksOnly = () => {
  const { title, detail } = problemDocument(new Problem('read-only'), '');
  return (
    <p class="box">
      <b>{title}.</b> {detail}
    </p>
  );
};
