import { rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { freshData } from '../support/fresh-data.js';

const LATEST_MS = 12_000;
const HOST = 'Host: 127.0.0.1';
/** A second request, if the first one were framed differently. */
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

let directory: string;
let server: RunningServer;
beforeAll(async () => {
  directory = await freshData();
  server = await startServer(serverSettings({ DATA_DIR: directory, LOG_LEVEL: 'silent', PORT: '0' }));
}, 120_000);
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

function open(): Socket {
  return connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => undefined);
}

/** Milliseconds until the server has closed the socket. */
function closed(socket: Socket): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve) => socket.once('close', () => resolve(performance.now() - startedAt)));
}

function drip(socket: Socket, text: string, everyMs = 500): void {
  const timer = setInterval(() => socket.writable && socket.write(text), everyMs);
  socket.once('close', () => clearInterval(timer));
}

describe('T34: slow connections', () => {
  it('100 slow headers, 100 slow bodies, 20 silent, 20 not reading: all closed in 12 s, others served', async () => {
    const sockets: Socket[] = [];
    for (let index = 0; index < 100; index += 1) {
      const header = open();
      header.write(`GET / HTTP/1.1\r\n${HOST}\r\n`);
      drip(header, 'X-A: b\r\n');
      const body = open();
      body.write(
        `POST /v1/punchout/setup HTTP/1.1\r\n${HOST}\r\nContent-Type: text/xml\r\nContent-Length: 100000\r\n\r\n<`,
      );
      drip(body, 'c');
      sockets.push(header.resume(), body.resume());
    }
    for (let index = 0; index < 20; index += 1) sockets.push(open().resume());
    for (let index = 0; index < 20; index += 1) {
      const reader = open();
      reader.pause();
      drip(reader, `GET /openapi.json HTTP/1.1\r\n${HOST}\r\n\r\n`, 20);
      sockets.push(reader);
    }
    // A client that reads nothing may not notice the close.
    const readers = sockets.slice(220);
    const ends = sockets.slice(0, 220).map(closed);
    const readersEnds = readers.map(closed);
    const answered: number[] = [];
    const until = performance.now() + LATEST_MS;
    while (performance.now() < until) {
      const startedAt = performance.now();
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      answered.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    // The timers of a busy machine are late.
    expect(Math.max(...(await Promise.all(ends)))).toBeLessThan(1.5 * LATEST_MS);
    expect(answered.toSorted((a, b) => a - b)[answered.length >> 1]).toBeLessThan(500);
    for (const reader of readers) reader.resume();
    await Promise.all(readersEnds);
    const whole = (await (await fetch(`${server.url}/openapi.json`)).text()).length * 300;
    for (const { bytesRead } of readers) expect(bytesRead).toBeLessThan(whole);
  }, 60_000);
});

/** Ambiguous or invalid framing: each could be read as one request or as two. */
const RAW: readonly (readonly [name: string, raw: string])[] = [
  [
    'length and chunked',
    `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'chunked and length',
    `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n`,
  ],
  ['two lengths', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 0\r\nContent-Length: 47\r\n\r\n`],
  ['two lengths in one line', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 0, 47\r\n\r\n`],
  ['a length with a sign', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: +0\r\n\r\n`],
  ['a negative length', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: -1\r\n\r\n`],
  ['a length in hexadecimal', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 0x0\r\n\r\n`],
  ['a length with letters', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 0a\r\n\r\n`],
  ['an endless length', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 99999999999999999999999\r\n\r\n`],
  ['a blank before the colon', `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length : 0\r\n\r\n`],
  ['a tab before the colon', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n`],
  ['a folded header', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  ['a folded length', `POST / HTTP/1.1\r\n${HOST}\r\nX: a\r\n Content-Length: 47\r\n\r\n`],
  ['xchunked', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: xchunked\r\n\r\n`],
  ['chunked twice', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`],
  ['chunked before another', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  [
    'two transfer encodings',
    `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n\r\n0\r\n\r\n`,
  ],
  ['a vertical tab', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
  ['quotes', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`],
  ['a chunk size with a sign', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n+0\r\n\r\n`],
  ['a chunk size with 0x', `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n`],
  [
    'an endless chunk size',
    `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n`,
  ],
  ["a line feed for a chunk's end", `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n0\n\n`],
  [
    'a chunk longer than it says',
    `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n`,
  ],
  [
    'a line feed inside a chunk extension',
    `POST / HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n0;a\nb\r\n\r\n`,
  ],
  ['line feeds alone', `GET / HTTP/1.1\n${HOST}\n\n`],
  ['carriage returns alone', `GET / HTTP/1.1\r${HOST}\r\r`],
  ['a carriage return in a value', `GET / HTTP/1.1\r\n${HOST}\r\nX: a\rb\r\n\r\n`],
  ['a line feed in a value', `GET / HTTP/1.1\r\n${HOST}\r\nX: a\nContent-Length: 47\r\n\r\n`],
  ['NUL in a value', `GET / HTTP/1.1\r\n${HOST}\r\nX: a\0b\r\n\r\n`],
  ['NUL in a name', `GET / HTTP/1.1\r\n${HOST}\r\nX\0: a\r\n\r\n`],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['no colon', `GET / HTTP/1.1\r\n${HOST}\r\nContent-Length\r\n\r\n`],
  ['a header before the first', `GET / HTTP/1.1\r\n Content-Length: 47\r\n${HOST}\r\n\r\n`],
  ['another version', `GET / HTTP/3.7\r\n${HOST}\r\n\r\n`],
  ['no version', 'GET /\r\n\r\n'],
  ['a verb of others', `G\u0000T / HTTP/1.1\r\n${HOST}\r\n\r\n`],
  ['HTTP/2 in the clear', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['17 kB of headers', `GET / HTTP/1.1\r\n${HOST}\r\nX: ${'a'.repeat(17_000)}\r\n\r\n`],
];

describe('T35: framing', () => {
  it.each(RAW)('%s: refused, and the following bytes are not read as a request', async (_name, raw) => {
    const socket = open();
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.write(raw + SMUGGLED);
    await Promise.race([closed(socket), new Promise((resolve) => setTimeout(resolve, 1_500))]);
    socket.destroy();
    const statuses = [
      ...Buffer.concat(chunks)
        .toString('latin1')
        .matchAll(/^HTTP\/1\.1 (\d{3})/gm),
    ].map(([, status]) => status);
    // A request that is answered before its body is read is refused when the body arrives.
    expect(statuses.length).toBeLessThanOrEqual(statuses.at(-1) === '400' ? 2 : 1);
    for (const status of statuses) expect(status).toMatch(/^4/);
  });
});
