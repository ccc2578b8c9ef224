import { carried } from './questions.ts';

/** A choice as it stands in a file: `weight` in per cent, as written. */
export type GiftChoice = { line: number; text: string; weight: number; feedback: string };
export type GiftQuestion = {
  line: number;
  id: string | null;
  unit: string | null;
  topic: string | null;
  title: string;
  text: string;
  choices: GiftChoice[];
  /** Feedback to the question as a whole. */
  general: string;
  /** The text or a feedback is HTML or Markdown. */
  markup: boolean;
};
/** What is wrong with a file, and in which line. */
export type Fault = { line: number; detail: string };

const MAX_CHOICES = 50;
const MAX_QUESTIONS = 500;

type Block = { firstLine: number; comments: string; body: string };

/** Questions stand between empty lines; comment lines are taken out of them and their place is kept. */
const blocksOf = (text: string): Block[] => {
  const blocks: Block[] = [];
  let afterEmpty = true;
  for (const [index, line] of text.split('\n').entries()) {
    const isEmpty = line.trim() === '';
    if (!isEmpty) {
      if (afterEmpty) blocks.push({ firstLine: index + 1, comments: '', body: '' });
      const block = blocks.at(-1)!;
      const isAside = line.trimStart().startsWith('//') || /^\s*\$CATEGORY:/.test(line);
      if (isAside) block.comments += `${line}\n`;
      block.body += isAside ? '\n' : `${line}\n`;
    }
    afterEmpty = isEmpty;
  }
  return blocks.filter(({ body }) => body.trim() !== '');
};

/** Where the characters that mean something in GIFT stand: those with no backslash before them. */
const marksIn = (body: string): { at: number; mark: string }[] =>
  [...body.matchAll(/\\[\\~=#{}:n]|[~=#{}:]/g)]
    .filter(([mark]) => mark.length === 1)
    .map(({ index, 0: mark }) => ({ at: index, mark }));

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const withoutTags = (html: string): string =>
  html
    .replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(?:#(\d{1,6})|(\w{1,8}));/g, (whole, code, name) =>
      code ? String.fromCodePoint(Number(code)) : (entities[name] ?? whole),
    )
    .toWellFormed();

const unescaped = (raw: string): string =>
  raw.replace(/\\([\\~=#{}:n])/g, (_, char: string) => (char === 'n' ? '\n' : char));

/** A text without its escapes and its format's name, and without the tags of HTML. */
const textOf = (raw: string, usual = 'plain'): { text: string; format: string } => {
  const [prefix, named] = /^\s*\[(moodle|html|plain|markdown)\]/.exec(raw) ?? ['', usual];
  const text = unescaped(raw.slice(prefix.length));
  return { text: carried(named === 'html' ? withoutTags(text) : text), format: named! };
};

/** The value of Moodle's `[name:value]` or `[tag:name value]` in the comments before a question. */
const commented = (comments: string, name: string): string | null => {
  const found = new RegExp(`\\[${name}((?:\\\\\\]|[^\\]\\n]){1,100})\\]`).exec(comments);
  return found ? found[1]!.replaceAll('\\]', ']').trim() : null;
};

const readBlock = ({ firstLine, comments, body }: Block, fault: (line: number, detail: string) => void) => {
  const lineAt = (at: number) => firstLine + body.slice(0, at).split('\n').length - 1;
  const start = body.search(/\S/);
  const line = lineAt(start);
  const marks = marksIn(body);
  const titled = body.startsWith('::', start);
  const titleEnd = titled
    ? marks.find(({ at, mark }) => at >= start + 2 && mark === ':' && body[at + 1] === ':')?.at
    : start;
  if (titleEnd === undefined) return fault(line, 'the title wants :: at its end too');

  const braces = marks.filter(({ at, mark }) => at >= titleEnd && (mark === '{' || mark === '}'));
  const [open, close, more] = braces;
  if (open?.mark !== '{') return fault(line, 'no answers: a question ends in its choices, in braces');
  if (close?.mark !== '}')
    return fault(lineAt(open.at), 'the brace is not closed: no empty line may stand within a question');
  if (more) return fault(lineAt(more.at), 'a second brace: leave a line empty between questions, or write \\{ or \\}');

  const inside = marks.filter(({ at }) => at > open.at && at < close.at);
  const general = inside.findLast(({ at }) => body.startsWith('####', at))?.at ?? close.at;
  const signs = inside.filter(({ at, mark }) => at < general && (mark === '~' || mark === '='));
  if (!signs.some(({ mark }) => mark === '~') || body.slice(open.at + 1, signs[0]!.at).trim() !== '')
    return fault(lineAt(open.at), 'not multiple choice: begin the right choice with = and each other one with ~');
  if (signs.length > MAX_CHOICES) return fault(lineAt(open.at), `at most ${MAX_CHOICES} choices`);

  const after = body.slice(close.at + 1).trimEnd();
  const stem = textOf(`${body.slice(titled ? titleEnd + 2 : start, open.at)}${after && `_____${after}`}`);
  const formats = [stem.format];
  const read = (from: number, to: number): string => {
    const { text, format } = textOf(body.slice(from, to), stem.format);
    formats.push(format);
    return text;
  };
  const choices = signs.map(({ at, mark }, index): GiftChoice => {
    const end = signs[index + 1]?.at ?? general;
    const said = inside.find((one) => one.mark === '#' && one.at > at && one.at < end)?.at ?? end;
    const weighed = mark === '~' ? /^\s*%(-?\d{1,3}(?:\.\d+)?)%/.exec(body.slice(at + 1, said)) : null;
    const weight = mark === '=' ? 100 : Number(weighed?.[1] ?? 0);
    if (Math.abs(weight) > 100) fault(lineAt(at), 'a weight is at most 100 %');
    const text = read(at + 1 + (weighed?.[0].length ?? 0), said);
    return { line: lineAt(at), text, weight, feedback: said < end ? read(said + 1, end) : '' };
  });
  return {
    line,
    id: commented(comments, 'id:'),
    unit: commented(comments, 'tag:unit '),
    topic: commented(comments, 'tag:topic '),
    title: titled ? carried(unescaped(body.slice(start + 2, titleEnd))) : '',
    text: stem.text,
    choices,
    general: general < close.at ? read(general + 4, close.at) : '',
    markup: formats.some((format) => format === 'html' || format === 'markdown'),
  };
};

/** Reads the multiple-choice questions of a file in Moodle's GIFT, and says all that is wrong with it. */
export const readGift = (file: string): { questions: GiftQuestion[]; faults: Fault[] } => {
  const faults: Fault[] = [];
  const text = file.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const blocks = blocksOf(text);
  const tooMany = blocks[MAX_QUESTIONS];
  if (tooMany) faults.push({ line: tooMany.firstLine, detail: `at most ${MAX_QUESTIONS} questions in one file` });
  const questions = blocks
    .slice(0, MAX_QUESTIONS)
    .flatMap((block) => readBlock(block, (line, detail) => void faults.push({ line, detail })) ?? []);
  return { questions, faults };
};
