import * as z from 'zod';
import { type Role, roles } from '../auth/actor.ts';
import { type LineFault, readTable } from '../csv.ts';
import { lazily } from '../lazily.ts';

const MAX_PEOPLE = 5000;
const MAX_CHARACTERS = 200;
const columns = ['externalId', 'name', 'role'] as const;

/** A roster, as JSON or as CSV. What its lines say is judged by `readRoster`, so that both are refused alike. */
export const rosterSchema = lazily(() =>
  z
    .strictObject({
      people: z
        .array(z.strictObject({ externalId: z.string(), name: z.string().optional(), role: z.string().optional() }))
        .optional(),
      csv: z.string().optional(),
    })
    .refine(({ people, csv }) => (people === undefined) !== (csv === undefined), 'send people, or CSV as text/csv')
    .meta({ id: 'Roster' }),
);

/** Somebody on a roster. `null`: not said. */
export type Listed = { line: number; externalId: string; name: string | null; role: Role | null };

type Cells = { externalId?: string | undefined; name?: string | undefined; role?: string | undefined };

const columnOf = (title: string) => columns.find((column) => column.toLowerCase() === title.toLowerCase());

const linesOf = ({ people, csv }: z.output<ReturnType<typeof rosterSchema>>) => {
  if (people) return { rows: people.map((cells, index) => ({ line: index + 1, cells })), faults: [] };
  const { columns: found, rows, faults } = readTable(csv ?? '', columnOf);
  if (found.includes('externalId')) return { rows, faults };
  const missing = { line: 1, column: 'externalId', detail: `the column is missing; the head is ${columns.join(',')}` };
  return { rows: [], faults: [...faults, missing] };
};

const faultsOf = ({ externalId, name, role }: Record<keyof Cells, string>): string[] => [
  ...(externalId === '' ? ['the externalId is missing'] : []),
  ...Object.entries({ externalId, name }).flatMap(([column, text]) => [
    ...(text.length > MAX_CHARACTERS ? [`the ${column} has more than ${MAX_CHARACTERS} characters`] : []),
    ...(/\p{Cc}/u.test(text) ? [`the ${column} holds a line break or another control character`] : []),
  ]),
  ...(role === '' || roles.includes(role as Role) ? [] : [`there is no role ${role}; there are ${roles.join(', ')}`]),
];

/**
 * Who is on a roster, or everything wrong with it. Lines are those of the CSV file, or count the people of the JSON.
 * White space around a text is dropped; a name or role left empty is not said.
 */
export const readRoster = (
  input: z.output<ReturnType<typeof rosterSchema>>,
): { listed: Listed[] } | { faults: LineFault[] } => {
  const { rows, faults } = linesOf(input);
  const firstLine = new Map<string, number>();
  const read = rows.map(({ line, cells }: { line: number; cells: Cells }) => {
    const text = (cell: string | undefined) => (cell ?? '').trim();
    const one = { externalId: text(cells.externalId), name: text(cells.name), role: text(cells.role).toLowerCase() };
    const first = firstLine.get(one.externalId);
    firstLine.set(one.externalId, first ?? line);
    const twice = first === undefined || one.externalId === '' ? [] : [`the same externalId as in line ${first}`];
    return {
      listed: { line, externalId: one.externalId, name: one.name || null, role: (one.role || null) as Role | null },
      faults: [...faultsOf(one), ...twice].map((detail) => ({ line, detail })),
    };
  });
  const tooMany = rows[MAX_PEOPLE];
  const all = [
    ...faults,
    ...read.flatMap((one) => one.faults),
    ...(rows.length === 0 && faults.length === 0 ? [{ line: 1, detail: 'there is nobody on it' }] : []),
    ...(tooMany ? [{ line: tooMany.line, detail: `at most ${MAX_PEOPLE} people; split the file` }] : []),
  ];
  return all.length > 0 ? { faults: all } : { listed: read.map(({ listed }) => listed) };
};
