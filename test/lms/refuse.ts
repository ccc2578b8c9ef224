import { HTTPException } from 'hono/http-exception';

/** Ends the request with a refusal whose reason a person can read, in the body and in the platform's log. */
export const refuse = (status: number, reason: string, headers: Record<string, string> = {}): never => {
  throw new HTTPException(status as 400, { message: reason, cause: { headers } });
};

/** Refuses unless the condition holds. */
export function demand(condition: unknown, status: number, reason: string): asserts condition {
  if (!condition) refuse(status, reason);
}
