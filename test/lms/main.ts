import { startLms } from './server.ts';

// The pretend LMS by itself: LMS_PORT (8890), and LMS_DATA, a file to keep its state in.
const { url, stop } = await startLms({
  port: Number(process.env.LMS_PORT ?? 8890),
  ...(process.env.LMS_DATA ? { dataFile: process.env.LMS_DATA } : {}),
});
console.log(`the pretend LMS is at ${url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await stop();
    process.exit(0);
  });
