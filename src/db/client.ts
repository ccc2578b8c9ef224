import { type Client, createClient, type InStatement, LibsqlError } from '@libsql/client/http';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { drizzle } from 'drizzle-orm/libsql/http';
import { Problem } from '../problem.ts';
import { refusalIn } from './guard.ts';

export type Database = LibSQLDatabase & { $client: Client };

const TIMEOUT_MS = 10_000;
const RETRIES = 3;

const isRead = (statement: InStatement | [string, unknown?]) =>
  /^\s*select\b/i.test(typeof statement === 'string' ? statement : 'sql' in statement ? statement.sql : statement[0]);

/** Whole numbers go as INTEGER: the client would bind every JS number as REAL, and points would be divided as such. */
const withIntegers = (statement: InStatement): InStatement =>
  typeof statement === 'object' && Array.isArray(statement.args)
    ? { ...statement, args: statement.args.map((arg) => (Number.isInteger(arg) ? BigInt(arg as number) : arg)) }
    : statement;

const codeOf = (error: unknown) => (error instanceof LibsqlError ? `${error.code} ${error.message}` : '');

/** Refused before anything was applied: it may be sent again. */
const isBusy = (error: unknown) => /SQLITE_(BUSY|LOCKED)| 429\b|database is locked/.test(codeOf(error));

/** The database is not there, or cannot go on for now; whether anything was applied is not known. */
const isOut = (error: unknown) =>
  error instanceof LibsqlError
    ? /^(SERVER_ERROR|HRANA_\w+|UNKNOWN)\b|TRANSACTION_TIMEOUT|SQLITE_(IOERR|FULL|INTERRUPT|CANTOPEN)/.test(
        codeOf(error),
      )
    : !(error instanceof RangeError || error instanceof SyntaxError);

/** What a database error means to the one who asked: a refusal raised in SQL, or a database that is not there. */
const asProblem = (error: unknown): unknown =>
  refusalIn(error instanceof Error ? error.message : '') ??
  (isBusy(error) || isOut(error) ? new Problem('database-busy', { cause: error }) : error);

/**
 * A database for one request: workerd wedges when a client is shared across requests, and a fresh one costs nothing.
 * `batch` is one transaction in one round trip; it asks for the write lock at once unless it only reads, because
 * drizzle's own would begin deferred and fail with BUSY under load; one statement alone is a transaction anyway. Busy answers are tried again: nothing was applied.
 * Throws `Problem` for refusals raised by `guard()` and for a database that does not answer.
 */
export const connect = (url: string, authToken: string | undefined, fetchImpl: typeof fetch): Database => {
  const client = createClient({
    url,
    ...(authToken ? { authToken } : {}),
    fetch: (request: Request) => fetchImpl(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
  });
  const attempt = async <T>(send: () => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries++) {
      try {
        return await send();
      } catch (error) {
        if (!isBusy(error) || tries >= RETRIES) throw asProblem(error);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 40 * 2 ** tries));
      }
    }
  };
  const careful = new Proxy(client, {
    get(target, property, receiver) {
      if (property === 'batch')
        return (statements: InStatement[]) =>
          attempt(() =>
            statements.length === 1
              ? target.execute(withIntegers(statements[0]!)).then((result) => [result])
              : target.batch(statements.map(withIntegers), statements.every(isRead) ? 'read' : 'write'),
          );
      if (property === 'execute')
        return (statement: InStatement) => attempt(() => target.execute(withIntegers(statement)));
      return Reflect.get(target, property, receiver);
    },
  });
  return drizzle(careful) as Database;
};
