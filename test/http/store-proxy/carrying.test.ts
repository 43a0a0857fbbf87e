import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { bodyBudget } from '../../../src/http/body/body-budget.js';
import { bodyReader } from '../../../src/http/body/read-body.js';
import { shopwareProxyPolicy } from '../../../src/adapters/stores/shopware/proxy/shopware-proxy-policy.js';
import { storeProxy } from '../../../src/http/store-proxy/store-proxy.js';
import { standInFor } from '../../../src/http/store-proxy/proxy-headers.js';
import { cookieJar } from '../../../src/http/browser/cookie-jar.js';
import { transmissionOf } from '../../contracts/store.contract.js';

const TOKEN = '0123456789abcdef0123456789abcdef';
const KEY = 'SWSCKEYOFTHESHOP';

type Handler = (req: IncomingMessage, res: ServerResponse, body: Buffer) => void;

interface Got {
  status: number;
  headers: IncomingMessage['headers'];
  raw: string[];
  body: Buffer;
}

describe('store proxy: what is forwarded, and how', () => {
  let upstream: Server;
  let front: Server;
  let answer: Handler;
  let heard: { req: IncomingMessage; body: Buffer } | undefined;
  /** A live session for requests with our cookie. */
  let state: 'live' | 'unreadable' = 'live';
  beforeAll(async () => {
    upstream = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        heard = { req, body: Buffer.concat(chunks) };
        answer(req, res, heard.body);
      });
    });
    const port = await listen(upstream);
    const jar = cookieJar('http://127.0.0.1');
    const transmission = {
      ...transmissionOf({ tenantId: 'acme', connectionId: 'erp' }),
      cart: { store: 'shopware', id: 'x' },
    };
    const app = express();
    app.set('trust proxy', ['10.0.0.1']);
    app.use(
      storeProxy(
        {
          watch() {},
          traceHeaders: () => ({}),
          policy: shopwareProxyPolicy({
            baseUrl: `http://127.0.0.1:${port}/base`,
            accessKey: KEY,
            tokenOf: () => TOKEN,
            inTurn: (_cart, _kind, act) => act(),
            allow: ['POST /customer/wishlist/add/{}'],
          }),
          jar,
          browser: {
            read: () => Promise.resolve(undefined),
            bind: () => Promise.resolve(),
            clear: () => Promise.resolve(),
          },
          sessions: {
            find: () => Promise.resolve(undefined),
            live: (req) =>
              !jar.knows(req)
                ? Promise.resolve(undefined)
                : state === 'unreadable'
                  ? Promise.reject(new Error('no database'))
                  : Promise.resolve({ transmission, connection: { tenantId: 'acme' } as never }),
            ended: () => Promise.resolve(false),
          },
          cors: () => Promise.resolve('go_on'),
          publicOrigin: 'http://127.0.0.1',
          frontendOrigins: () => Promise.resolve([]),
          cartOf: () => Promise.resolve(transmission.cart),
          contextMoved: () => Promise.resolve(),
          readBody: bodyReader(bodyBudget()),
          write: async (_session, act) => ({ ok: true, value: await act(transmission.cart) }),
          log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
        },
        { silenceMs: 400 },
      ),
    );
    await listen((front = createServer(app)));
  });
  afterAll(async () => {
    for (const server of [front, upstream]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  beforeEach(() => {
    state = 'live';
    heard = undefined;
    answer = (_req, res) => void res.end('{}');
  });

  function ask(
    path: string,
    {
      method = 'GET',
      headers = {},
      body,
      session = false,
    }: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer; session?: boolean } = {},
    watch?: (res: IncomingMessage) => void,
  ): Promise<Got> {
    return new Promise((resolve, reject) => {
      const { port } = front.address() as AddressInfo;
      const outgoing = request(
        {
          port,
          host: '127.0.0.1',
          path,
          method,
          headers: { ...(session ? { cookie: 'connector.sid=1; other=2' } : {}), ...headers },
        },
        (res) => {
          watch?.(res);
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () =>
            resolve({
              status: res.statusCode ?? 0,
              headers: res.headers,
              raw: res.rawHeaders,
              body: Buffer.concat(chunks),
            }),
          );
          res.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  it('RFC 9110 7.6.1: hop-by-hop headers are removed in both directions', async () => {
    answer = (_req, res) =>
      void res
        .writeHead(200, {
          connection: 'x-hop, close',
          'x-hop': '1',
          'x-kept': '2',
          'keep-alive': 'timeout=9',
          'proxy-authenticate': 'Basic',
        })
        .end('{}');
    const got = await ask('/store-api/x', {
      headers: {
        connection: 'x-mine, keep-alive',
        'x-mine': '1',
        te: 'trailers',
        'proxy-authorization': 'x',
        'x-other': '2',
        forwarded: 'for=1.2.3.4',
        'x-forwarded-for': '1.2.3.4',
        'x-real-ip': '1.2.3.4',
      },
    });
    expect(heard?.req.headers).toMatchObject({
      'x-other': '2',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'sw-access-key': KEY,
      host: `127.0.0.1:${(upstream.address() as AddressInfo).port}`,
    });
    for (const name of ['x-mine', 'te', 'proxy-authorization', 'forwarded', 'x-real-ip'])
      expect(heard?.req.headers[name]).toBeUndefined();
    expect(got.headers['x-kept']).toBe('2');
    for (const name of ['x-hop', 'proxy-authenticate']) expect(got.headers[name]).toBeUndefined();
    expect(heard?.req.url).toBe('/base/store-api/x');
  });

  it("cookies: ours are not forwarded, the shop's are moved to this host; in a session none passes", async () => {
    answer = (_req, res) =>
      void res
        .writeHead(200, { 'set-cookie': ['a=1; Domain=shop.example; Path=/', 'b=2; path=/; HttpOnly'] })
        .end('{}');
    const visitor = await ask('/store-api/x', { headers: { cookie: 'a=1; connector.probe=3; b=2' } });
    expect(heard?.req.headers.cookie).toBe('a=1; b=2');
    expect(visitor.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; path=/; HttpOnly']);
    const buyer = await ask('/store-api/context', { session: true });
    expect(heard?.req.headers.cookie).toBeUndefined();
    expect(buyer.headers['set-cookie']).toBeUndefined();
  });

  it('without a session an answer passes byte for byte; redirects are rewritten', async () => {
    const zipped = gzipSync('{"token":"x"}');
    answer = (_req, res) =>
      void res
        .writeHead(302, {
          'content-encoding': 'gzip',
          etag: '"1"',
          location: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/base/store-api/y?z=1`,
        })
        .end(zipped);
    const got = await ask('/store-api/x?a=%20b&c', { headers: { 'accept-encoding': 'gzip' } });
    expect(got.body.equals(zipped)).toBe(true);
    expect(got.headers).toMatchObject({ etag: '"1"', location: '/store-api/y?z=1', 'content-encoding': 'gzip' });
    expect(heard?.req.url).toBe('/base/store-api/x?a=%20b&c');
  });

  it.each([
    ['gzip', gzipSync, gunzipSync],
    ['br', brotliCompressSync, brotliDecompressSync],
    ['deflate', deflateSync, inflateSync],
  ] as const)(
    'in a session a %s answer is checked for secrets, and sent on in the same coding',
    async (coding, encode, decode) => {
      answer = (_req, res) =>
        void res
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': coding })
          .end(encode(JSON.stringify({ token: TOKEN, accessKey: KEY, more: 'x'.repeat(5000) })));
      const got = await ask('/store-api/context', {
        session: true,
        headers: { 'accept-encoding': `zstd, ${coding};q=0.9, identity;q=0` },
      });
      expect(heard?.req.headers['accept-encoding']).toBe(coding);
      expect(got.headers['content-encoding']).toBe(coding);
      expect(JSON.parse(decode(got.body).toString())).toEqual({
        token: standInFor(TOKEN),
        accessKey: standInFor(KEY),
        more: 'x'.repeat(5000),
      });
    },
  );

  it('HEAD is forwarded as HEAD', async () => {
    answer = (_req, res) =>
      void res
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip', 'content-length': '99' })
        .end();
    const got = await ask('/store-api/product', {
      method: 'HEAD',
      session: true,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect([got.status, heard?.req.method, got.headers['content-length'], got.body.length]).toEqual([
      200,
      'HEAD',
      '99',
      0,
    ]);
  });

  it('a coding that was not requested is not shown', async () => {
    answer = (_req, res) => void res.writeHead(200, { 'content-encoding': 'zstd' }).end(`{"token":"${TOKEN}"}`);
    const got = await ask('/store-api/context', { session: true });
    expect([got.status, got.body.includes(TOKEN)]).toEqual([503, false]);
  });

  it('a token that is split between two chunks is found, wherever it is split', async () => {
    for (const cut of [1, 15, 31]) {
      answer = (_req, res) => {
        res.writeHead(200, { 'content-type': 'application/json', 'x-token': `a${TOKEN}b`, 'sw-context-token': TOKEN });
        res.write(`{"token":"${TOKEN.slice(0, cut)}`);
        setTimeout(() => res.end(`${TOKEN.slice(cut)}","ä":"${TOKEN}"}`), 20);
      };
      const got = await ask('/store-api/context', { session: true });
      expect(JSON.parse(got.body.toString())).toEqual({ token: standInFor(TOKEN), ä: standInFor(TOKEN) });
      expect(got.raw.join(' ')).not.toContain(TOKEN);
    }
  });

  it('streams: the first bytes arrive before the last are written, in both directions', async () => {
    let finish = (): void => undefined;
    answer = (_req, res) => {
      res.writeHead(200, { 'content-encoding': 'gzip' });
      res.write(gzipSync('x'.repeat(2000)));
      finish = () => void res.end();
    };
    const got = await ask('/store-api/context', { session: true, headers: { 'accept-encoding': 'gzip' } }, (res) =>
      res.once('data', () => finish()),
    );
    expect(got.status).toBe(200);
    const large = Buffer.alloc(5_000_000, 'y');
    answer = (_req, res, body) => void res.end(String(body.length));
    expect((await ask('/store-api/upload', { method: 'PUT', body: large })).body.toString()).toBe('5000000');
  });

  it('P5: silence, a dropped connection and a truncated answer are reported in time', async () => {
    const failures: [Handler, boolean][] = [
      [() => undefined, true],
      [(_req, res) => void res.destroy(), true],
      [(_req, res) => void res.writeHead(200, { 'content-length': '100' }).write('{'), false],
    ];
    for (const [failure, told] of failures) {
      answer = failure;
      const startedAt = performance.now();
      const outcome = await ask('/store-api/context', { session: true }).then(
        ({ status }) => status,
        () => 'cut off',
      );
      expect(outcome).toBe(told ? 503 : 'cut off');
      expect(performance.now() - startedAt).toBeLessThan(3000);
    }
    // A cart write is answered only when its result is known.
    expect((await ask('/store-api/checkout/cart', { method: 'DELETE', session: true })).status).toBe(503);
  });

  it('a refusal by the shop is passed on: 404, 429, 500', async () => {
    for (const status of [404, 429, 500]) {
      answer = (_req, res) =>
        void res.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"errors":[]}');
      const got = await ask('/store-api/checkout/cart/line-item/delete', {
        method: 'POST',
        session: true,
        headers: { 'content-type': 'application/json' },
        body: '{"ids":["x"]}',
      });
      expect([got.status, got.headers['retry-after'], got.body.toString()]).toEqual([status, '7', '{"errors":[]}']);
    }
  });

  it('fails closed if the session cannot be read', async () => {
    state = 'unreadable';
    for (const path of ['/store-api/product', '/store-api/checkout/order']) {
      const got = await ask(path, { method: 'POST', session: true });
      expect([got.status, JSON.parse(got.body.toString()).error.code, heard]).toEqual([
        503,
        'SERVICE_UNAVAILABLE',
        undefined,
      ]);
    }
    expect((await ask('/store-api/product')).status).toBe(200);
  });

  it("passes what the shop's owner adds to the list", async () => {
    const got = await ask('/store-api/customer/wishlist/add/018f3a', {
      method: 'POST',
      session: true,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([got.status, heard?.req.url, heard?.req.headers['sw-context-token']]).toEqual([
      200,
      '/base/store-api/customer/wishlist/add/018f3a',
      TOKEN,
    ]);
    expect(() =>
      shopwareProxyPolicy({
        baseUrl: 'http://x',
        accessKey: KEY,
        tokenOf: () => TOKEN,
        inTurn: (_cart, _kind, act) => act(),
        allow: ['POST wishlist'],
      }),
    ).toThrow(TypeError);
  });
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
