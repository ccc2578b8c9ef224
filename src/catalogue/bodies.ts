import { type StaticBody, staticBody } from '../static-body.ts';
import type { Catalogue, Text } from './shapes.ts';

/** The public content routes' bodies, made once at build time with their tags, so that a request hashes nothing. */
export const contentBodies = async (
  content: Omit<Catalogue, 'rules' | 'bodies'>,
  textOf: (kind: 'units' | 'sources', id: string) => Text,
): Promise<Record<string, StaticBody>> => {
  const { module, sources, claims, topics, units } = content;
  const unit = ({ id, title, summary, order, scenarios, prompts }: (typeof units)[number]) => ({
    id,
    title,
    summary,
    order,
    scenarios,
    prompts,
  });
  const { title, question, summary, roles, repeats, themes } = module;
  const values: Record<string, unknown> = {
    '/v1/module': { id: module.id, title, question, summary, roles, themes, repeats },
    '/v1/units': { items: units.map(unit) },
    '/v1/sources': { items: sources },
    '/v1/topics': { items: Object.values(topics) },
  };
  for (const one of units)
    values[`/v1/units/${one.id}`] = {
      ...unit(one),
      objectives: one.objectives,
      readings: one.readings.map((reading) => reading.source),
      passages: one.readings,
      ...textOf('units', one.id),
    };
  for (const one of sources)
    values[`/v1/sources/${one.id}`] = {
      ...one,
      ...textOf('sources', one.id),
      claims: Object.values(claims)
        .filter((claim) => claim.source === one.id)
        .map(({ source: _source, ...claim }) => claim),
    };
  const entries = Object.entries(values).map(
    async ([path, value]) => [path, await staticBody(JSON.stringify(value))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
};
