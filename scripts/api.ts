export type Answered<T> = { body: T; etag: string };

/** Speaks JSON with an interface at an address: `send(token, 'POST', path, body)`. Throws what was refused, in words. */
export const apiAt =
  (baseUrl: string) =>
  async <T = Record<string, unknown>>(
    token: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered<T>> => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return { body: (text === '' ? {} : JSON.parse(text)) as T, etag: response.headers.get('etag') ?? '' };
  };

export type Api = ReturnType<typeof apiAt>;
