import { describe, expect, it } from 'vitest';
import { catalogue } from '#catalogue';
import type { RuleSet } from '../grading/rule-set.ts';
import { pointerTo } from '../problem.ts';
import { type Format, lossLines, rulesLosses } from './losses.ts';
import { listQuestions } from './questions.ts';
import { writeGift } from './write-gift.ts';
import { qtiFiles } from './write-qti.ts';

const { ruleSet } = catalogue.rules;
const scenario = { unit: '4', topic: 'complaints', title: 'T', text: 'Who?' };
/** The module's rules, and one that has everything a rule can have. */
const rules: RuleSet = {
  ...ruleSet,
  scenarios: {
    ...ruleSet.scenarios,
    'own-1': {
      topic: 'complaints',
      points: 3.5,
      accepts: [
        { role: 'cm', credit: 0.37, shows: ['001.13'] },
        { role: 'cm', credit: 0.2, needs: { all: ['000.22'] } },
        { role: 'nobody', credit: 1 },
      ],
      says: { cm: ' Yes. ', smm: 'No.', nobody: 'Who?' },
      treat: 'void',
      signOff: 'because',
    },
    gone: { topic: 'complaints', points: 1, accepts: [{ role: 'cm', credit: 1 }], says: {} },
  },
  custom: { scenarios: { 'own-1': scenario }, prompts: { 'own-2': { unit: '4', title: 'P', text: 'Say.' } } },
};

const write: Record<Format, (ruleSet: RuleSet) => string> = {
  gift: (one) => writeGift(listQuestions(one, catalogue)),
  qti: (one) => JSON.stringify(qtiFiles(listQuestions(one, catalogue), [])),
};

type Path = (string | number)[];
const leaves = (value: unknown, path: Path = []): Path[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]))
    : [path];
const changed = (value: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined) return typeof value === 'number' ? value + 0.01 : `${value}x`;
  const member = changed((value as Record<string, unknown>)[key], rest);
  return Array.isArray(value) ? value.with(Number(key), member) : { ...(value as object), [key]: member };
};

describe.each(['gift', 'qti'] as const)('the list of what %s cannot carry', (format) => {
  const losses = rulesLosses(format, rules, catalogue);

  it('is whole: each value of a rule set is in the file, or its place is in the list', () => {
    // Two entries of a role may earn the same, and then the file does not tell them apart: the lesser ones are out of the way.
    const lesser = new Set(losses.filter(({ code }) => code === 'lesser-credit').map(({ pointer }) => pointer));
    const bare: RuleSet = structuredClone(rules);
    for (const [id, rule] of Object.entries(bare.scenarios))
      rule.accepts = rule.accepts.filter((_, index) => !lesser.has(pointerTo(['scenarios', id, 'accepts', index])));
    const before = write[format](bare);
    expect(before).toBe(write[format](rules));

    const listed = rulesLosses(format, bare, catalogue).map(({ pointer }) => pointer);
    const isListed = (pointer: string) => listed.some((one) => pointer === one || pointer.startsWith(`${one}/`));
    // An own scenario's topic stands in its rule as well, from where it is taken; the check holds the two together.
    const doubled = '/custom/scenarios/own-1/topic';
    const missing = leaves(bare)
      .filter((path) => !isListed(pointerTo(path)) && pointerTo(path) !== doubled)
      .filter((path) => write[format](changed(bare, path) as RuleSet) === before)
      .map(pointerTo);
    expect(missing).toEqual([]);
  });

  it('names no place that there is not, and none twice', () => {
    const pointers = losses.map(({ code, pointer }) => `${code} ${pointer}`);
    expect(new Set(pointers).size).toBe(pointers.length);
    for (const { pointer } of losses) {
      const parts = pointer.slice(1).split('/');
      expect(
        parts.reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], rules),
        pointer,
      ).toBeDefined();
    }
  });

  it('says each kind of loss once, with its places', () => {
    const lines = lossLines(losses);
    expect(lines.filter((line) => line.startsWith('needs: '))).toHaveLength(1);
    expect(lines).toContain('  /scenarios/S29/accepts/0/needs');
  });
});

describe('what only one of the formats loses', () => {
  const codes = (format: Format) => rulesLosses(format, rules, catalogue).map(({ code }) => code);
  const only = (format: Format, other: Format) =>
    [...new Set(codes(format).filter((code) => !codes(other).includes(code)))].sort();

  it('is points and ids of roles for GIFT, with what Moodle would refuse, and topics and units for QTI', () => {
    expect(only('gift', 'qti')).toEqual(['moodle-grade', 'moodle-no-full', 'points', 'role-id']);
    expect(only('qti', 'gift')).toEqual(['topic', 'unit']);
  });
});
