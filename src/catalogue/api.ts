import * as z from 'zod';
import { route } from '../route.ts';
import { staticReply } from '../static-body.ts';
import { stances } from './shapes.ts';

const unitSummary = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  order: z.int(),
  scenarios: z.array(z.string()),
  prompts: z.array(z.string()),
});
const unit = unitSummary
  .extend({
    objectives: z.array(z.string()),
    readings: z.array(z.string()),
    passages: z.array(z.object({ source: z.string(), lines: z.string() })),
    html: z.string(),
    markdown: z.string(),
  })
  .meta({ id: 'Unit' });
const sourceSummary = z.object({
  id: z.string(),
  title: z.string(),
  author: z.string().nullable(),
  date: z.iso.date().nullable(),
  kind: z.string(),
  interest: z.string().nullable(),
  caution: z.string().nullable(),
});
const claim = z
  .object({
    id: z.string(),
    topics: z.array(z.string()),
    implied: z.array(z.string()),
    role: z.string().nullable(),
    kind: z.string(),
    stance: z.enum(stances),
    speaker: z.string().nullable(),
    place: z.string(),
    text: z.string(),
  })
  .meta({ id: 'Claim' });
const source = sourceSummary
  .extend({ html: z.string(), markdown: z.string(), claims: z.array(claim) })
  .meta({ id: 'Source' });
const verdict = z.enum(['agreed', 'split', 'thin', 'contested']);
const topic = z
  .object({
    id: z.string(),
    title: z.string(),
    duty: z.string(),
    verdict,
    roles: z.array(z.string()),
    soft: z.boolean(),
    because: z.string().nullable(),
    computed: verdict,
  })
  .meta({ id: 'Topic' });
const module = z
  .object({
    id: z.string(),
    title: z.string(),
    question: z.string(),
    summary: z.string(),
    roles: z.array(z.object({ id: z.string(), label: z.string(), means: z.array(z.string()).optional() })),
    themes: z.array(z.object({ id: z.string(), title: z.string() })),
    repeats: z.array(z.object({ prompt: z.string(), unit: z.string() })),
  })
  .meta({ id: 'Module' });

const content = (path: string, title: string, schema: z.ZodType) =>
  route({
    method: 'get',
    path,
    title,
    action: null,
    returns: { 200: schema, 304: null },
    handle: ({ deps, params, ifNoneMatch }) => {
      const key = path.replace(/\{(\w+)\}/g, (_, name: string) => (params as Record<string, string>)[name]!);
      return staticReply(deps.catalogue.bodies[key], ifNoneMatch);
    },
  });

export const catalogueApi = [
  content('/v1/module', 'The module: its question and its roles', module),
  content('/v1/units', 'The units in order', z.object({ items: z.array(unitSummary) })),
  content('/v1/units/{unit}', 'A unit: the lesson with its claim anchors', unit),
  content('/v1/sources', 'The sources (voices) of the readings', z.object({ items: z.array(sourceSummary) })),
  content('/v1/sources/{source}', 'A source: its digest and its claims', source),
  content('/v1/topics', 'The topics and their verdicts', z.object({ items: z.array(topic) })),
];
