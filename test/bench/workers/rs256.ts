import { createClient } from '@libsql/client/http';
import { type JWK, jwtVerify } from 'jose';

type Env = { JWK: string; ISSUER: string; AUDIENCE: string; TURSO_URL?: string };

const ask = (url: string) => createClient({ url }).execute('select id from institution');

let key: JWK | undefined;

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
  /** What a launch is compared with: the signature and the times of its id token, and a database asked twice if there is one. */
  fetch: async (request: Request, { JWK, ISSUER, AUDIENCE, TURSO_URL }: Env): Promise<Response> => {
    const form = new URLSearchParams(await request.text());
    // One object: jose keeps what it imports by it.
    key ??= JSON.parse(JWK) as JWK;
    const options = { algorithms: ['RS256'], issuer: ISSUER, audience: AUDIENCE };
    const { payload } = await jwtVerify(form.get('id_token') ?? '', key, options);
    if (TURSO_URL) {
      await ask(TURSO_URL);
      await ask(TURSO_URL);
    }
    return new Response(null, { status: 303, headers: { location: `/${payload.sub}` } });
  },
};
