import { connect } from 'node:net';

export type Answer = { status: number; head: string; body: Buffer };

export type Connection = {
  /** Sends one request as it stands and waits for its response. One at a time. Throws when the connection breaks. */
  send: (request: Buffer) => Promise<Answer>;
  close: () => void;
};

const CHUNK_END = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');

/** Reads a chunked body (RFC 9112, section 7.1) from `at`; `undefined` while some is missing. */
const readChunks = (bytes: Buffer, at: number): Buffer | undefined => {
  const parts: Buffer[] = [];
  for (let start = at; ; ) {
    const end = bytes.indexOf(CHUNK_END, start);
    if (end < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', start, end), 16);
    start = end + 2 + size + 2;
    if (bytes.length < start) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
  }
};

const readAnswer = (bytes: Buffer): Answer | undefined => {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + HEAD_END.length;
  if (status === 304 || status === 204) return { status, head, body: bytes.subarray(start) };
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const body = length === undefined ? readChunks(bytes, start) : bytes.subarray(start, start + Number(length));
  return body === undefined || body.length < Number(length ?? 0) ? undefined : { status, head, body };
};

/**
 * A keep-alive connection to a local server, HTTP/1.1 by hand: Node's own client costs more than the server that is to
 * be measured, and would be the bottleneck.
 */
export const openConnection = (port: number): Connection => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  let read: Buffer = Buffer.alloc(0);
  let broken: Error | undefined;
  const fail = (error: Error) => {
    broken ??= error;
    waiting?.reject(broken);
    waiting = undefined;
  };
  socket.on('data', (chunk: Buffer) => {
    read = read.length === 0 ? chunk : Buffer.concat([read, chunk]);
    const answer = readAnswer(read);
    if (!answer) return;
    read = Buffer.alloc(0);
    waiting?.resolve(answer);
    waiting = undefined;
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
};

/** The bytes of a request to a local server. */
export const requestBytes = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Buffer => {
  const content = body === undefined ? '' : JSON.stringify(body);
  const all = {
    host: 'localhost',
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(content)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${content}`);
};
