import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Resolve,
  LOOPBACK_NETWORKS,
  outboundUrlFault,
} from '../../../src/adapters/outbound-http/outbound-rules.js';
import { UndiciHttp } from '../../../src/adapters/outbound-http/undici-http.js';
import { until } from '../../support/until.js';

const STRICT = { http: false, networks: [] };
const HTTP = { http: true, networks: [] };

const resolving =
  (...addresses: string[]): Resolve =>
  (_, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );

describe('T49: the literal URL of a hook or feed', () => {
  it.each([
    'https://example.com/hook',
    'https://example.com:8443/hook?a=b&c=d%20e',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://sub.example.co.uk',
    'https://xn--mller-kva.example/',
  ])('%s is accepted', (url) => {
    expect(outboundUrlFault(url, STRICT)).toBeUndefined();
  });

  it.each([
    ['http://example.com/', 'not_https'],
    ['ftp://example.com/', 'malformed'],
    ['file:///etc/passwd', 'malformed'],
    ['javascript:alert(1)', 'malformed'],
    ['gopher://127.0.0.1:6379/_x', 'malformed'],
    ['//example.com/', 'malformed'],
    ['', 'malformed'],
    ['https://exa mple.com/', 'malformed'],
    ['https://example.com\\@127.0.0.1/', 'malformed'],
    ['https://müller.example/', 'malformed'],
    ['https://example.com/\r\nX: y', 'malformed'],
    ['https://user:pass@example.com/', 'has_credentials'],
    ['https://@example.com/', 'has_credentials'],
    ['https://example.com/#f', 'has_fragment'],
    ['https://example.com:22/', 'port_refused'],
    ['https://example.com:25/', 'port_refused'],
    [`https://example.com/${'x'.repeat(2048)}`, 'too_long'],
  ])('%s is refused: %s', (url, fault) => {
    expect(outboundUrlFault(url, STRICT)).toBe(fault);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '0',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fec0::1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[2001:db8::1]',
    '[ff02::1]',
    '[100::1]',
    '[4000::1]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'foo.localhost',
    'printer.local',
    'metadata.google.internal',
    'intranet',
    'router.home.arpa',
    '127。0。0。1',
    '①②⑦.0.0.1',
  ])('%s is not a public address', (host) => {
    expect(outboundUrlFault(`https://${host}/`, STRICT)).toMatch(/^(not_public|malformed)$/);
  });

  it('networks of the operator are allowed if they are listed', () => {
    expect(outboundUrlFault('http://10.1.2.3/hook', { http: true, networks: ['10.0.0.0/8'] })).toBeUndefined();
    expect(outboundUrlFault('http://192.168.1.1/hook', { http: true, networks: ['10.0.0.0/8'] })).toBe('not_public');
    expect(outboundUrlFault('http://[::ffff:10.1.2.3]/', { http: true, networks: ['10.0.0.0/8'] })).toBeUndefined();
  });
});

describe('T49: a connection', () => {
  let canary: Server;
  let port: number;
  let hits = 0;
  beforeAll(async () => {
    canary = createServer((_req, res) => {
      hits += 1;
      res.end('secret');
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    port = (canary.address() as AddressInfo).port;
  });
  afterAll(() => {
    canary.closeAllConnections();
    canary.close();
  });

  const get = async (http: UndiciHttp, host: string): Promise<string> => {
    try {
      return (
        await http.send({
          method: 'GET',
          url: `http://${host}:${port}/`,
          headers: {},
          timeoutMs: 1000,
          maxAnswerBytes: 100,
        })
      ).body;
    } catch (error) {
      return error instanceof Error ? error.message : 'failed';
    } finally {
      await http.close();
    }
  };

  it('connects only to the checked address: a resolver that rebinds hits nothing', async () => {
    const answers = [[{ address: '203.0.113.1', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    let asked = 0;
    const rebinding: Resolve = (_, done) => done(null, answers[Math.min(asked++, 1)] ?? []);
    // 203.0.113.0/24 is unreachable; listed here so that the first answer passes.
    expect(
      await get(
        new UndiciHttp({
          connectTimeoutMs: 300,
          guard: { http: true, networks: ['203.0.113.0/24'], resolve: rebinding },
        }),
        'rebind.example',
      ),
    ).not.toBe('secret');
    expect([asked, hits]).toEqual([1, 0]);
    expect(await get(new UndiciHttp({ guard: { ...HTTP, resolve: rebinding } }), 'rebind.example')).toMatch(
      /not allowed/,
    );
    expect(
      await get(new UndiciHttp({ guard: { ...HTTP, resolve: resolving('8.8.8.8', '127.0.0.1') } }), 'mixed.example'),
    ).toMatch(/not allowed/);
    expect(await get(new UndiciHttp({ guard: HTTP }), '127.0.0.1')).toMatch(/not allowed: not_public/);
    expect(await get(new UndiciHttp({ guard: { ...HTTP, resolve: resolving() } }), 'nowhere.example')).toMatch(
      /not allowed/,
    );
    expect(hits).toBe(0);
  });

  it('reaches a listed network', async () => {
    expect(
      await get(
        new UndiciHttp({ guard: { http: true, networks: LOOPBACK_NETWORKS, resolve: resolving('127.0.0.1') } }),
        'shop.example',
      ),
    ).toBe('secret');
    expect(await get(new UndiciHttp({ guard: { http: true, networks: LOOPBACK_NETWORKS } }), '127.0.0.1')).toBe(
      'secret',
    );
    expect(hits).toBe(2);
  });
});

describe('a streamed answer', () => {
  it('arrives in pieces, within its bounds', async () => {
    const server = createServer((req, res) => {
      if (req.url === '/slow') return void res.write('x');
      for (let piece = 0; piece < 50; piece += 1) res.write('x'.repeat(10_000));
      res.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = new UndiciHttp();
    const lengthOf = async (path: string, maxAnswerBytes: number): Promise<number> => {
      let length = 0;
      const answer = await http.stream({ method: 'GET', url: url + path, headers: {}, timeoutMs: 400, maxAnswerBytes });
      for await (const chunk of answer.body) length += chunk.length;
      return length;
    };
    expect(await lengthOf('/', 500_000)).toBe(500_000);
    await expect(lengthOf('/', 499_999)).rejects.toThrow(/larger than 499999/);
    await expect(lengthOf('/slow', 10)).rejects.toThrow(/within 400 ms/);
    await http.close();
    server.closeAllConnections();
    server.close();
  });

  describe('from a very slow server', () => {
    const http = new UndiciHttp();
    let url: string;
    const ended: string[] = [];
    const server = createServer((req, res) => {
      const path = req.url ?? '';
      res.once('close', () => ended.push(path));
      if (path === '/silent') return;
      if (path === '/whole') return void res.end('x'.repeat(50_000));
      const timer = setInterval(() => res.write('6bytes'), path === '/brisk' ? 1 : 30);
      res.once('close', () => clearInterval(timer));
    });
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      await http.close();
      server.closeAllConnections();
      server.close();
    });
    const bounds = { method: 'GET', headers: {}, timeoutMs: 600_000, maxAnswerBytes: 1_000_000 } as const;

    it('occasional 6 bytes are too slow: the request is aborted before the required minimum arrives', async () => {
      let length = 0;
      const answer = await http.stream({ ...bounds, url: `${url}/drip`, pace: { bytes: 5_000, ms: 300 } });
      await expect(async () => {
        for await (const chunk of answer.body) length += chunk.length;
      }).rejects.toThrow('it came too slowly: fewer than 5000 bytes within 300 ms');
      expect(length).toBeLessThan(5_000);
      await until(async () => ended.includes('/drip'));
    });

    it('a fast enough answer may take any time', async () => {
      let length = 0;
      const answer = await http.stream({ ...bounds, url: `${url}/brisk`, pace: { bytes: 60, ms: 2_000 } });
      for await (const chunk of answer.body) if ((length += chunk.length) > 3_000) break;
      expect(length).toBeGreaterThan(3_000);
      await until(async () => ended.includes('/brisk'));
    });

    it('a slow reader does not count against the server', async () => {
      let length = 0;
      const answer = await http.stream({ ...bounds, url: `${url}/whole`, pace: { bytes: 1_000_000, ms: 200 } });
      for await (const chunk of answer.body) {
        length += chunk.length;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(length).toBe(50_000);
    });

    it('an answer that does not begin and an aborted request both end', async () => {
      await expect(http.stream({ ...bounds, url: `${url}/silent`, beginMs: 100 })).rejects.toThrow(
        'no answer began within 100 ms',
      );
      const giveUp = new AbortController();
      const answer = await http.stream({ ...bounds, url: `${url}/drip`, signal: giveUp.signal });
      await expect(async () => {
        for await (const _ of answer.body) giveUp.abort();
      }).rejects.toThrow('given up');
      await expect(http.stream({ ...bounds, url: `${url}/whole`, signal: giveUp.signal })).rejects.toThrow('given up');
    });
  });
});
