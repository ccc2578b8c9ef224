import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { fixedRoute } from '../route.ts';
import { stances } from './shapes.ts';

const unitSummarySchema = lazily(() =>
  z.object({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    order: z.int(),
    scenarios: z.array(z.string()),
    prompts: z.array(z.string()),
  }),
);
const unitSchema = lazily(() =>
  unitSummarySchema()
    .extend({
      objectives: z.array(z.string()),
      readings: z.array(z.string()),
      passages: z.array(z.object({ source: z.string(), lines: z.string() })),
      html: z.string(),
      markdown: z.string(),
    })
    .meta({ id: 'Unit' }),
);
const sourceSummarySchema = lazily(() =>
  z.object({
    id: z.string(),
    title: z.string(),
    author: z.string().nullable(),
    date: z.iso.date().nullable(),
    kind: z.string(),
    interest: z.string().nullable(),
    caution: z.string().nullable(),
  }),
);
const claimSchema = lazily(() =>
  z
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
    .meta({ id: 'Claim' }),
);
const sourceSchema = lazily(() =>
  sourceSummarySchema()
    .extend({ html: z.string(), markdown: z.string(), claims: z.array(claimSchema()) })
    .meta({ id: 'Source' }),
);
const verdict = z.enum(['agreed', 'split', 'thin', 'contested']);
const topicSchema = lazily(() =>
  z
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
    .meta({ id: 'Topic' }),
);
const moduleSchema = lazily(() =>
  z
    .object({
      id: z.string(),
      title: z.string(),
      question: z.string(),
      summary: z.string(),
      roles: z.array(z.object({ id: z.string(), label: z.string(), means: z.array(z.string()).optional() })),
      themes: z.array(z.object({ id: z.string(), title: z.string() })),
      repeats: z.array(z.object({ prompt: z.string(), unit: z.string() })),
    })
    .meta({ id: 'Module' }),
);

const unitsSchema = lazily(() => z.object({ items: z.array(unitSummarySchema()) }));
const sourcesSchema = lazily(() => z.object({ items: z.array(sourceSummarySchema()) }));
const topicsSchema = lazily(() => z.object({ items: z.array(topicSchema()) }));

const content = (path: string, title: string, schema: () => z.ZodType) =>
  fixedRoute(
    path,
    title,
    schema,
    ({ catalogue }, params) => catalogue.bodies[path.replace(/\{(\w+)\}/g, (_, name: string) => params[name]!)],
  );

export const catalogueApi = [
  content('/v1/module', 'The module: its question and its roles', moduleSchema),
  content('/v1/units', 'The units in order', unitsSchema),
  content('/v1/units/{unit}', 'A unit: the lesson with its claim anchors', unitSchema),
  content('/v1/sources', 'The sources (voices) of the readings', sourcesSchema),
  content('/v1/sources/{source}', 'A source: its digest and its claims', sourceSchema),
  content('/v1/topics', 'The topics and their verdicts', topicsSchema),
];
