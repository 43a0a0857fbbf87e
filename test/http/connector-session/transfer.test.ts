import { describe, expect, it } from '@jest/globals';
import type { TransferHandler } from '../../../src/ports/transmission/transmission-repository.js';
import { accept, refuse } from '../../../src/domain/error-codes.js';
import { SESSION, cartFields, isActive, put, rowOf, setRow, shopping } from '../../support/call-ups.js';
import { describeWithDtds, officialVerdict } from '../../protocols/cxml/official-dtds.js';
import { describeMounted, describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, NAVIGATION } from '../../support/web-client.js';
import { until } from '../../support/until.js';

const TRANSFER = `${SESSION}/logout?transferred=1`;
const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };

describeMounted('transfer (connector session, architecture.md decision 3)', {}, (shop) => {
  const payloads = async (transmissionId: string): Promise<{ payload: string }[]> =>
    shop().knex('transfer_payload').where({ transmission_id: transmissionId });
  const withSourceCart = async (): ReturnType<typeof shopping> => {
    const session = await shopping(shop(), { buyerCookie: ' 1&amp;&lt;Z\u00e4\u20ac ' });
    expect((await put(session.client, 'SKU-001', 2)).status).toBe(200);
    expect((await put(session.client, 'SKU-002', 1)).status).toBe(200);
    return session;
  };

  describe("PunchFlow's cart", () => {
    it('is sent as a page that posts itself to the return URL: BuyerCookie, total, both lines', async () => {
      const { client, transmissionId } = await withSourceCart();
      const page = await client.get(TRANSFER, SAME);
      expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(page.text).toContain(
        '<form id="punchout_transfer" method="post" action="https://erp.company.com/punchout/return" ' +
          'target="_self" accept-charset="utf-8">',
      );
      const document = cartFields(page)['cXML-urlencoded'] ?? '';
      expect(document).toMatch(/<BuyerCookie> 1&amp;&lt;Z&#228;&#8364; <\/BuyerCookie>/);
      expect(document).toMatch(/<Total>\s*<Money currency="EUR">1299\.99<\/Money>/);
      expect([...document.matchAll(/<SupplierPartID>([^<]+)/g)].map(([, sku]) => sku)).toEqual(['SKU-001', 'SKU-002']);
      expect(document).not.toContain('SharedSecret');
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
      expect(await payloads(transmissionId)).toHaveLength(1);
      expect(await shop().knex('audit').where({ transmission_id: transmissionId, event: 'transfer' })).toHaveLength(1);
      expect(await isActive(client)).toBe(false);
    });

    describeWithDtds('by the official DTDs', () => {
      it.each(['1.2.014', '1.2.071'])('is valid by %s', async (version) => {
        const { client } = await withSourceCart();
        expect(officialVerdict(cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded'] ?? '', version)).toBe(
          '',
        );
      });
    });

    it('as JSON: the parts of the form', async () => {
      const { client } = await withSourceCart();
      const answer = await client.get(TRANSFER, JSON_WANTED);
      expect(answer.json()).toEqual({
        method: 'post',
        action: 'https://erp.company.com/punchout/return',
        target: '_self',
        charset: 'utf-8',
        payloadId: expect.stringMatching(/@/),
        fields: [{ name: 'cXML-urlencoded', value: expect.stringContaining('1299.99') }],
      });
    });

    it('the cart in the shop is deleted, after the commit', async () => {
      const { client, transmissionId } = await withSourceCart();
      await client.get(TRANSFER, JSON_WANTED);
      expect(await shop().knex('demo_cart').where({ cart_id: transmissionId })).toHaveLength(1);
      const worker = shop().connector.startWorker();
      await until(async () => (await shop().knex('demo_cart').where({ cart_id: transmissionId })).length === 0);
      await worker.stop();
    });
  });

  describe('T57: repeated', () => {
    it('a second click, a changed method, a lost session: identical bytes, one payload', async () => {
      const { client, transmissionId } = await withSourceCart();
      const first = await client.get(TRANSFER, SAME);
      expect((await client.get(TRANSFER, SAME)).text).toBe(first.text);
      expect((await client.post(`${SESSION}/logout`, { transferred: 'true' }, SAME)).text).toBe(first.text);
      expect([...client.cookies.keys()]).toEqual(['connector.claim']);
      const asJson = await client.get(TRANSFER, JSON_WANTED);
      expect((await client.get(TRANSFER, JSON_WANTED)).text).toBe(asJson.text);
      expect(await payloads(transmissionId)).toHaveLength(1);
    });

    it('ten clicks at once: ten identical answers', async () => {
      const { client, transmissionId } = await withSourceCart();
      const answers = await Promise.all(Array.from({ length: 10 }, () => client.get(TRANSFER, SAME)));
      expect(new Set(answers.map(({ status, text }) => status + text)).size).toBe(1);
      expect(answers[0]?.status).toBe(200);
      expect(await payloads(transmissionId)).toHaveLength(1);
    });

    it('another browser, and the old session id alone, get nothing', async () => {
      const { client } = await withSourceCart();
      const thief = shop().browser();
      thief.cookies.set('connector.sid', String(client.cookies.get('connector.sid')));
      await client.get(TRANSFER, SAME);
      for (const other of [thief, shop().browser()])
        expect((await other.get(TRANSFER, JSON_WANTED)).json()).toEqual({ active: false });
    });

    it('a plain logout afterwards changes nothing', async () => {
      const { client, transmissionId } = await withSourceCart();
      const first = await client.get(TRANSFER, SAME);
      expect((await client.get(`${SESSION}/logout`, JSON_WANTED)).json()).toEqual({
        active: false,
        transmissionId,
        status: 'transferred',
      });
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
      expect((await client.get(TRANSFER, SAME)).text).toBe(first.text);
    });

    it('is refused after 24 hours', async () => {
      const { client, transmissionId } = await withSourceCart();
      await client.get(TRANSFER, SAME);
      await shop()
        .knex('transfer_payload')
        .where({ transmission_id: transmissionId })
        .update({ stored_at: new Date(Date.now() - 24 * 3600_000 - 60_000) });
      const answer = await client.get(TRANSFER, JSON_WANTED);
      expect([answer.status, answer.json().error.code]).toEqual([400, 'SESSION_TRANSFERRED']);
      expect((await client.get(TRANSFER, SAME)).text).toContain('400 SESSION_TRANSFERRED');
    });

    it('a session past its time: 410, and no payload', async () => {
      const { client, transmissionId } = await withSourceCart();
      await setRow(shop(), transmissionId, { expires_at: new Date(Date.now() - 1000) });
      const answer = await client.get(TRANSFER, JSON_WANTED);
      expect([answer.status, answer.json().error.code]).toEqual([410, 'SESSION_EXPIRED']);
      expect(await payloads(transmissionId)).toEqual([]);
    });
  });

  describe('architecture.md decision 6', () => {
    it('an empty cart of a create session is sent without lines', async () => {
      const { client, transmissionId } = await shopping(shop());
      const document = cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded'] ?? '';
      expect(document).toContain('<PunchOutOrderMessage>');
      expect(document).not.toContain('<ItemIn');
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
    });

    const emptied = async (): ReturnType<typeof shopping> => {
      const session = await shopping(shop(), { operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] });
      const cart = (await session.client.get('/checkout/cart.json', JSON_WANTED)).json();
      const removed = await session.client.send('/checkout/line-item/delete', {
        method: 'POST',
        body: JSON.stringify({ line_id: cart.lines[0].line_id }),
        headers: { 'content-type': 'application/json', ...JSON_WANTED },
      });
      expect(removed.json().lines).toEqual([]);
      return session;
    };

    it.each([
      ['GET', ''],
      ['POST', 'transferred=1'],
    ])('an emptied edit session asks first (%s), and the button transfers', async (method, body) => {
      const { client, transmissionId } = await emptied();
      const page =
        method === 'GET' ? await client.get(TRANSFER, SAME) : await client.post(`${SESSION}/logout`, body, SAME);
      expect(page.status).toBe(200);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
      const cart = await client.submit(page);
      expect(Object.keys(cartFields(cart))).toEqual(['cXML-urlencoded']);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
    });

    it('as JSON: 409 CART_EMPTY, then empty=1', async () => {
      const { client } = await emptied();
      const answer = await client.get(TRANSFER, JSON_WANTED);
      expect([answer.status, answer.json().error.code]).toEqual([409, 'CART_EMPTY']);
      expect((await client.post(TRANSFER, { empty: '1' }, JSON_WANTED)).status).toBe(200);
    });

    it("a request from another site does not count as the buyer's confirmation", async () => {
      const { client, transmissionId } = await emptied();
      const page = await client.post(`${TRANSFER}&empty=1`, '', { ...NAVIGATION, 'sec-fetch-site': 'cross-site' });
      expect(page.text).toContain('<form method="post"');
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    });

    it('an inspect session is read-only and is returned unchanged', async () => {
      const { client, transmissionId } = await shopping(shop(), {
        operation: 'inspect',
        items: [{ sku: 'SKU-001', quantity: '2' }],
      });
      const added = await put(client, 'SKU-002', 1);
      expect([added.status, added.json().error.code]).toEqual([403, 'READ_ONLY_SESSION']);
      expect((await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count).toBe(2);
      const document = cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded'] ?? '';
      expect(document).toMatch(/<Status code="204"/);
      expect(document).not.toContain('<ItemIn');
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'closed' });
    });
  });

  describe('the return URL when the page is rendered (T14)', () => {
    const forbid = (): Promise<void> =>
      shop().onboard({ connectionId: 'moving', settings: { returnOrigins: ['https://elsewhere.example.com'] } });

    it('is checked again: refused before the commit, and when shown again', async () => {
      await shop().onboard({
        connectionId: 'moving',
        credential: { kind: 'cxml', domain: 'NetworkId', identity: 'moving@company.com' },
      });
      const early = await shopping(shop(), { identity: 'moving@company.com' });
      const late = await shopping(shop(), { identity: 'moving@company.com' });
      await late.client.get(TRANSFER, SAME);
      await forbid();
      for (const { client } of [early, late]) {
        const answer = await client.get(TRANSFER, JSON_WANTED);
        expect([answer.status, answer.json().error.code]).toEqual([422, 'RETURN_URL_REFUSED']);
        expect((await client.get(TRANSFER, SAME)).text).not.toContain('<form');
      }
      expect(await rowOf(shop(), early.transmissionId)).toMatchObject({ status: 'active' });
    });
  });

  describe('CSP (T07, T16, T17)', () => {
    const directives = (policy: unknown): Record<string, string[]> =>
      Object.fromEntries(
        String(policy)
          .split('; ')
          .map((directive) => directive.split(' '))
          .map(([name = '', ...values]) => [name, values]),
      );

    it('form-action and frame-ancestors come from the configuration, never from the received URL', async () => {
      await shop().onboard({
        connectionId: 'framed',
        settings: {
          returnOrigins: ['https://erp.company.com/punchout/', 'https://second.company.com'],
          frameAncestors: ['https://portal.company.com'],
        },
        credential: { kind: 'cxml', domain: 'NetworkId', identity: 'framed@company.com' },
      });
      const { client } = await shopping(shop(), { identity: 'framed@company.com' });
      const page = await client.get(TRANSFER, SAME);
      const policy = directives(page.headers['content-security-policy']);
      expect(policy['form-action']).toEqual(["'self'", 'https://erp.company.com', 'https://second.company.com']);
      expect(policy['frame-ancestors']).toEqual([
        "'self'",
        'https://erp.company.com',
        'https://second.company.com',
        'https://portal.company.com',
      ]);
      expect(policy).toMatchObject({
        'default-src': ["'none'"],
        'base-uri': ["'none'"],
        'script-src': [expect.stringMatching(/^'sha256-/)],
      });
      expect(page.headers).not.toHaveProperty('x-frame-options');
    });

    it('a page without a punchout cannot be framed', async () => {
      const page = await shop().browser().get(`${SESSION}/login/unknown`, HTML);
      expect(directives(page.headers['content-security-policy'])).toMatchObject({
        'frame-ancestors': ["'none'"],
        'form-action': ["'self'"],
        'script-src': ["'none'"],
      });
    });

    it('SAPEVENT, if switched on, is an allowed target of the policy', async () => {
      await shop().onboard({
        connectionId: 'sapgui',
        protocol: 'oci',
        settings: { oci: { allowSapEvent: true } },
        credential: { kind: 'oci', domain: '', identity: 'sapgui' },
      });
      const client = shop().browser();
      const setup = await client.post(
        '/v1/punchout/oci/setup',
        { HOOK_URL: 'SAPEVENT:POST', USERNAME: 'sapgui', PASSWORD: 'SecretPassword123' },
        HTML,
      );
      const startUrl = /url=([^"]+)"/.exec(setup.text)?.[1]?.replaceAll('&#38;', '&') ?? '';
      await client.get(startUrl, HTML);
      const page = await client.get(TRANSFER, SAME);
      expect(page.text).toContain('action="SAPEVENT:POST"');
      expect(directives(page.headers['content-security-policy'])).toMatchObject({
        'form-action': ["'self'", 'https://erp.company.com', 'sapevent:'],
        'frame-ancestors': ["'self'", 'https://erp.company.com'],
      });
    });
  });

  it('observers cannot veto or break a transfer, and cannot break each other', async () => {
    const told: string[] = [];
    const off = [
      shop().connector.on('transfer', () => {
        throw new Error('observer throws');
      }),
      shop().connector.on('transfer', () => Promise.reject(new Error('observer rejects'))),
      shop().connector.on('transfer', ({ transmission }) => void told.push(transmission.transmissionId)),
    ];
    const { client, transmissionId } = await shopping(shop());
    expect((await client.get(TRANSFER, SAME)).status).toBe(200);
    await client.get(TRANSFER, SAME);
    await until(() => Promise.resolve(told.length > 0));
    for (const take of off) take();
    expect(told).toEqual([transmissionId]);
  });
});

const handler: { now: TransferHandler } = { now: (_, encode) => encode() };

describeShop(
  'transferHandler',
  { connector: { transferHandler: (event, encode) => handler.now(event, encode) } },
  (shop) => {
    it('answers instead of the encoder', async () => {
      handler.now = ({ transmission, cart }, encode) => {
        const encoded = encode();
        return encoded.ok
          ? accept({
              ...encoded.value,
              fields: [{ name: 'mine', value: `${transmission.operation} ${cart.lines.length}` }],
            })
          : encoded;
      };
      const { client } = await shopping(shop());
      await put(client, 'SKU-001', 1);
      expect(cartFields(await client.get(TRANSFER, SAME))).toEqual({ mine: 'create 1' });
    });

    it.each<[string, TransferHandler, number, string]>([
      ['refuses', () => refuse('CART_NOT_ENCODABLE', 'unit XYZ'), 422, 'CART_NOT_ENCODABLE'],
      [
        'throws',
        () => {
          throw new Error('secret detail');
        },
        500,
        'INTERNAL_ERROR',
      ],
      ['rejects', () => Promise.reject(new Error('secret detail')), 500, 'INTERNAL_ERROR'],
    ])('one that %s changes nothing, and a second try works', async (_, failing, status, code) => {
      const { client, transmissionId } = await shopping(shop());
      await put(client, 'SKU-001', 2);
      handler.now = failing;
      const answer = await client.get(TRANSFER, JSON_WANTED);
      expect([answer.status, answer.json().error.code]).toEqual([status, code]);
      const page = await client.get(TRANSFER, SAME);
      expect([page.status, page.text.includes(`${status} ${code}`), page.text.includes('secret detail')]).toEqual([
        status,
        true,
        false,
      ]);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
      expect(await shop().knex('transfer_payload').where({ transmission_id: transmissionId })).toEqual([]);
      expect((await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count).toBe(2);
      if (code === 'INTERNAL_ERROR')
        expect(
          shop().logged.some((line) => line.includes(answer.json().error.id) && line.includes('secret detail')),
        ).toBe(true);
      handler.now = (__, encode) => encode();
      expect((await client.get(TRANSFER, SAME)).status).toBe(200);
    });
  },
);
