const DAY_MS = 86_400_000;

/** A key signs only after it was published for longer than any platform is known to keep a key set. */
const PUBLISHED_FIRST_MS = 2 * DAY_MS;
const NEW_KEY_EVERY_MS = 30 * DAY_MS;
/** What a key signed is believed for minutes; a week is generous. */
const PUBLISHED_AFTER_MS = 7 * DAY_MS;

/** What is to be done with the tool's keys now. Times in ms. */
export type KeyPlan = { signing: string | null; makesNext: boolean; newestAt: number; retires: string[] };

/** Which of the keys signs, whether the next one is due, and which are published no longer. */
export const planKeys = (keys: readonly { kid: string; createdAt: number }[], now: number): KeyPlan => {
  const newestFirst = [...keys].sort((a, b) => b.createdAt - a.createdAt);
  const seasoned = newestFirst.findIndex(({ createdAt }) => createdAt <= now - PUBLISHED_FIRST_MS);
  // The very first key signs at once: no platform has a key set without it.
  const at = seasoned === -1 ? newestFirst.length - 1 : seasoned;
  const signing = newestFirst[at];
  const replacedAt = (index: number) => newestFirst[index - 1]!.createdAt + PUBLISHED_FIRST_MS;
  return {
    signing: signing?.kid ?? null,
    makesNext: newestFirst.length === 0 || newestFirst[0]!.createdAt <= now - NEW_KEY_EVERY_MS,
    newestAt: newestFirst[0]?.createdAt ?? -1,
    retires: newestFirst
      .filter((_, index) => index > at && replacedAt(index) <= now - PUBLISHED_AFTER_MS)
      .map(({ kid }) => kid),
  };
};
