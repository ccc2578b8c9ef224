import { titleOf } from '../../catalogue/course-content.ts';
import type { Catalogue } from '../../catalogue/shapes.ts';
import type { Finding } from '../../grading/check-rule-set.ts';
import type { RuleSet } from '../../grading/rule-set.ts';
import { roleName } from '../claims.tsx';
import { fieldAt, findingWords, type Note } from './findings.ts';
import type { Doc } from './save-own.ts';
import { bagOf, listOf } from './typed-values.ts';

/** Where a finding belongs: the parts of a page's address under `rules`, the field on it, and what it is called. */
type FoundAt = { page: string[]; field: string; title: string };
export type Found = FoundAt & { notes: Note[]; errors: number };

type Names = { catalogue: Catalogue; rules: Pick<RuleSet, 'custom'>; doc: Doc };

const nameOf = ({ catalogue, rules }: Names, kind: 'scenario' | 'prompt', id: string) =>
  titleOf(catalogue, rules, kind, id) ?? id;

/** A page there is only for a scenario or a prompt that exists. */
const pageOf = ({ catalogue, rules }: Names, kind: 'scenario' | 'prompt', id: string): string[] =>
  titleOf(catalogue, rules, kind, id) === undefined ? [] : [`${kind}s`, id];

const placeOf = (names: Names, { path, code }: Finding): FoundAt => {
  const [part, id, ...rest] = path;
  const named = String(id ?? '');
  if (part === 'scenarios' && id !== undefined)
    return {
      page: pageOf(names, 'scenario', named),
      field: fieldAt(rest, code),
      title: nameOf(names, 'scenario', named),
    };
  if (part === 'prompts' && id !== undefined)
    return { page: pageOf(names, 'prompt', named), field: '', title: nameOf(names, 'prompt', named) };
  if (part === 'bench') {
    const bench = listOf(names.doc.bench);
    const scenario = String(bagOf(bench[Number(id)]).scenario ?? '');
    const index = bench.slice(0, Number(id)).filter((one) => bagOf(one).scenario === scenario).length;
    return {
      page: pageOf(names, 'scenario', scenario),
      field: `s${index}`,
      title: nameOf(names, 'scenario', scenario),
    };
  }
  if (part === 'policy') return { page: ['policy'], field: '', title: 'Attempts and lateness' };
  if (part === 'custom')
    return {
      page: [],
      field: '',
      title: `Your own ${rest.length > 0 ? String(rest[0]) : 'scenarios and discussions'}`,
    };
  return { page: [], field: '', title: 'The rules as a whole' };
};

/** The findings of the whole draft by where they are, those with errors first; within a place errors first. */
export const findingsByPlace = (names: Names, findings: readonly Finding[]): Found[] => {
  const named = (role: string) => roleName(names.catalogue, role);
  const placed = findings.map((finding) => ({
    place: placeOf(names, finding),
    note: { severity: finding.severity, says: findingWords(finding, named) },
  }));
  const groups = Map.groupBy(placed, ({ place }) => [place.title, ...place.page].join('\n'));
  const rank = ({ severity }: Note) => (severity === 'error' ? 0 : 1);
  return [...groups.values()]
    .map((group) => {
      const sorted = group.toSorted((a, b) => rank(a.note) - rank(b.note));
      const notes = sorted.map(({ note }) => note);
      return { ...sorted[0]!.place, notes, errors: notes.filter(({ severity }) => severity === 'error').length };
    })
    .toSorted((a, b) => Number(b.errors > 0) - Number(a.errors > 0));
};
