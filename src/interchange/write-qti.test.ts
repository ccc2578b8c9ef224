import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import {
  allElements as all,
  type Element,
  elementsOf as elements,
  readXml as parse,
} from '../../test/world/read-xml.ts';
import { listQuestions, type Question } from './questions.ts';
import { qtiFiles, qtiPackage } from './write-qti.ts';

const words = ({ children }: Element): string =>
  children.map((child) => (typeof child === 'string' ? child : child.name === 'br' ? '\n' : words(child))).join('');

const question: Question = {
  id: 'S29',
  unit: '4',
  topic: 'complaints',
  title: 'Tom & "Ann" <3',
  text: 'One.\nTwo.\n\nThree < four?',
  max: 350,
  choices: [
    { role: 'cm', label: 'Community & co', weight: 100, feedback: 'Yes.' },
    { role: '2nd', label: 'Second', weight: 33, feedback: '' },
  ],
};
const item = (change: Partial<Question> = {}, file = 'items/S29.xml') =>
  parse(qtiFiles([{ ...question, ...change }], [])[file]!);

describe('an item in QTI 3.0', () => {
  it('has its parts in the order of the schema', () => {
    expect(item().name).toBe('qti-assessment-item');
    expect(item().attributes).toMatchObject({
      xmlns: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
      identifier: 'S29',
      title: 'Tom & "Ann" <3',
      'time-dependent': 'false',
    });
    expect(elements(item()).map(({ name }) => name)).toEqual([
      'qti-response-declaration',
      'qti-outcome-declaration',
      'qti-outcome-declaration',
      'qti-outcome-declaration',
      'qti-item-body',
      'qti-response-processing',
      'qti-modal-feedback',
    ]);
  });

  it('maps each choice to its points, the most being what the scenario is worth', () => {
    const [mapping] = all(item(), 'qti-mapping');
    expect(mapping!.attributes).toEqual({ 'lower-bound': '0', 'upper-bound': '3.5', 'default-value': '0' });
    expect(elements(mapping!).map(({ attributes }) => attributes)).toEqual([
      { 'map-key': 'cm', 'mapped-value': '3.5' },
      { 'map-key': '_2nd', 'mapped-value': '1.155' },
    ]);
    expect(all(item(), 'qti-map-response')).toMatchObject([{ attributes: { identifier: 'RESPONSE' } }]);
  });

  it('names a right choice where there is one, and none where the readings are torn', () => {
    expect(all(item(), 'qti-correct-response').map(words)).toEqual(['cm']);
    const torn = question.choices.map((choice) => ({ ...choice, weight: 100 }));
    expect(all(item({ choices: torn }), 'qti-correct-response')).toEqual([]);
  });

  it('offers every role, once, and says to each what the rule says', () => {
    const [interaction] = all(item(), 'qti-choice-interaction');
    expect(interaction!.attributes).toMatchObject({ 'response-identifier': 'RESPONSE', 'max-choices': '1' });
    expect(all(item(), 'qti-simple-choice').map((choice) => [choice.attributes.identifier, words(choice)])).toEqual([
      ['cm', 'Community & co'],
      ['_2nd', 'Second'],
    ]);
    const [feedback, ...others] = all(item(), 'qti-modal-feedback');
    expect(others).toEqual([]);
    expect(feedback!.attributes).toEqual({ 'outcome-identifier': 'FEEDBACK', identifier: 'cm', 'show-hide': 'show' });
    expect(words(feedback!)).toBe('Yes.');
  });

  it('keeps lines and paragraphs', () => {
    expect(all(item(), 'p').map(words).slice(0, 2)).toEqual(['One.\nTwo.', 'Three < four?']);
  });

  it('is well-formed and says every text as it is, but for what XML cannot hold', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const held = (one: string) => one.replace(/[\p{Cc}\ufffd\ufffe\uffff]/gu, '');
    const isXml = (one: string) => !/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(one);
    fc.assert(
      fc.property(text, text, text, (title, label, feedback) => {
        const questions = [{ ...question, title, choices: [{ role: 'cm', label, weight: 1, feedback }] }];
        const file = qtiFiles(questions, [])['items/S29.xml']!;
        const root = parse(file);
        expect(isXml(file)).toBe(true);
        expect(held(root.attributes.title!)).toBe(held(title));
        expect(all(root, 'qti-simple-choice').map(words).map(held)).toEqual([held(label)]);
        expect(all(root, 'qti-modal-feedback').map(words).map(held)).toEqual([held(feedback)]);
      }),
    );
  });
});

describe('a QTI package', () => {
  const questions = listQuestions(catalogue.rules.ruleSet, catalogue);
  const unzipped = unzipSync(qtiPackage(questions, ['policy: lost']));
  const manifest = parse(strFromU8(unzipped['imsmanifest.xml']!));

  it('lists every file that it has, each item as an item of QTI 3', () => {
    const hrefs = all(manifest, 'file').map(({ attributes }) => attributes.href!);
    expect([...hrefs, 'imsmanifest.xml'].sort()).toEqual(Object.keys(unzipped).sort());
    expect(
      all(manifest, 'resource').filter(({ attributes }) => attributes.type === 'imsqti_item_xmlv3p0'),
    ).toHaveLength(questions.length);
    expect(words(all(manifest, 'schemaversion')[0]!)).toBe('3.0.0');
    for (const href of hrefs.filter((name) => name.endsWith('.xml')))
      expect(parse(strFromU8(unzipped[href]!)).name).toBe('qti-assessment-item');
    expect(strFromU8(unzipped['LOST.txt']!)).toBe('policy: lost\n');
  });

  it('is the same bytes for the same rules', () => {
    expect(qtiPackage(questions, [])).toEqual(qtiPackage(questions, []));
  });
});
