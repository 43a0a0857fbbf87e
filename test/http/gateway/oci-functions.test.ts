import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { askAdmin } from '../admin/admin-calls.js';
import { SESSION, cartFields, expectClean, put, rowOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';

const OCI = '/v1/punchout/oci/setup';
const CALL = {
  HOOK_URL: 'https://erp.company.com/oci/return',
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
  '~OkCode': 'ADDI',
  '~TARGET': '_top',
  '~CALLER': 'CTLG',
};
const PASSED = { '~OkCode': 'ADDI', '~TARGET': '_top', '~CALLER': 'CTLG' };

describeShop('OCI functions (oci.md 2)', {}, (shop) => {
  const called = (more: Record<string, string>): Promise<Answer> =>
    shop()
      .browser()
      .post(OCI, { ...CALL, ...more }, HTML);
  const gotten = (more: Record<string, string>): Promise<Answer> =>
    shop()
      .browser()
      .get(`${OCI}?${new URLSearchParams({ ...CALL, ...more }).toString()}`, HTML);
  const startUrlIn = (answer: Answer): string =>
    /<meta http-equiv="refresh" content="0;url=([^"]+)">/.exec(answer.text)?.[1]?.replaceAll('&#38;', '&') ?? '';
  const landing = async (more: Record<string, string>): Promise<string> =>
    (
      await shop()
        .browser()
        .get(startUrlIn(await called(more)), HTML)
    ).location;
  const latest = async (): Promise<Record<string, unknown>> =>
    (await shop().knex('transmission').orderBy('created_at', 'desc').first()) ?? {};
  const count = async (table: string): Promise<number> =>
    Number((await shop().knex(table).count({ n: '*' }))[0]?.['n']);

  it.each([
    ['no FUNCTION', {}, '/'],
    ['DETAIL', { FUNCTION: 'DETAIL', PRODUCTID: 'SKU-001' }, '/detail/SKU-001'],
    ['DETAILADD', { FUNCTION: 'detailadd', PRODUCTID: 'SKU-001' }, '/detail/SKU-001'],
    ['DETAIL of a product that is gone', { FUNCTION: 'DETAIL', PRODUCTID: 'GONE' }, '/'],
    [
      'SOURCING',
      { FUNCTION: 'SOURCING', SEARCHSTRING: 'Schraube M8 & Co', VENDOR: '4711' },
      '/search?search=Schraube%20M8%20%26%20Co',
    ],
    ['SOURCING without words', { FUNCTION: 'SOURCING' }, '/'],
    ['an unknown function', { FUNCTION: 'CREATE_SESSION' }, '/'],
  ])('oci.md 2: %s lands on the right page', async (_, more, path) => {
    expect(await landing(more)).toBe(shop().url + path);
  });

  it('oci.md 2: after DETAIL the buyer may add and transfer', async () => {
    const client = shop().browser();
    await client.get(startUrlIn(await called({ FUNCTION: 'DETAIL', PRODUCTID: 'SKU-001' })), HTML);
    await put(client, 'SKU-001', 1);
    expect(
      cartFields(
        await client.get(`${SESSION}/logout?transferred=1`, { ...NAVIGATION, 'sec-fetch-site': 'same-origin' }),
      )['NEW_ITEM-VENDORMAT[1]'],
    ).toBe('SKU-001');
  });

  describe('VALIDATE', () => {
    it("oci.md 2, 8.6: is answered by a self-submitting form with today's price, no cookies", async () => {
      const answer = await called({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001', QUANTITY: '3.000' });
      expect([answer.status, answer.headers['cache-control'], answer.cookies]).toEqual([200, 'no-store', []]);
      expect(answer.text).toMatch(
        /<form id="punchout_transfer" method="post" action="https:\/\/erp\.company\.com\/oci\/return" target="_top"/,
      );
      expect(answer.text).toContain('submit.call(document.getElementById');
      expect(cartFields(answer)).toMatchObject({
        ...PASSED,
        'NEW_ITEM-EXT_PRODUCT_ID[1]': 'SKU-001',
        'NEW_ITEM-QUANTITY[1]': '3.000',
        'NEW_ITEM-PRICE[1]': '499.990',
        'NEW_ITEM-CURRENCY[1]': 'EUR',
      });
      expect(Object.keys(cartFields(answer)).filter((name) => name.endsWith('[2]'))).toEqual([]);
      expect(String(answer.headers['content-security-policy'])).toContain("form-action 'self' https://erp.company.com");
    });

    it('oci.md 1, 2: QUANTITY counts for scale prices and is 1 when absent', async () => {
      const price = async (more: Record<string, string>): Promise<(string | undefined)[]> => {
        const fields = cartFields(await called({ FUNCTION: 'VALIDATE', PRODUCTID: 'NW-3011', ...more }));
        return [fields['NEW_ITEM-QUANTITY[1]'], fields['NEW_ITEM-PRICE[1]'], fields['NEW_ITEM-PRICEUNIT[1]']];
      };
      expect(await price({})).toEqual(['50.000', '12.450', '100']);
      expect(await price({ QUANTITY: '500' })).toEqual(['500.000', '10.980', '100']);
      expect(cartFields(await called({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' }))['NEW_ITEM-QUANTITY[1]']).toBe(
        '1.000',
      );
    });

    it.each([
      ['is gone', { PRODUCTID: 'GONE' }],
      ['is not named', {}],
    ])('oci.md 2: a product that %s: no data', async (_, more) => {
      const answer = await called({ FUNCTION: 'VALIDATE', ...more });
      expect([answer.status, cartFields(answer)]).toEqual([200, PASSED]);
    });

    it('is stored, audited and cleaned up like any transfer, and does not count as a sale', async () => {
      const facts = await count('sales_fact');
      await called({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' });
      expect(await count('sales_fact')).toBe(facts);
      const row = await latest();
      const transmissionId = String(row['transmission_id']);
      expect(row).toMatchObject({
        status: 'transferred',
        protocol: 'oci',
        request: { oci: { function: 'VALIDATE', productId: 'SKU-001' } },
      });
      expect(
        (await shop().knex('audit').where({ transmission_id: transmissionId }).orderBy('audit_id')).map(
          ({ event }: { event: string }) => event,
        ),
      ).toEqual(['created', 'login', 'transfer']);
      expect(await shop().knex('transfer_payload').where({ transmission_id: transmissionId })).toHaveLength(1);
      const worker = shop().connector.startWorker();
      await until(async () => (await shop().knex('demo_cart').where({ cart_id: transmissionId })).length === 0);
      await worker.stop();
    });

    it('a QUANTITY that is not a number is refused; nothing is stored', async () => {
      const before = await count('transmission');
      const answer = await called({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001', QUANTITY: '-1' });
      expect([answer.status, answer.text.includes('QUANTITY_INVALID')]).toEqual([400, true]);
      expect(await count('transmission')).toBe(before);
    });

    it('a shop that does not answer: 503, and the new session is ended', async () => {
      const failing = jest
        .spyOn(shop().store, 'addLines')
        .mockRejectedValueOnce(new PunchoutError('STORE_UNAVAILABLE', '10.0.0.1'));
      const answer = await called({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' });
      failing.mockRestore();
      expect(answer.status).toBe(503);
      expectClean(answer, ['10.0.0.1']);
      expect(await latest()).toMatchObject({ status: 'closed' });
    });
  });

  describe('BACKGROUND_SEARCH', () => {
    it('oci.md 2: all hits as one return form, which does not submit itself', async () => {
      const answer = await called({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'widget' });
      expect([answer.status, answer.cookies]).toEqual([200, []]);
      expect(answer.text).not.toContain('<script');
      expect(String(answer.headers['content-security-policy'])).toContain("script-src 'none'");
      expect(answer.text.match(/<form /g)).toHaveLength(1);
      expect(cartFields(answer)).toMatchObject({ 'NEW_ITEM-VENDORMAT[1]': 'SKU-001', 'NEW_ITEM-PRICE[1]': '499.990' });
    });

    it("oci.md 2, 8.2: every hit once, in the order of the shop's search, without gaps", async () => {
      const hits = (await shop().store.search('M8', 10_000)).map(({ supplierPartId }) => supplierPartId);
      const fields = cartFields(await called({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'M8' }));
      expect(hits.length).toBeGreaterThan(1);
      expect(hits.map((_, index) => fields[`NEW_ITEM-VENDORMAT[${index + 1}]`])).toEqual(hits);
    });

    it("oci.md 2: at most as many hits as the connection says, the best ones of the shop's search", async () => {
      const settled = async (oci: object): Promise<void> => {
        const question = { params: { connection: 'company-oci' }, body: { settings: { oci } } };
        expect((await askAdmin(shop(), 'adminChangeConnection', question)).status).toBe(200);
      };
      await settled({ searchHits: 2 });
      const hits = (await shop().store.search('M8', 2)).map(({ supplierPartId }) => supplierPartId);
      const fields = cartFields(await called({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'M8' }));
      expect(Object.keys(fields).filter((name) => name.startsWith('NEW_ITEM-VENDORMAT'))).toHaveLength(2);
      expect([fields['NEW_ITEM-VENDORMAT[1]'], fields['NEW_ITEM-VENDORMAT[2]']]).toEqual(hits);
      await settled({ searchHits: null });
    });

    it('finds what the tenant imported by feed, behind the built-in articles', async () => {
      const product = (id: string) => ({ id, title: 'Zyxel widget', price: '7.25', currency: 'EUR', unit: 'C62' });
      const { store } = shop();
      await store.importProducts('demo', randomUUID(), [product('FEED-1'), product('FEED-2'), product('SKU-001')]);
      await store.importProducts('other', randomUUID(), [product('FEED-9')]);
      const numbersFor = async (words: string): Promise<string[]> => {
        const fields = cartFields(await called({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: words }));
        return Object.entries(fields).flatMap(([name, value]) => (name.includes('VENDORMAT') ? [value] : []));
      };
      expect(await numbersFor('zyxel')).toEqual(['FEED-1', 'FEED-2', 'SKU-001']);
      const both = await numbersFor('widget');
      expect(both[0]).toBe('SKU-001');
      expect(both.filter((number) => number === 'SKU-001')).toHaveLength(1);
      expect(both).toEqual(expect.arrayContaining(['FEED-1', 'FEED-2']));
      expect(await store.search('zyxel', 1, { tenantId: 'demo' })).toEqual([{ supplierPartId: 'FEED-1' }]);
      expect(await store.search('', 10, { tenantId: 'demo' })).toEqual([]);
      await shop().knex('demo_product').delete();
    });

    it('oci.md 2, 8.10: no hits give a form without items', async () => {
      expect(cartFields(await called({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'no such thing' }))).toEqual(
        PASSED,
      );
    });

    it('a shop without a search refuses, and nothing is stored', async () => {
      const { search } = shop().store;
      const before = await count('transmission');
      Object.defineProperty(shop().store, 'search', { value: undefined, configurable: true });
      const answer = await called({ FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'x' });
      Object.defineProperty(shop().store, 'search', { value: search, configurable: true });
      expect([answer.status, answer.text.includes('OPERATION_NOT_SUPPORTED')]).toEqual([400, true]);
      expect(await count('transmission')).toBe(before);
    });
  });

  describe('by GET (oci.md 8.9, T30)', () => {
    it.each([
      ['VALIDATE', { FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' }],
      ['BACKGROUND_SEARCH', { FUNCTION: 'BACKGROUND_SEARCH', SEARCHSTRING: 'widget' }],
    ])('oci.md 8.9: %s: 303 to an address without the password, which shows the answer once', async (_, more) => {
      const answer = await gotten(more);
      expect([
        answer.status,
        answer.headers['cache-control'],
        answer.headers['referrer-policy'],
        answer.cookies,
      ]).toEqual([303, 'no-store', 'no-referrer', []]);
      expect(answer.location).toMatch(/\/v1\/punchout\/oci\/answer\/demo_[a-z2-7]{26}\?token=[\w-]{43}$/);
      for (const look of [{ method: 'HEAD', headers: HTML }, { headers: { ...NAVIGATION, 'sec-purpose': 'prefetch' } }])
        expect((await shop().browser().send(answer.location, look)).status).toBe(204);
      const page = await shop().browser().get(answer.location, HTML);
      expect([page.status, page.cookies, cartFields(page)['NEW_ITEM-VENDORMAT[1]']]).toEqual([200, [], 'SKU-001']);
      const again = await shop().browser().get(answer.location, HTML);
      expect([again.status, again.text.includes('START_LINK_USED'), again.text.includes('NEW_ITEM')]).toEqual([
        409,
        true,
        false,
      ]);
      expect(shop().logged.filter((line) => /SecretPassword123|token=/.test(line))).toEqual([]);
    });

    it('a wrong, missing, unknown or malformed token or id, or an old answer: nothing is shown', async () => {
      const { location } = await gotten({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' });
      const [address = ''] = location.split('?');
      const statuses = [];
      for (const wrong of [
        `${address}?token=${'x'.repeat(43)}`,
        address,
        `${address}?token=a&token=b`,
        location.replace(/demo_[a-z2-7]{26}/, `demo_${'a'.repeat(26)}`),
        `${address.replace(/[^/]*$/, '')}demo_1?token=x`,
      ])
        statuses.push((await shop().browser().get(wrong, HTML)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 404]);
      await shop()
        .knex('transfer_payload')
        .where({ transmission_id: address.split('/').at(-1) })
        .update({ stored_at: new Date(Date.now() - 6 * 60_000) });
      expect((await shop().browser().get(location, HTML)).status).toBe(409);
      expect((await shop().browser().post(address, '', HTML)).status).toBe(405);
    });

    it('ten browsers at once: only one sees it', async () => {
      const { location } = await gotten({ FUNCTION: 'VALIDATE', PRODUCTID: 'SKU-001' });
      const answers = await Promise.all(Array.from({ length: 10 }, () => shop().browser().get(location, HTML)));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
        200,
        ...Array.from({ length: 9 }, () => 409),
      ]);
    });
  });

  describe('oci.md 1: parameter names of a connection', () => {
    const named = (connectionId: string, parameters: object): Promise<void> =>
      shop().onboard({
        connectionId,
        protocol: 'oci',
        settings: { oci: { parameters } },
        credential: { kind: 'oci', domain: '', identity: connectionId },
      });

    it('oci.md 1: are found before the connection is known, in any letter case, and are stored nowhere', async () => {
      await named('srm-one', { username: 'KUNDE', password: 'PW2', hookUrl: 'ZURUECK' });
      await named('srm-two', { username: 'login', password: 'geheim' });
      const forms: Record<string, string>[] = [
        { kunde: 'srm-one', Pw2: 'SecretPassword123', zurueck: CALL.HOOK_URL },
        { login: 'srm-two', geheim: 'SecretPassword123', HOOK_URL: CALL.HOOK_URL },
      ];
      for (const form of forms) {
        const answer = await shop()
          .browser()
          .post(OCI, { ...form, extra: '1' }, HTML);
        expect(answer.status).toBe(200);
        const row = await rowOf(shop(), new URL(startUrlIn(answer)).pathname.split('/').at(-1) ?? '');
        expect(row).toMatchObject({
          return_url: CALL.HOOK_URL,
          request: { oci: { extra: [{ name: 'extra', value: '1' }] } },
        });
        expect(JSON.stringify(row)).not.toContain('SecretPassword123');
      }
    });

    it('the usual names still work for all connections, and a wrong password is refused with any names', async () => {
      await named('srm-one', { username: 'KUNDE', password: 'PW2', hookUrl: 'ZURUECK' });
      expect((await called({ KUNDE: 'somebody' })).status).toBe(200);
      expect(
        (
          await shop()
            .browser()
            .post(OCI, { ...CALL, USERNAME: 'srm-one' }, HTML)
        ).status,
      ).toBe(200);
      const refused = await shop()
        .browser()
        .post(OCI, { KUNDE: 'srm-one', PW2: 'wrong', ZURUECK: CALL.HOOK_URL }, JSON_WANTED);
      expect([refused.status, refused.text.includes('INVALID_CREDENTIALS')]).toEqual([401, true]);
    });
  });
});
