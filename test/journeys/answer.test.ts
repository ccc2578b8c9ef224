import { describe, expect, it } from 'vitest';
import { newWorld } from '../world/world.ts';

describe('answering the contested complaints scenario', () => {
  it('gives full credit to the majority view with its evidence, and says which claim licensed it', async () => {
    const world = await newWorld();
    const student = await world.learner('Sam');
    const { status, body } = await world.answer(student, 'S29', { role: 'cm', claims: ['001.13'] });
    expect(status).toBe(201);
    expect(body.verdict).toMatchObject({ credit: 1, points: 4, max: 4 });
    expect(body.grade).toEqual({ points: 4, max: 4 });
    expect(body.verdict.trace.find((line: { applied: boolean }) => line.applied)).toMatchObject({
      role: 'cm',
      claims: ['001.13'],
    });
    expect(body.reveal.verdict).toBe('contested');
  });
});
