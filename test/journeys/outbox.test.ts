import { describe, expect, it } from 'vitest';
import { newLmsWorld } from '../world/lms-course.ts';

describe('a grade goes to the LMS', () => {
  it('right after the answer that made it', async () => {
    const { platform, columns, sam, answer, deliveries } = await newLmsWorld();
    await answer(sam);
    expect(await deliveries()).toMatchObject([{ state: 'sent', outcome: 'sent', sent_points: 400 }]);
    const [{ lineItem }] = columns as [{ lineItem: string }];
    expect(await platform.scores(lineItem)).toMatchObject([
      { user: sam.externalId, status: 200, body: { scoreGiven: 4, scoreMaximum: 4, activityProgress: 'Completed' } },
    ]);
  });
});
