import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';
import type { Json, Somebody } from '../world/world.ts';

type LmsWorld = Awaited<ReturnType<typeof newLmsWorld>>;

const shown = async ({ platform, column }: LmsWorld, who: Somebody): Promise<number | null> =>
  (await platform.gradebook()).find(({ id }: Json) => id === column.lineItem).cells[who.externalId].resultScore;

const override = (lms: LmsWorld, who: Somebody, points: number) =>
  lms.world.request(lms.ines.token, 'PUT', lms.world.at(`/people/${who.id}/grades/scenario/S29/override`), {
    points,
    reason: 'second reading',
  });

describe('a platform that says once that a column is not there, and it is', () => {
  it.each([true, false])(
    'gets no score twice, and keeps the marks given by hand; may list columns: %s',
    async (lists) => {
      const scope = 'https://purl.imsglobal.org/spec/lti-ags/scope';
      const few = { offered: [`${scope}/score`, `${scope}/result.readonly`] };
      const lms = await newLmsWorld({ students: ['Sam', 'Ana'], ...(lists ? {} : few) });
      const [sam, ana] = lms.students as [Somebody, Somebody];
      await lms.answer(sam, 'neither', []);
      await lms.platform.mark(lms.column.lineItem, sam.externalId, 90);
      await lms.later();
      await lms.platform.faults({ kinds: ['404'], endpoints: ['scores'], count: 1 });
      await lms.answer(ana);
      await lms.deliver();
      expect(await shown(lms, sam)).toBe(90);
      expect(await lms.platform.scores(lms.column.lineItem, sam.externalId)).toHaveLength(1);
      await lms.later();
      await override(lms, ana, 1);
      await lms.world.settled();
      expect(await shown(lms, ana)).toBe(25);
    },
  );
});

it('a mark that an instructor let be is not written over by the next grade, where nothing of ours had arrived either', async () => {
  const lms = await newLmsWorld({ profile: 'sakai' });
  await lms.platform.stop();
  await lms.answer(lms.sam, 'neither', []);
  await lms.platform.start();
  await lms.platform.mark(lms.column.lineItem, lms.sam.externalId, 90);
  await lms.deliver();
  expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
  const path = `/lms-sync/conflicts/${lms.column.placement}/${lms.sam.id}/decision`;
  await lms.world.request(lms.ines.token, 'PUT', lms.world.at(path), { decision: 'keep' });
  await lms.later();
  await lms.answer(lms.sam);
  expect(await shown(lms, lms.sam)).toBe(90);
  expect(await lms.deliveries()).toMatchObject([{ state: 'conflict' }]);
});

it('a score that the platform does not let in holds up no other', async () => {
  const lms = await newLmsWorld({ students: ['Sam', 'Ana', 'Ben', 'Cem', 'Dee', 'Eva'] });
  await lms.platform.stop();
  for (const who of lms.students) await lms.answer(who);
  await lms.platform.start();
  await lms.platform.faults({ kinds: ['403'], endpoints: ['scores'], count: 1 });
  expect(await lms.deliver()).toMatchObject({ sent: 5, waiting: 1 });
});
