import type { Catalogue, StaticBody, Text } from './shapes.ts';

const etagOf = async (body: string) => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  return `"${Array.from(digest.slice(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
};

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
  const { title, question, summary, roles, hinges, pairs, repeats, themes } = module;
  const values: Record<string, unknown> = {
    '/v1/module': { id: module.id, title, question, summary, roles, themes, hinges, pairs, repeats },
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
  const entries = await Promise.all(
    Object.entries(values).map(async ([path, value]) => {
      const body = JSON.stringify(value);
      return [path, { body, etag: await etagOf(body) }] as const;
    }),
  );
  return Object.fromEntries(entries);
};
