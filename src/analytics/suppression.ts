import type { Actor } from '../auth/actor.ts';

/** What is said of fewer people is as good as said of each of them. */
export const SMALLEST_GROUP = 5;

/** A group that there is, and that is too small to be shown. Nobody is no group. */
export const isSmall = (people: number): boolean => people > 0 && people < SMALLEST_GROUP;

/** Whether small groups are kept from who asks: from assistants, who may be in the next class with these people. */
export const hidesSmallGroups = (actor: Actor): boolean => actor.kind === 'person' && actor.role === 'assistant';

/**
 * Whether counts that part a group of people may be shown: all of them or none, because a single one that is left out
 * can be had by subtraction. For the same reason sums over groups are made of what is shown alone.
 */
export const mayShow = (hides: boolean, parts: readonly number[]): boolean => !hides || !parts.some(isSmall);
