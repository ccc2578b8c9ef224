import type { Case } from './case.ts';
import { answers } from './cases/answers.ts';
import { bundle } from './cases/bundle.ts';
import { content } from './cases/content.ts';
import { gradebook } from './cases/gradebook.ts';
import { latency } from './cases/latency.ts';
import { launch } from './cases/launch.ts';
import { outbox } from './cases/outbox.ts';
import { pageWeights } from './cases/pages.ts';
import { publishing } from './cases/publishing.ts';
import { regrade } from './cases/regrade.ts';
import { requests } from './cases/requests.ts';
import { scale } from './cases/scale.ts';
import { schema } from './cases/schema.ts';
import { soak } from './cases/soak.ts';
import { start } from './cases/start.ts';

/** Every case, in the order in which they run. */
export const cases: readonly Case[] = [
  requests,
  pageWeights,
  bundle,
  start,
  content,
  schema,
  answers,
  latency,
  gradebook,
  publishing,
  scale,
  regrade,
  launch,
  outbox,
  soak,
];
