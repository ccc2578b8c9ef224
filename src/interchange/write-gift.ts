import type { Choice, Question } from './questions.ts';

// Moodle's GIFT (question/format/gift/format.php): what repchar() escapes, and a line break.
const escaped = (text: string): string => text.replace(/[\\~=#{}:]/g, '\\$&').replaceAll('\n', '\\n');

const FORMAT = /^\[(?:moodle|html|plain|markdown)\]/;

/** A text that is not the first of its question says its format only where its beginning would be taken for one. */
const plain = (text: string): string => `${FORMAT.test(text) ? '[plain]' : ''}${escaped(text)}`;

const bracketed = (text: string): string => text.replaceAll(']', '\\]');

const choiceLine = ({ label, weight, feedback }: Choice, isRight: boolean): string => {
  const sign = isRight ? '=' : weight > 0 || label.startsWith('%') ? `~%${weight}%` : '~';
  return `\t${sign}${plain(label)}${feedback === '' ? '' : `#${plain(feedback)}`}`;
};

const question = ({ id, unit, topic, title, text, choices }: Question): string => {
  // One `=` makes it single choice for Moodle, and one `~` keeps it from being a short answer.
  const right = choices.findIndex(({ weight }) => weight === 100);
  return [
    `// [id:${bracketed(id)}] [tag:unit ${bracketed(unit)}] [tag:topic ${bracketed(topic)}]`,
    `::${escaped(title)}::[plain]${escaped(text)}{`,
    ...choices.map((choice, index) => choiceLine(choice, index === right)),
    '}',
  ].join('\n');
};

/** Questions in Moodle's GIFT, with `head` as comments before them. */
export const writeGift = (questions: readonly Question[], head: readonly string[] = []): string =>
  [...(head.length > 0 ? [head.map((line) => `// ${line}`).join('\n')] : []), ...questions.map(question)]
    .map((block) => `${block}\n`)
    .join('\n');
