import { openConnection, requestBytes } from './http.ts';
import { bearer, type Member } from './school.ts';

/** Asks for JSON at a path of somebody's course. Throws unless it is answered with this status. */
export type Ask = <Body>(
  status: number,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ body: Body; etag: string }>;

/** How somebody asks a Worker, on a connection of its own each time, because the runtime closes those that rest. */
export const askAs =
  (port: number, member: Member): Ask =>
  async (status, method, path, body, headers) => {
    const connection = openConnection(port);
    const whole = `/v1/courses/${member.courseId}${path}`;
    const answer = await connection.send(requestBytes(method, whole, { ...(await bearer(member)), ...headers }, body));
    connection.close();
    const text = answer.body.toString();
    if (answer.status !== status) throw new Error(`${method} ${whole}: ${answer.status} ${text.slice(0, 500)}`);
    return { body: JSON.parse(text), etag: /\r\netag: *(\S+)/i.exec(answer.head)?.[1] ?? '' };
  };
