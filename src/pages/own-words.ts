import { Problem, type ProblemName } from '../problem.ts';

/** For a `catch`: the same refusal, told in a page's own words where the interface's would not help who reads it. */
export const inOwnWords = (says: Partial<Record<ProblemName, string>>) => (error: unknown) => {
  const detail = error instanceof Problem ? says[error.problem] : undefined;
  throw detail === undefined
    ? error
    : new Problem((error as Problem).problem, { ...(error as Problem).members, detail });
};
