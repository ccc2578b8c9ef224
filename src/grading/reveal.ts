/** What opens the key: attempts used up, full credit reached, or the due date passed; never before. */
export const isRevealed = (at: { used: number; max: number; fullCredit: boolean; duePassed: boolean }): boolean =>
  at.used >= at.max || at.fullCredit || at.duePassed;
