import { seedDemo } from './demo.ts';
import type { ProfileName } from './profiles.ts';
import { startLms } from './server.ts';

// The pretend LMS by itself: LMS_PORT (8890), LMS_PROFILE (moodle), TOOL_URL, and LMS_DATA, a file to keep its state in.
const { url, lms, stop } = await startLms({
  port: Number(process.env.LMS_PORT ?? 8890),
  ...(process.env.LMS_DATA ? { dataFile: process.env.LMS_DATA } : {}),
});
await seedDemo(
  lms,
  (process.env.LMS_PROFILE ?? 'moodle') as ProfileName,
  process.env.TOOL_URL ?? 'http://127.0.0.1:8787',
);
console.log(`the pretend LMS is at ${url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await stop();
    process.exit(0);
  });
