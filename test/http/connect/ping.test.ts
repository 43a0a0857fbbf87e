import { request } from 'node:http';
import { expect, it } from '@jest/globals';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { signature, signed } from './signed-calls.js';

const HELLO = '{\n    "Hello": "World"\n}';

/** Sends a request with exactly these header lines, including repeated ones. */
function rawPing(shop: RunningShop, headers: string[], body = HELLO): Promise<number> {
  const url = new URL(`${shop.url}/sdk/ping`);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        path: url.pathname,
        method: 'POST',
        headers: ['host', url.host, 'content-length', String(Buffer.byteLength(body)), ...headers],
      },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function flipped(signature: string, bit: number): string {
  const bytes = Buffer.from(signature, 'hex');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('hex');
}

describeShop('order events: ping and authentication', {}, (shop) => {
  it("Shopware Connect's example: the payload is returned byte for byte", async () => {
    for (const payload of [
      HELLO,
      '{"pay":"load"}',
      '{"url":"http:\\/\\/example.com\\/m\\u00fcller"}',
      '',
      'no json',
      '\ufeff{}',
      Buffer.from([0, 1, 2, 255, 254]),
    ]) {
      const answer = await signed(shop().browser(), '/sdk/ping', payload);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
      expect(answer.bytes).toEqual(Buffer.from(payload));
    }
  });

  it('both spellings of the header, alone or together', async () => {
    const key = signature(HELLO);
    expect(await rawPing(shop(), ['X-Shopware-Connect-ShopId', '1', 'X-Shopware-Connect-Key', key])).toBe(200);
    expect(
      await rawPing(shop(), [
        'X-SHOPWARE-CONNECT-SHOP',
        '1',
        'X-Shopware-Connect-ShopId',
        '1',
        'x-shopware-connect-key',
        key,
      ]),
    ).toBe(200);
  });

  it('conflicting, repeated, missing and malformed headers: 401', async () => {
    const key = signature(HELLO);
    const shopLine = ['X-Shopware-Connect-Shop', '1'];
    const keyLine = ['X-Shopware-Connect-Key', key];
    for (const headers of [
      [...shopLine, 'X-Shopware-Connect-ShopId', '2', ...keyLine],
      [...shopLine, ...shopLine, ...keyLine],
      [...shopLine, ...keyLine, ...keyLine],
      [...shopLine, 'X-Shopware-Connect-Key', `${key}, ${key}`],
      ['X-Shopware-Connect-Shop', '1, 1', ...keyLine],
      shopLine,
      keyLine,
      [],
      ...['0', '01', '-1', '1.0', '0x1', '1 or 1=1', '', '99999999999999999999', '3'].map((id) => [
        'X-Shopware-Connect-Shop',
        id,
        ...keyLine,
      ]),
      ...[key.toUpperCase(), key.slice(1), `${key}0`, `0${key.slice(1)}`, ''].map((value) => [
        ...shopLine,
        'X-Shopware-Connect-Key',
        value,
      ]),
      ...[0, 1, 7, 8, 63, 64, 255, 256, 504, 511].map((bit) => [
        ...shopLine,
        'X-Shopware-Connect-Key',
        flipped(key, bit),
      ]),
      [...shopLine, 'X-Shopware-Connect-Key', signature(HELLO, 'demo-connect-merchant-key')],
    ])
      expect([headers, await rawPing(shop(), headers)]).toEqual([headers, 401]);
    expect(await rawPing(shop(), [...shopLine, ...keyLine], `${HELLO} `)).toBe(401);
  });

  it('a refusal is JSON and does not say what was wrong', async () => {
    const wrongKey = await signed(shop().browser(), '/sdk/ping', HELLO, { key: 'other' });
    const noShop = await signed(shop().browser(), '/sdk/ping', HELLO, { shop: '12345' });
    expect([wrongKey.status, wrongKey.json()]).toEqual([
      401,
      { success: false, error: { code: 'INVALID_CREDENTIALS', message: 'The credentials are not valid.' } },
    ]);
    expect(noShop.text).toBe(wrongKey.text);
    expect(shop().logged.join('\n')).not.toContain(signature(HELLO, 'other'));
  });

  it('with two active keys either one signs; a revoked key does not', async () => {
    const { connectShops } = shop().connector.directory;
    const shopId = shop().prefix === '' ? 31 : 32;
    await connectShops.save({ tenantId: 'demo', shopId, role: 'supplier', name: 'S', demo: false });
    await connectShops.addKey('demo', shopId, 'first-key');
    const second = await connectShops.addKey('demo', shopId, 'second-key');
    const ping = async (key: string) =>
      (await signed(shop().browser(), '/sdk/ping', HELLO, { shop: String(shopId), key })).status;
    expect([await ping('first-key'), await ping('second-key'), await ping('third-key')]).toEqual([200, 200, 401]);
    await connectShops.revokeKey('demo', shopId, second ?? '');
    expect([await ping('first-key'), await ping('second-key')]).toEqual([200, 401]);
  });

  it("unknown paths and methods are refused in the family's format", async () => {
    const client = shop().browser();
    const unknown = await signed(client, '/sdk/nothing', '{}');
    expect([unknown.status, unknown.json().error.code]).toEqual([404, 'NOT_FOUND']);
    const got = await signed(client, '/sdk/ping', '', { method: 'GET' });
    expect([got.status, got.headers.allow, got.json().error.code]).toEqual([405, 'POST', 'METHOD_NOT_ALLOWED']);
    const large = await signed(client, '/sdk/ping', 'x'.repeat(300_000));
    expect([large.status, large.json().error.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });
});

describeShop('order events outside the demo', { connector: { demo: false } }, (shop) => {
  it('the well-known key is refused', async () => {
    expect((await signed(shop().browser(), '/sdk/ping', HELLO)).status).toBe(401);
  });

  it('T49: hooks use https only, and no address of this machine', async () => {
    const { connectShops } = shop().connector.directory;
    await connectShops.save({ tenantId: 'demo', shopId: 61, role: 'supplier', name: 'S', demo: false });
    if ((await connectShops.findSigner(61))?.keys.length === 0) await connectShops.addKey('demo', 61, 'a-key');
    const register = async (url: string) =>
      (
        await signed(shop().browser(), '/sdk/hooks', { eventName: 'order_created', url }, { shop: '61', key: 'a-key' })
      ).json();
    expect(await register('http://example.com/my_hook.php')).toEqual({
      success: false,
      error: {
        code: 'HOOK_URL_REFUSED',
        message: 'This address cannot be a hook: not_https.',
        details: { fault: 'not_https' },
      },
    });
    for (const url of ['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://2130706433/'])
      expect((await register(url)).error.details.fault).toBe('not_public');
    expect((await register('https://example.com/my_hook.php')).success).toBe(true);
  });
});
