import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { cxmlStatus, postXml } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { type Answer, JSON_WANTED } from '../../support/web-client.js';
import { ask } from './api/api-calls.js';
import { LINES, type OrderWish, orderXml, post, sent } from './purchase-order-calls.js';
import { itWithReference, referenceText } from '../../support/reference.js';

const itWithCases = itWithReference('cases');
const theCase = (name: string): string => referenceText(`cases/${name}`);

describeShop('Purchase orders of real procurement systems', {}, (shop) => {
  const number = (): string => `PO-${randomUUID().slice(0, 8)}`;
  const orders = (orderId: string): Promise<Record<string, unknown>[]> =>
    shop().knex('purchase_order').where({ order_id: orderId }).orderBy('version');
  const FREE: OrderWish['lines'] = [{ sku: 'FREE', quantity: '1', price: '1.00' }];
  const codeOf = async (document: string, contentType?: string): Promise<string> =>
    cxmlStatus(await post(shop(), document, contentType)).code;
  const shownOf = async (
    transmissionId: string,
  ): Promise<{ verdict: string; mismatches: Record<string, string | null>[] }> =>
    (await ask(shop(), 'getSession', { id: transmissionId })).json().data.purchase_orders[0];
  const kindsOf = (mismatches: Record<string, string | null>[]): string[] =>
    mismatches.map(({ kind, supplier_part_id, compared_with }) =>
      [kind, supplier_part_id, compared_with].filter((part) => part !== null && part !== '').join(' '),
    );

  describe('cxml.md 9.2: an order is identified by its number, not by its payloadID', () => {
    itWithCases('two orders whose payloadID is the second of sending (case order-same-payload-id)', async () => {
      const second = `${Date.now()}T15:52:59`;
      const ids = [number(), number()];
      for (const id of ids)
        expect(
          await codeOf(
            theCase('order-same-payload-id.xml').replace('PO-SECOND', id).replaceAll('2026-10-03T15:52:59', second),
          ),
        ).toBe('200');
      for (const id of ids) expect(await orders(id)).toHaveLength(1);
    });

    it('parallel copies of five orders with one payloadID: each is stored once', async () => {
      const [ids, payloadId] = [Array.from({ length: 5 }, number), randomUUID()];
      const documents = ids.flatMap((orderId) =>
        Array.from({ length: 4 }, () => orderXml({ orderId, payloadId, lines: FREE })),
      );
      expect(new Set(await Promise.all(documents.map((document) => codeOf(document))))).toEqual(new Set(['200']));
      for (const id of ids) expect(await orders(id)).toHaveLength(1);
    });

    it.each([
      ['missing', ''],
      ['empty', ' payloadID=""'],
      ['blank', ' payloadID="  "'],
    ])('a payloadID that is %s refuses nothing: number, type and content identify a repeat', async (_, attribute) => {
      const orderId = number();
      const without = (wish: Partial<OrderWish>): string =>
        orderXml({ orderId, lines: FREE, ...wish }).replace(/ payloadID="[^"]*"/, attribute);
      expect(await Promise.all([codeOf(without({})), codeOf(without({})), codeOf(without({}))])).toEqual([
        '200',
        '200',
        '200',
      ]);
      expect(await orders(orderId)).toHaveLength(1);
      expect(await codeOf(without({ lines: [{ ...FREE[0]!, quantity: '2' }] }))).toBe('409');
      expect(await codeOf(without({ type: 'update', lines: [{ ...FREE[0]!, quantity: '2' }] }))).toBe('200');
      expect(await codeOf(without({ type: 'update', lines: [{ ...FREE[0]!, quantity: '2' }] }))).toBe('200');
      expect((await orders(orderId)).map(({ version, payload_id, kind }) => [version, payload_id, kind])).toEqual([
        [1, '', 'new'],
        [2, '', 'update'],
      ]);
      expect(await codeOf(without({ orderId: number() }))).toBe('200');
    });
  });

  describe('a number that cannot be read is Status 400 and names the line; nothing is stored', () => {
    const change = (document: string, from: string, to: string): string => {
      expect(document).toContain(from);
      return document.replace(from, to);
    };
    it.each<[string, string, string, RegExp]>([
      ['a price with its currency', '>0.89<', '>0.89 EUR<', /^Line 1: Element 'Money'/],
      ['a price in words', '>389.00<', '>auf Anfrage<', /^Line 2: Element 'Money'/],
      ['two points', '>389.00<', '>3.89.00<', /^Line 2: Element 'Money'/],
      [
        'a quantity with its unit',
        'quantity="3"',
        'quantity="3 Stk"',
        /^Line 1: Element 'ItemOut', attribute 'quantity'/,
      ],
      [
        'a negative quantity',
        'quantity="1" lineNumber="2"',
        'quantity="-1" lineNumber="2"',
        /^Line 2: Element 'ItemOut', attribute 'quantity'/,
      ],
      [
        'a price basis',
        '<Classification',
        '<PriceBasisQuantity quantity="hundred" conversionFactor="1"><UnitOfMeasure>EA</UnitOfMeasure>' +
          '</PriceBasisQuantity><Classification',
        /^Line 1: Element 'PriceBasisQuantity', attribute 'quantity'/,
      ],
      [
        'a conversion factor',
        '<Classification',
        '<PriceBasisQuantity quantity="1" conversionFactor="x"><UnitOfMeasure>EA</UnitOfMeasure>' +
          '</PriceBasisQuantity><Classification',
        /^Line 1: Element 'PriceBasisQuantity', attribute 'conversionFactor'/,
      ],
      ['the Total', '>391.67<', '>391-67<', /^Element 'Money'/],
    ])('%s', async (_, from, to, text) => {
      const orderId = number();
      const answer = await post(shop(), change(orderXml({ orderId, lines: LINES }), from, to));
      expect([answer.status, cxmlStatus(answer).code]).toEqual([200, '400']);
      expect(cxmlStatus(answer).text).toMatch(text);
      expect(await orders(orderId)).toEqual([]);
    });

    it('a line without a number is named by its position', async () => {
      const document = change(orderXml({ orderId: number(), lines: LINES }), ' lineNumber="2"', '');
      expect(cxmlStatus(await post(shop(), change(document, '>389.00<', '>?<'))).text).toMatch(/^Line 2: /);
    });
  });

  describe('empty values count as absent', () => {
    it.each<[string, string, string]>([
      ['Total', '<Total><Money currency="EUR">1.00</Money></Total>', '<Total/>'],
      ['Money of the Total', '<Money currency="EUR">1.00</Money></Total>', '<Money currency="EUR"/></Total>'],
      [
        'a blank Money of the Total',
        '<Money currency="EUR">1.00</Money></Total>',
        '<Money currency=""> </Money></Total>',
      ],
      ['Shipping and Tax', '</OrderRequestHeader>', '<Shipping/><Tax/></OrderRequestHeader>'],
      [
        'Money of Shipping and Tax',
        '</OrderRequestHeader>',
        '<Shipping><Money currency="EUR"></Money><Description xml:lang="de"/></Shipping><Tax>' +
          '<Money currency="EUR"/></Tax></OrderRequestHeader>',
      ],
      ['ShipTo', '</OrderRequestHeader>', '<ShipTo/></OrderRequestHeader>'],
      [
        'Address of ShipTo',
        '</OrderRequestHeader>',
        '<ShipTo><Address><Name xml:lang="de"/><PostalAddress><Street/><City/><Country isoCountryCode=""/>' +
          '</PostalAddress></Address></ShipTo></OrderRequestHeader>',
      ],
      ['BillTo', '<BillTo><Address><Name xml:lang="de">Company GmbH</Name></Address></BillTo>', '<BillTo/>'],
      [
        'references',
        '</OrderRequestHeader>',
        '<DocumentReference payloadID=""/><SupplierOrderInfo orderID=""/><Extrinsic name=""/></OrderRequestHeader>',
      ],
      ['Tax and Shipping of a line', '</ItemOut>', '<Shipping/><Tax/></ItemOut>'],
      ['UnitPrice of a line', '<UnitPrice><Money currency="EUR">1.00</Money></UnitPrice>', '<UnitPrice/>'],
      [
        'the price basis',
        '<Classification',
        '<PriceBasisQuantity quantity="" conversionFactor=""><UnitOfMeasure/></PriceBasisQuantity><Classification',
      ],
      ['the bundle', '<ItemOut ', '<ItemOut parentLineNumber="" itemType="" compositeItemType="" '],
      ['the auxiliary id', '</SupplierPartID>', '</SupplierPartID><SupplierPartAuxiliaryID/>'],
      ['a further Credential', '</From>', '<Credential domain=""><Identity/></Credential></From>'],
      ['a unit before the unit', '<UnitOfMeasure>', '<UnitOfMeasure/><UnitOfMeasure>'],
    ])('%s', async (_, from, to) => {
      const orderId = number();
      const document = orderXml({ orderId, lines: FREE });
      expect(document).toContain(from);
      expect(cxmlStatus(await post(shop(), document.replace(from, to)))).toEqual({ code: '200', text: '' });
      expect(await orders(orderId)).toHaveLength(1);
    });
  });

  describe('a line without a part id is stored and marked', () => {
    const strip = (document: string, id: string): string =>
      document.replace('<SupplierPartID>NB-1088</SupplierPartID>', id);
    it.each<[string, string]>([
      ['an empty one', '<SupplierPartID/>'],
      ['a blank one', '<SupplierPartID> </SupplierPartID>'],
      ['none', ''],
    ])('%s: the cart is found by the other lines', async (_, id) => {
      const { transmissionId } = await sent(shop());
      const answer = await post(shop(), strip(orderXml({ orderId: number(), lines: LINES }), id));
      expect(cxmlStatus(answer)).toEqual({
        code: '201',
        text: expect.stringContaining('line 2 has no SupplierPartID'),
      });
      const shown = await shownOf(transmissionId);
      expect([shown.verdict, shown.mismatches]).toEqual([
        'mismatch',
        [
          {
            kind: 'unidentified',
            supplier_part_id: '',
            line_number: '2',
            compared_with: null,
            sent: null,
            ordered: '1',
          },
        ],
      ]);
    });

    it('in an order without a punchout, without its ItemID, and as its only line', async () => {
      const [mixed, single] = [number(), number()];
      expect(
        await codeOf(orderXml({ orderId: mixed, lines: [...FREE, ...FREE] }).replace(/<ItemID>.*?<\/ItemID>/, '')),
      ).toBe('201');
      expect(
        await codeOf(orderXml({ orderId: single, lines: FREE }).replace('<SupplierPartID>FREE</SupplierPartID>', '')),
      ).toBe('201');
      for (const id of [mixed, single])
        expect((await orders(id))[0]).toMatchObject({
          verdict: 'unmatched',
          mismatches: [{ kind: 'unidentified', lineNumber: '1' }],
        });
    });
  });

  describe('differences are reported and the order is not placed', () => {
    it.each<[string, (document: string) => string, string[]]>([
      ['another unit', (document) => document.replace('C62', 'BX'), ['unit NB-1024']],
      ['another total', (document) => document.replace('>391.67<', '>39.17<'), ['total lines']],
      [
        'a conversion factor that the cart does not have',
        (document) =>
          document.replace(
            '<Classification',
            '<PriceBasisQuantity quantity="1" conversionFactor="10"><UnitOfMeasure>C62</UnitOfMeasure>' +
              '</PriceBasisQuantity><Classification',
          ),
        ['price NB-1024', 'total lines'],
      ],
    ])('%s', async (_, change, kinds) => {
      const { transmissionId, quote } = await sent(shop());
      const orderId = number();
      expect(await codeOf(change(orderXml({ orderId, quote, lines: LINES })))).toBe('201');
      const shown = await shownOf(transmissionId);
      expect([shown.verdict, kindsOf(shown.mismatches)]).toEqual(['mismatch', kinds]);
      expect(await shop().knex('connect_order').where({ merchant_order_id: orderId })).toEqual([]);
    });

    it("not reported: letter case, no unit, the shop's unit name, stated tax and shipping", async () => {
      const { connections } = shop().connector.directory;
      const connection = await connections.find('demo', 'company-cxml');
      await connections.save({
        ...connection!,
        settings: { ...connection!.settings, units: { ...connection!.settings.units, STK: 'C62' } },
      });
      try {
        for (const change of [
          (document: string) => document.replaceAll('C62', 'c62'),
          (document: string) => document.replaceAll('<UnitOfMeasure>C62</UnitOfMeasure>', ''),
          (document: string) => document.replaceAll('C62', 'STK'),
          (document: string) =>
            document
              .replace('>391.67<', '>472.04<')
              .replace(
                '</BillTo>',
                '</BillTo><Shipping><Money currency="EUR">5.00</Money></Shipping><Tax>' +
                  '<Money currency="EUR">75.37</Money></Tax>',
              ),
        ]) {
          const { quote } = await sent(shop());
          expect(cxmlStatus(await post(shop(), change(orderXml({ orderId: number(), quote, lines: LINES }))))).toEqual({
            code: '200',
            text: '',
          });
        }
      } finally {
        await connections.save(connection!);
      }
    });
  });

  describe('a refused order is answered in the same format as an accepted one', () => {
    const ENVELOPE =
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!DOCTYPE cXML SYSTEM "[^"]+">\n?<cXML payloadID="[^"]+@[^"]+" timestamp="[^"]+"[^>]*><Response><Status code="(\d+)"/;
    const send = (document: string, headers: Record<string, string>): Promise<Answer> =>
      shop()
        .browser()
        .send('/v1/punchout/order', {
          method: 'POST',
          body: document,
          headers: { 'content-type': 'text/xml', ...headers },
        });
    const related = (document: string): string => `--b\r\nContent-Type: text/xml\r\n\r\n${document}\r\n--b--`;
    const RELATED = { 'content-type': 'multipart/related; boundary=b; type="text/xml"' };
    const good = (): string => orderXml({ orderId: number(), lines: FREE });
    it.each<[string, string, () => Promise<Answer>]>([
      ['accepted', '200', () => send(good(), {})],
      ['accepted, JSON requested', '200', () => send(good(), JSON_WANTED)],
      ['a wrong secret, JSON requested', '401', () => send(good().replace('SecretPassword123', 'wrong'), JSON_WANTED)],
      [
        'an unknown connection, JSON requested',
        '401',
        () => send(good().replaceAll('buyer@company.com', 'nobody@example.com'), JSON_WANTED),
      ],
      [
        'an unknown connection, a page requested',
        '401',
        () => send(good().replaceAll('buyer@company.com', 'nobody@example.com'), { accept: 'text/html' }),
      ],
      ['no order number, JSON requested', '406', () => send(good().replace(/orderID="[^"]*"/, ''), JSON_WANTED)],
      ['no XML, JSON requested', '406', () => send('<cXML>', JSON_WANTED)],
      ['an empty body, JSON requested', '406', () => send('', JSON_WANTED)],
      ['a multipart without an end', '400', () => send('--b\r\n', { ...RELATED, ...JSON_WANTED })],
      [
        'accepted, in a multipart without a boundary',
        '200',
        () => send(related(good()), { 'content-type': 'multipart/related', ...JSON_WANTED }),
      ],
      [
        'a multipart with a wrong secret',
        '401',
        () => send(related(good().replace('SecretPassword123', 'wrong')), { ...RELATED, ...JSON_WANTED }),
      ],
      [
        'an invalid number, JSON requested',
        '400',
        () => send(good().replace('quantity="1"', 'quantity="x"'), JSON_WANTED),
      ],
      ['a deletion of an unknown order', '400', () => send(good().replace('type="new"', 'type="delete"'), JSON_WANTED)],
      ['more than 32 MiB', '400', () => send('x'.repeat(33 * 1024 * 1024), JSON_WANTED)],
      [
        'at the address of call-ups',
        '401',
        () => postXml(shop().browser(), good().replace('SecretPassword123', 'wrong'), JSON_WANTED),
      ],
    ])('%s: %s', async (_, code, run) => {
      const answer = await run();
      expect([answer.status, answer.headers['content-type'], ENVELOPE.exec(answer.text)?.[1]]).toEqual([
        200,
        'text/xml; charset="UTF-8"',
        code,
      ]);
    });
  });

  it('the cart of a busy connection is found behind 130 newer ones', async () => {
    await shop().knex('transmission').where({ status: 'transferred' }).update({ status: 'closed' });
    const { transmissionId } = await sent(shop());
    for (const table of ['transmission', 'transfer_payload']) {
      const others =
        "jsonb_build_object('transmission_id', t.transmission_id || n, 'claim_digest', null, 'created_at', now(), " +
        "'payload', replace(t.payload_text, 'NB-10', 'XX-10'))";
      await shop().knex.raw(
        `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(t) || ${others})).* from ` +
          `(select s.*, ${table === 'transmission' ? "''" : 's.payload'} as payload_text from ${table} s where ` +
          's.transmission_id = ?) t, generate_series(1, 130) n',
        [transmissionId],
      );
    }
    const orderId = number();
    expect(await codeOf(orderXml({ orderId, lines: LINES }))).toBe('200');
    expect((await orders(orderId))[0]).toMatchObject({ verdict: 'matched', transmission_id: transmissionId });
  }, 60_000);
});
