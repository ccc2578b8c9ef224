import { apiHeaders } from './api-headers.ts';
import type { Deps } from './deps.ts';
import { Problem, problemDocument } from './problem.ts';

const retryAfter: Record<number, string> = { 429: '20', 503: '2' };

/** The problem in an error: itself, or what a library wrapped; anything else is ours to mend. */
export const problemIn = (error: unknown): Problem => {
  for (let inner = error; inner instanceof Error; inner = inner.cause) if (inner instanceof Problem) return inner;
  return new Problem('internal', { cause: error });
};

/** What the log gets: the innermost cause, which holds neither SQL nor what was sent. */
const reasonOf = (error: unknown): string => {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
  return inner instanceof Error ? `${inner.message}\n${inner.stack ?? ''}` : String(inner);
};

/** Writes a problem as `application/problem+json`. Logs what is not the client's doing, and tells nobody its text. */
export const writeProblem = (log: Deps['log'], error: unknown, requestId: string): Response => {
  const problem = problemIn(error);
  const document = problemDocument(problem, requestId);
  const { status } = document;
  if (status >= 500) log({ level: 'error', requestId, problem: problem.problem, reason: reasonOf(problem) });
  const headers: Record<string, string> = {
    ...apiHeaders,
    'cache-control': 'private, no-store',
    'content-type': 'application/problem+json',
    'x-request-id': requestId,
  };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (retryAfter[status]) headers['retry-after'] = retryAfter[status];
  if (Array.isArray(problem.members.allow)) headers.allow = problem.members.allow.join(', ');
  return new Response(JSON.stringify(document), { status, headers });
};
