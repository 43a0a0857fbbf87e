import { describe, expect, it } from '@jest/globals';
import { type RunningShop, describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { requestSignature, signature, signed } from './signed-calls.js';

const HOOK = JSON.stringify({ eventName: 'order_created', url: 'https://hooks.example.com/bound' });
const STRICT = { shop: '71', key: 'key-of-a-strict-shop' };

describeShop('X-Punchout-Signature on signed calls', {}, (shop) => {
  const strict = async (): Promise<void> => {
    const { connectShops } = shop().connector.directory;
    await connectShops.save(
      { tenantId: 'demo', shopId: 71, role: 'supplier', name: 'Strict', demo: false },
      { requestSignature: 'required' },
    );
    if ((await connectShops.findSigner(71))?.keys.length === 0) await connectShops.addKey('demo', 71, STRICT.key);
  };
  interface Wish {
    shop?: string;
    key?: string;
    /** What the second header was signed for, if it differs from what is sent. */
    madeFor?: { method?: string; path?: string; body?: string; key?: string; late?: number };
  }
  /** The path as the caller sees it, including the prefix. */
  const call = (method: string, path: string, body = '', { madeFor = {}, ...by }: Wish = {}): Promise<Answer> => {
    const seconds = Math.floor(Date.now() / 1000) - (madeFor.late ?? 0);
    const header = requestSignature(
      madeFor.method ?? method,
      madeFor.path ?? shop().prefix + path,
      madeFor.body ?? body,
      { key: madeFor.key ?? by.key, seconds },
    );
    return signed(shop().browser(), path, body, { method, ...by, headers: { 'x-punchout-signature': header } });
  };
  const hooked = async (running: RunningShop): Promise<boolean> =>
    (await running.knex('connect_hook').where({ url: 'https://hooks.example.com/bound' }).whereNot('events', '{}'))
      .length > 0;

  it('a valid one is accepted on every method, with the path that the caller sees', async () => {
    expect((await call('POST', '/sdk/hooks', HOOK)).status).toBe(200);
    expect((await call('DELETE', '/sdk/hooks', HOOK)).status).toBe(200);
    for (const path of ['/api/provider/reports', '/api/provider/reports?page=1&x=%20'])
      expect((await call('GET', path)).status).toBe(200);
    for (const late of [-240, 240])
      expect((await call('POST', '/sdk/ping', '{}', { madeFor: { late } })).status).toBe(200);
  });

  it('a captured body that was signed for POST does not work with DELETE, on another path or later', async () => {
    expect((await call('POST', '/sdk/hooks', HOOK)).status).toBe(200);
    const attempts: [string, string, string, Wish['madeFor']][] = [
      ['DELETE', '/sdk/hooks', HOOK, { method: 'POST' }],
      ['POST', '/sdk/hooks/resume', HOOK, { path: `${shop().prefix}/sdk/hooks` }],
      ['POST', '/sdk/provider/import-url', HOOK, { path: `${shop().prefix}/sdk/hooks` }],
      ['POST', '/sdk/hooks?x=1', HOOK, { path: `${shop().prefix}/sdk/hooks` }],
      ['POST', '/sdk/hooks', HOOK, { path: `/other${shop().prefix}/sdk/hooks` }],
      ['DELETE', '/sdk/hooks', HOOK, { body: '{}' }],
      ['DELETE', '/sdk/hooks', HOOK, { late: 360 }],
      ['DELETE', '/sdk/hooks', HOOK, { late: -360 }],
      ['DELETE', '/sdk/hooks', HOOK, { key: 'other' }],
      ['GET', '/api/provider/report/1', '', { path: `${shop().prefix}/api/provider/reports` }],
    ];
    for (const [method, path, body, madeFor] of attempts) {
      const answer = await call(method, path, body, { madeFor });
      expect([method, path, madeFor, answer.status, answer.json().error]).toEqual([
        method,
        path,
        madeFor,
        401,
        {
          code: 'INVALID_CREDENTIALS',
          message: expect.stringContaining(`over ${method} ${shop().prefix}${path} and the body`),
        },
      ]);
    }
    expect(await hooked(shop())).toBe(true);
  });

  it('a repeated, empty or malformed second header is refused; only signers learn why', async () => {
    const client = shop().browser();
    const good = requestSignature('POST', `${shop().prefix}/sdk/ping`, '{}');
    for (const header of ['', 'x', `${good},${good}`, good.replace('v1=', 'v0=')])
      expect([
        header,
        (await signed(client, '/sdk/ping', '{}', { headers: { 'x-punchout-signature': header } })).status,
      ]).toEqual([header, 401]);
    const stranger = await signed(client, '/sdk/ping', '{}', {
      key: 'other',
      headers: { 'x-punchout-signature': good },
    });
    expect(stranger.json().error).toEqual({ code: 'INVALID_CREDENTIALS', message: 'The credentials are not valid.' });
  });

  describe('a shop that requires the second signature', () => {
    const calls: [string, string, string][] = [
      ['POST', '/sdk/ping', '{}'],
      ['POST', '/sdk/update-order-status', '{"id":"none","status":"open"}'],
      ['POST', '/sdk/update-payment-status', '{"id":"none","status":"received"}'],
      ['POST', '/sdk/hooks', HOOK],
      ['DELETE', '/sdk/hooks', HOOK],
      ['POST', '/sdk/hooks/resume', HOOK],
      ['POST', '/sdk/hooks/replay', JSON.stringify({ url: 'https://hooks.example.com/bound', revision: 1 })],
      ['POST', '/sdk/provider/import-url', '{"url":"https://feeds.example.com/a.csv"}'],
      ['GET', '/sdk/provider/import-url', ''],
      ['GET', '/api/provider/reports', ''],
      ['GET', '/api/provider/report/1', ''],
    ];
    it.each(calls)(
      '%s %s: the HMAC of the body alone is refused, and the refusal says what is missing',
      async (method, path, body) => {
        await strict();
        const alone = await signed(shop().browser(), path, body, { method, ...STRICT });
        expect([alone.status, alone.json().error]).toEqual([
          401,
          { code: 'INVALID_CREDENTIALS', message: "This shop's calls need the header X-Punchout-Signature." },
        ]);
        expect((await call(method, path, body, STRICT)).status).not.toBe(401);
      },
    );
  });

  it('order events as documented: everything in the document works with the HMAC of the body alone', async () => {
    const client = shop().browser();
    const plain = (method: string, path: string, body: string): Promise<Answer> =>
      client.send(path, {
        method,
        ...(method === 'GET' ? {} : { body }),
        headers: { 'x-shopware-connect-shop': '1', 'x-shopware-connect-key': signature(body) },
      });
    expect((await plain('POST', '/sdk/ping', '{"Hello":"World"}')).text).toBe('{"Hello":"World"}');
    expect((await plain('POST', '/sdk/hooks', HOOK)).status).toBe(200);
    expect((await plain('DELETE', '/sdk/hooks', HOOK)).status).toBe(200);
    expect((await plain('POST', '/sdk/provider/import-url', '{"url":"https://feeds.example.com/a.csv"}')).status).toBe(
      200,
    );
    expect((await plain('GET', '/api/provider/reports', '')).status).toBe(200);
    expect((await plain('POST', '/sdk/update-order-status', '{"id":"none","status":"open"}')).status).toBe(404);
  });
});
