/** A statement as the database takes it over HTTP (Hrana, version 2), with text and whole numbers as arguments. */
export const pipelineOf = (sql: string, args: readonly (string | number)[] = []) => ({
  requests: [
    {
      type: 'execute',
      stmt: {
        sql,
        args: args.map((arg) =>
          typeof arg === 'number' ? { type: 'integer', value: String(arg) } : { type: 'text', value: arg },
        ),
      },
    },
    { type: 'close' },
  ],
});

type Cell = { type: string; value?: string };
type Results = { results: [{ type: string; error?: { message: string }; response?: { result: { rows: Cell[][] } } }] };

/** Runs a statement with nothing between: the rows as they come over HTTP. Throws what the database says. */
export const runRaw = async (url: string, sql: string, args: readonly (string | number)[] = []): Promise<Cell[][]> => {
  const reply = await fetch(`${url}/v2/pipeline`, { method: 'POST', body: JSON.stringify(pipelineOf(sql, args)) });
  const [{ error, response }] = ((await reply.json()) as Results).results;
  if (!response) throw new Error(error?.message);
  return response.result.rows;
};
