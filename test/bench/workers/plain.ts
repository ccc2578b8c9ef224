import { createClient } from '@libsql/client/http';

const INSERT = 'insert into plain (person, body, at) values (?, ?, ?)';

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
  /** What an answer is compared with: one row in, nothing else. */
  fetch: async (request: Request, env: { TURSO_URL: string }): Promise<Response> => {
    const body = await request.text();
    const { lastInsertRowid } = await createClient({ url: env.TURSO_URL }).execute({
      sql: INSERT,
      args: [crypto.randomUUID(), body, Date.now()],
    });
    return Response.json({ id: String(lastInsertRowid) }, { status: 201 });
  },
};
