import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { checkCxmlDocument } from '../../../../src/protocols/cxml/check/check-document.js';
import { SESSION, cartFields, expectClean, put, rowOf, setRow, shopping } from '../../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION, type WebClient } from '../../../support/web-client.js';
import { DEMO_KEY, type Json, ask, otherTenant, started } from './api-calls.js';
import { OCI_TRANSFER, orderMessage } from './order-message.js';

const XML = { 'content-type': 'application/xml' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function transfer(
  shop: RunningShop,
  body: string,
  {
    query = '',
    key = DEMO_KEY,
    headers = {},
    client = shop.browser(),
  }: { query?: string; key?: string | null; headers?: Record<string, string>; client?: WebClient } = {},
): Promise<Answer> {
  const oci = !body.startsWith('<');
  return client.send(`/v1/punchout/${oci ? 'oci/' : ''}transfer${query}`, {
    method: 'POST',
    body,
    headers: { ...(oci ? FORM : XML), ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
  });
}

function documentIn({ form }: Json): string {
  return form.fields.find(({ name }: { name: string }) => name.toLowerCase() === 'cxml-urlencoded').value;
}

const payloads = async (shop: RunningShop, id: string): Promise<number> =>
  (await shop.knex('transfer_payload').where({ transmission_id: id })).length;

describeShop('Transfer of a given cart (PunchOut Session API)', {}, (shop) => {
  const cookie = async (): Promise<{ id: string; buyerCookie: string }> => {
    const buyerCookie = `bc-${randomUUID()}`;
    return { id: (await started(shop(), { buyer_cookie: buyerCookie })).id, buyerCookie };
  };

  it("PunchFlow's own order message is sent on: valid, Total 1299.99 EUR, same BuyerCookie", async () => {
    const { id, buyerCookie } = await cookie();
    const answer = await transfer(shop(), orderMessage({ buyerCookie }));
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        success: true,
        data: {
          session_id: id,
          status: 'completed',
          payload_id: expect.stringMatching(/@/),
          items_count: 3,
          total_amount: 1299.99,
          currency: 'EUR',
          return_page_url: expect.stringContaining(`/v1/punchout/return/${id}?token=`),
          form: {
            method: 'post',
            action: 'https://erp.example.com/return',
            target: '_self',
            charset: 'utf-8',
            fields: [expect.objectContaining({ name: 'cXML-urlencoded' })],
          },
        },
      },
    ]);
    const document = documentIn(answer.json().data);
    expect(checkCxmlDocument(document, '1.2.014').filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(document).toContain(`<BuyerCookie>${buyerCookie}</BuyerCookie>`);
    expect(document).toContain('<Total><Money currency="EUR">1299.99</Money></Total>');
    expect(document).toMatch(
      /<ItemIn quantity="2">.*SKU-001.*499\.99.*Premium Widget.*UNSPSC">12345678.*WID-001.*WidgetCo/s,
    );
    expect(document).toMatch(/<ItemIn quantity="1">.*SKU-002.*300\.01.*Standard Gadget/s);
    expect((await ask(shop(), 'getSession', { id })).json().data).toMatchObject({
      status: 'completed',
      cart: { items_count: 3, total_amount: 1299.99, currency: 'EUR' },
    });

    const page = await shop().browser().get(answer.json().data.return_page_url, HTML);
    expect([page.status, cartFields(page)['cXML-urlencoded']]).toEqual([200, document]);
    expect(page.headers['content-security-policy']).toContain('form-action');
  });

  it("PunchFlow's own OCI transfer, converted to the protocol of its session", async () => {
    const { id } = await started(shop(), {
      protocol: 'oci',
      connection: undefined,
      return_url: 'https://erp.company.com/oci/return',
    });
    const answer = await transfer(shop(), OCI_TRANSFER, { query: `?session_id=${id}` });
    expect([answer.status, answer.json().data]).toEqual([
      200,
      expect.objectContaining({ session_id: id, items_count: 3, total_amount: 1299.99, currency: 'EUR' }),
    ]);
    const fields = Object.fromEntries(
      answer.json().data.form.fields.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(fields).toMatchObject({
      'NEW_ITEM-VENDORMAT[1]': 'SKU-001',
      'NEW_ITEM-PRICE[1]': '499.990',
      'NEW_ITEM-LEADTIME[1]': '5',
      'NEW_ITEM-VENDORMAT[2]': 'SKU-002',
      'NEW_ITEM-MATGROUP[1]': '12345678',
    });
  });

  it("a shop's own OCI fields are kept, also from multipart; other bodies get a hint", async () => {
    const { id } = await started(shop(), {
      protocol: 'oci',
      connection: undefined,
      return_url: 'https://erp.company.com/oci/return',
    });
    const fields = {
      VENDORMAT: 'A-1',
      DESCRIPTION: 'Bolt',
      QUANTITY: '1',
      PRICE: '10,50',
      CURRENCY: 'EUR',
      MATNR: 'BM-1',
      CONTRACT: 'C-1',
      EXT_QUOTE_ID: 'Q-77',
    };
    const body = `${Object.entries(fields)
      .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="NEW_ITEM-${name}[1]"\r\n\r\n${value}\r\n`)
      .join('')}--b--\r\n`;
    const json = await transfer(shop(), JSON.stringify(fields), {
      query: `?session_id=${id}`,
      headers: { ...JSON_WANTED, 'content-type': 'application/json' },
    });
    expect([json.status, json.text]).toEqual([400, expect.stringContaining('came as application/json')]);
    const answer = await transfer(shop(), body, {
      query: `?session_id=${id}`,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    const sent = Object.fromEntries(
      answer.json().data.form.fields.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(sent).toMatchObject({
      'NEW_ITEM-PRICE[1]': '10.500',
      'NEW_ITEM-MATNR[1]': 'BM-1',
      'NEW_ITEM-CONTRACT[1]': 'C-1',
    });
    expect(answer.json().data.not_carried).toEqual([{ line: 1, field: 'EXT_QUOTE_ID', reason: expect.any(String) }]);
  });

  it('attachments of a posted cart are listed: the buyer does not get them', async () => {
    const { id, buyerCookie } = await cookie();
    const body =
      `--b\r\nContent-Type: text/xml\r\n\r\n${orderMessage({ buyerCookie })}\r\n--b\r\n` +
      'Content-Type: application/pdf\r\nContent-ID: <drawing@x>\r\n\r\nx\r\n--b\r\nContent-Type: image/png\r\n\r\n' +
      'y\r\n--b--';
    const answer = await shop()
      .browser()
      .send(`/v1/punchout/transfer?session_id=${id}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'multipart/related; boundary=b', authorization: `Bearer ${DEMO_KEY}` },
      });
    expect(answer.json().data.not_carried).toEqual(
      ['attachment drawing@x', 'attachment image/png'].map((field) => ({
        field,
        reason: 'The document for the buyer has no attachments.',
      })),
    );
  });

  it('five copies at once have one effect and one answer, with and without an Idempotency-Key', async () => {
    const twice: Record<string, string>[] = [{}, { 'idempotency-key': randomUUID() }];
    for (const headers of twice) {
      const { id, buyerCookie } = await cookie();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => transfer(shop(), orderMessage({ buyerCookie }), { headers })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await payloads(shop(), id)).toBe(1);
      const later = await transfer(
        shop(),
        orderMessage({ buyerCookie }).replace('<Money currency="EUR">499.99', '<Money currency="EUR">1.00'),
        { query: `?session_id=${id}` },
      );
      expect([later.status, later.json().error]).toEqual([
        409,
        expect.objectContaining({ code: 'SESSION_TRANSFERRED', details: { session_id: id } }),
      ]);
    }
  });

  it('a key without session_id: BuyerCookie must match exactly one live session of the tenant', async () => {
    const { buyerCookie } = await cookie();
    await started(shop(), { buyer_cookie: buyerCookie });
    for (const body of [
      orderMessage({ buyerCookie }),
      orderMessage({ buyerCookie: `nobody-${randomUUID()}` }),
      OCI_TRANSFER,
    ]) {
      const answer = await transfer(shop(), body);
      expect([answer.status, answer.json().error.code]).toEqual([409, 'SESSION_AMBIGUOUS']);
    }
    await otherTenant(shop());
    const { id, buyerCookie: own } = await cookie();
    for (const query of ['', `?session_id=${id}`]) {
      const foreign = await transfer(shop(), orderMessage({ buyerCookie: own }), { key: 'other-all', query });
      expect(foreign.json().error.code).toBe(query === '' ? 'SESSION_AMBIGUOUS' : 'TRANSMISSION_NOT_FOUND');
    }
    expect((await rowOf(shop(), id))['status']).toBe('open');
  });

  it("by the session's cookie: a page or JSON; never from another site's page", async () => {
    for (const [headers, isPage] of [
      [{ ...NAVIGATION, 'sec-fetch-site': 'same-origin' }, true],
      [JSON_WANTED, false],
    ] as const) {
      const { client, transmissionId } = await shopping(shop());
      await put(client, 'SKU-001', 1);
      const foreign = await transfer(shop(), orderMessage(), {
        client,
        key: null,
        headers: { ...headers, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      });
      expect([foreign.status, (await rowOf(shop(), transmissionId))['status']]).toEqual([401, 'active']);
      const answer = await transfer(shop(), orderMessage(), { client, key: null, headers });
      expect(answer.status).toBe(200);
      const document = isPage ? cartFields(answer)['cXML-urlencoded'] : documentIn(answer.json().data);
      expect(document).toContain('1299.99');
      expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().active).toBe(false);
      expect((await transfer(shop(), orderMessage(), { client, key: null, headers })).status).toBe(200);
    }
  });

  it("PunchFlow's errors: INVALID_XML with the place, SESSION_EXPIRED with its time, credentials", async () => {
    const { id, buyerCookie } = await cookie();
    const broken = await transfer(shop(), orderMessage({ buyerCookie }).replace(/<ItemID>[\s\S]*?<\/ItemID>/, ''), {
      query: `?session_id=${id}`,
    });
    expect([broken.status, broken.json()]).toEqual([
      400,
      {
        success: false,
        error: {
          code: 'INVALID_XML',
          message: 'Das XML-Dokument ist ungültig',
          details: {
            line: expect.any(Number),
            column: expect.any(Number),
            error: "Element 'ItemIn': Missing child element 'ItemID'",
          },
        },
      },
    ]);
    expect((await rowOf(shop(), id))['status']).toBe('open');
    const past = new Date(Date.now() - 60_000);
    await setRow(shop(), id, { expires_at: past });
    const late = await transfer(shop(), orderMessage({ buyerCookie }), { query: `?session_id=${id}` });
    expect([late.status, late.json()]).toEqual([
      410,
      {
        success: false,
        error: {
          code: 'SESSION_EXPIRED',
          message: 'Die Session ist abgelaufen',
          details: { session_id: id, expired_at: past.toISOString() },
        },
      },
    ]);
    for (const key of [null, 'CANARY']) {
      const answer = await transfer(shop(), orderMessage({ buyerCookie }), { key });
      expect([answer.status, answer.json().error.code]).toEqual([401, 'INVALID_CREDENTIALS']);
      expectClean(answer, ['CANARY']);
    }
  });

  it.each([
    [
      'two currencies',
      (xml: string) => xml.replace('<Money currency="EUR">300.01', '<Money currency="USD">300.01'),
      'INVALID_REQUEST',
    ],
    ['a quantity of 0', (xml: string) => xml.replace('quantity="2"', 'quantity="0"'), 'INVALID_REQUEST'],
    ['a negative quantity', (xml: string) => xml.replace('quantity="2"', 'quantity="-2"'), 'INVALID_XML'],
    [
      'another document',
      (xml: string) => xml.replaceAll('PunchOutOrderMessage', 'QuoteMessage'),
      'OPERATION_NOT_SUPPORTED',
    ],
    [
      'another BuyerCookie',
      (xml: string) => xml.replace(/<BuyerCookie>[^<]*/, '<BuyerCookie>of-another'),
      'INVALID_REQUEST',
    ],
  ])('%s is refused and changes nothing', async (_, change, code) => {
    const { id, buyerCookie } = await cookie();
    const answer = await transfer(shop(), change(orderMessage({ buyerCookie })), { query: `?session_id=${id}` });
    expect([answer.status >= 400, answer.json().error.code, (await rowOf(shop(), id))['status']]).toEqual([
      true,
      code,
      'open',
    ]);
  });

  it('an ended session says why; a read-only one is refused', async () => {
    const { id, buyerCookie } = await cookie();
    await ask(shop(), 'cancelSession', { id });
    expect(
      (await transfer(shop(), orderMessage({ buyerCookie }), { query: `?session_id=${id}` })).json().error.code,
    ).toBe('SESSION_CANCELLED');
    const looking = await started(shop(), { operation: 'inspect' });
    const answer = await transfer(shop(), orderMessage({ buyerCookie: 'BUYER_123' }), {
      query: `?session_id=${looking.id}`,
    });
    expect([answer.status, answer.json().error.code]).toEqual([403, 'READ_ONLY_SESSION']);
  });

  it('10,000 lines, in both protocols; 10,001 are refused', async () => {
    const item = /<ItemIn quantity="1">[\s\S]*?<\/ItemIn>/.exec(orderMessage())?.[0] ?? '';
    for (const [count, status] of [
      [10_000, 200],
      [10_001, 413],
    ] as const) {
      const { id, buyerCookie } = await cookie();
      const cxml = orderMessage({ buyerCookie }).replace(/<ItemIn[\s\S]*<\/ItemIn>/, item.repeat(count));
      const answer = await transfer(shop(), cxml, { query: `?session_id=${id}` });
      expect([count, answer.status]).toEqual([count, status]);
      if (status === 200) expect(answer.json().data.items_count).toBe(10_000);
      const oci = await started(shop(), {
        protocol: 'oci',
        connection: undefined,
        return_url: 'https://erp.company.com/oci/return',
      });
      const form = Array.from(
        { length: count },
        (__, at) =>
          `NEW_ITEM-DESCRIPTION[${at}]=x&NEW_ITEM-QUANTITY[${at}]=1&NEW_ITEM-UNIT[${at}]=EA` +
          `&NEW_ITEM-PRICE[${at}]=1.00&NEW_ITEM-CURRENCY[${at}]=EUR&NEW_ITEM-VENDORMAT[${at}]=S${at}`,
      ).join('&');
      expect([count, (await transfer(shop(), form, { query: `?session_id=${oci.id}` })).status]).toEqual([
        count,
        status,
      ]);
    }
  });
});
