import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { UndiciHttp } from '../../../src/adapters/outbound-http/undici-http.js';

const http = new UndiciHttp({ connectTimeoutMs: 300 });
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((req, res): unknown => {
    if (req.url === '/redirect') return res.writeHead(302, { location: '/echo' }).end();
    if (req.url === '/large') return res.end('x'.repeat(2000));
    if (req.url === '/bytes') return res.end(Buffer.from([0xff, 0xfe]));
    if (req.url === '/never') return undefined;
    if (req.url === '/drip') return res.write('x');
    if (req.url === '/cut') return res.writeHead(200, { 'content-length': '10' }).write('x', () => res.destroy());
    const chunks: Buffer[] = [];
    return req
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () =>
        res
          .writeHead(201, { 'X-Answer': 'yes', 'set-cookie': ['a=1', 'b=2'] })
          .end(`${req.method} ${req.url} ${String(req.headers['x-ask'])} ${Buffer.concat(chunks).toString()}`),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

const get = (path: string) =>
  http.send({ method: 'GET', url: origin + path, headers: {}, timeoutMs: 500, maxAnswerBytes: 1000 });

it('sends method, query, headers and body, and returns status, headers and text', async () => {
  const answer = await http.send({
    method: 'PATCH',
    url: `${origin}/echo?a=1`,
    headers: { 'x-ask': 'a' },
    body: '{"ü":1}',
    timeoutMs: 1000,
    maxAnswerBytes: 1000,
  });
  expect(answer).toMatchObject({
    status: 201,
    body: 'PATCH /echo?a=1 a {"ü":1}',
    headers: { 'x-answer': 'yes', 'set-cookie': 'a=1' },
  });
});

it('T49: a redirect is returned as an answer and not followed', async () => {
  expect(await get('/redirect')).toMatchObject({ status: 302, body: '' });
});

it.each([
  ['/large', /larger than 1000 bytes/],
  ['/never', /within 500 ms/],
  ['/drip', /within 500 ms/],
  ['/bytes', /not valid/],
  ['/cut', /./],
])('P5: %s is rejected in bounded time', async (path, reason) => {
  // Without its bound, it would never end.
  await expect(get(path)).rejects.toThrow(reason);
});

it('P5: a refused connection rejects', async () => {
  await expect(
    http.send({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, timeoutMs: 500, maxAnswerBytes: 10 }),
  ).rejects.toThrow();
});
