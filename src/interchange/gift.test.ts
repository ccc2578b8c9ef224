import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from './questions.ts';
import { readGift } from './read-gift.ts';
import { writeGift } from './write-gift.ts';

const question = (change: Partial<Question>): Question => ({
  id: 'S1',
  unit: '4',
  topic: 'complaints',
  title: 'The chair',
  text: 'Whose job?',
  max: 400,
  choices: [
    { role: 'cm', label: 'Community manager', weight: 100, feedback: 'Honea says so.' },
    { role: 'smm', label: 'Social media manager', weight: 25, feedback: '' },
  ],
  ...change,
});

describe('a question in GIFT', () => {
  it('is multiple choice with weights, feedback, an id and tags, as Moodle writes it', () => {
    expect(writeGift([question({})], ['a head'])).toBe(
      [
        '// a head',
        '',
        '// [id:S1] [tag:unit 4] [tag:topic complaints]',
        '::The chair::[plain]Whose job?{',
        '\t=Community manager#Honea says so.',
        '\t~%25%Social media manager',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('has one = even where several choices earn everything, and so a ~', () => {
    const choices = ['a', 'b'].map((label) => ({ role: label, label, weight: 100, feedback: '' }));
    expect(writeGift([question({ choices })])).toContain('{\n\t=a\n\t~%100%b\n}');
  });

  it.each([
    ['what GIFT reserves', '~ = # { } : \\', '\\~ \\= \\# \\{ \\} \\: \\\\'],
    ['a line break', 'one\ntwo', 'one\\ntwo'],
    ['what only looks like a line break', 'C:\\new', 'C\\:\\\\new'],
    ['quotes, tags and umlauts', '“ü” <b> & %50%', '“ü” <b> & %50%'],
  ])('escapes %s', (_title, text, written) => {
    expect(writeGift([question({ text })])).toContain(`[plain]${written}{`);
    expect(readGift(writeGift([question({ text })])).questions[0]?.text).toBe(text);
  });

  it('is read as it was written, whatever stands in its texts', () => {
    const text = fc.string({ unit: 'binary' }).map((one) => one.replace(/\r\n?/g, '\n').trim());
    const choice = fc.record({ role: fc.constant('r'), label: text, weight: fc.nat(100), feedback: text });
    const any = fc.record({
      id: fc.constantFrom('S1', '000.1', 'a-b'),
      unit: fc.constantFrom('4', 'x.y', 'in [brackets]'),
      topic: fc.constant('complaints'),
      title: text,
      text,
      max: fc.constant(400),
      choices: fc.array(choice, { minLength: 2, maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 3 }), (questions) => {
        const read = readGift(writeGift(questions, ['head [id:none]', '']));
        expect(read.faults).toEqual([]);
        expect(read.questions).toEqual(
          questions.map(({ id, unit, topic, title, text: words, choices }) => ({
            line: expect.any(Number),
            id,
            unit,
            topic,
            title,
            text: words,
            choices: choices.map(({ label, weight, feedback }) => ({
              line: expect.any(Number),
              text: label,
              weight,
              feedback,
            })),
            general: '',
            markup: false,
          })),
        );
      }),
    );
  });
});

describe('a file in GIFT', () => {
  const read = (...lines: string[]) => readGift(lines.join('\n'));

  it('may be written by hand or by Moodle', () => {
    const { questions, faults } = readGift(
      '\uFEFF// question: 7  name: x\r\n// [id:S29] [tag:topic complaints] [tag:hard]\r\n::Who\\: now::[html]<p>A &amp; b&nbsp;c&#33;</p><p>Who?</p>{\r\n  ~%33.33333%Community manager#[plain]no <b>\r\n// within\r\n  =Both\r\n ~Neither\r\n  ####general\r\n}\r\n\r\n$CATEGORY: $course$/top\r\n\r\nMissing {~word =answer} here.\r\n',
    );
    expect(faults).toEqual([]);
    expect(questions).toEqual([
      {
        line: 3,
        id: 'S29',
        unit: null,
        topic: 'complaints',
        title: 'Who: now',
        text: 'A & b c!\nWho?',
        choices: [
          { line: 4, text: 'Community manager', weight: 33.33333, feedback: 'no <b>' },
          { line: 6, text: 'Both', weight: 100, feedback: '' },
          { line: 7, text: 'Neither', weight: 0, feedback: '' },
        ],
        general: 'general',
        markup: true,
      },
      expect.objectContaining({ line: 13, id: null, title: '', text: 'Missing _____ here.' }),
    ]);
  });

  it.each([
    ['an open title', ['::Title', 'text{~a =b}'], 1, /title/],
    ['no answers', ['// comment', 'only a text'], 2, /no answers/],
    ['an empty line within', ['Who?{', '~a', '', '=b}'], 1, /not closed/],
    ['two questions without an empty line between', ['One?{~a =b}', 'Two?{~a =b}'], 2, /second brace/],
    ['an essay', ['Why?{}'], 1, /multiple choice/],
    ['true or false', ['So?{TRUE}'], 1, /multiple choice/],
    ['a short answer', ['Who?{=a =b}'], 1, /multiple choice/],
    ['a number', ['How many?{#5:1}'], 1, /multiple choice/],
    ['text before the choices', ['Who?{well ~a =b}'], 1, /multiple choice/],
    ['a weight above all', ['Who?{', '~%150%a', '=b}'], 2, /100 %/],
  ])('is refused with its line for %s', (_title, lines, line, detail) => {
    expect(read(...lines).faults[0]).toEqual({ line, detail: expect.stringMatching(detail) });
  });

  it('tells all its faults at once', () => {
    const { faults, questions } = read('One?{}', '', 'Two?{~a =b}', '', 'Three?', '', '::Four{~a}');
    expect(faults.map(({ line }) => line)).toEqual([1, 5, 7]);
    expect(questions.map(({ text }) => text)).toEqual(['Two?']);
  });

  it.each([
    ['nothing', ''],
    ['any bytes', null],
    ['many open ids', '// [id:'.repeat(50_000)],
    ['many choices', `x{${'~a'.repeat(100_000)}}`],
    ['many tags', `x{~a =[html]${'<a'.repeat(100_000)}}`],
    ['many questions', 'x{~a =b}\n\n'.repeat(50_000)],
  ])('is read in no time and without an exception: %s', (_title, text) => {
    const started = performance.now();
    if (text === null) fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => void readGift(any)));
    else readGift(text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
