import { describe, expect, it } from '@jest/globals';
import { create } from 'xmlbuilder2';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { type CxmlOrderMessage, TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { pricePerUnit, type OrderMessageInput } from '../../../src/protocols/cxml/write/order-lines.js';
import {
  orderMessageChunks,
  writePunchOutOrderMessage,
} from '../../../src/protocols/cxml/write/write-order-message.js';
import { cart, cartLine, orderMessageInput, PUNCHFLOW_LINES } from './sample-cart.js';

function written(input: OrderMessageInput) {
  const result = writePunchOutOrderMessage(input);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  expect(checkCxmlDocument(result.value.document, input.settings.cxml.version)).toEqual([]);
  return result.value;
}

function message(input: OrderMessageInput): CxmlOrderMessage {
  const result = parseCxml(written(input).document, undefined, TRANSFER_LIMITS);
  if (!result.ok || result.value.kind !== 'PunchOutOrderMessage') throw new Error(JSON.stringify(result));
  return result.value.message;
}

/** A small message written by xmlbuilder2: an independent writer with the same bytes. */
function byXmlbuilder2({ cart: { lines, language } }: OrderMessageInput): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' })
    .ele('cXML', {
      payloadID: '1705315500000.abc@shop.example',
      timestamp: '2024-01-15T10:45:00+00:00',
      'xml:lang': 'de-DE',
    })
    .txt('\n');
  const header = root.ele('Header');
  for (const [party, domain, identity] of [
    ['From', 'DUNS', '123456789'],
    ['To', 'NetworkId', 'buyer@company.com'],
    ['Sender', 'DUNS', '123456789'],
  ] as const) {
    const element = header.ele(party).ele('Credential', { domain }).ele('Identity').txt(identity).up().up();
    if (party === 'Sender') element.ele('UserAgent').txt('Headless Punchout 0.1.0');
  }
  root.txt('\n');
  const body = root
    .ele('Message', { deploymentMode: 'production', inReplyTo: '1234567890' })
    .ele('PunchOutOrderMessage');
  body.ele('BuyerCookie').txt('BUYER_COOKIE_123').up().txt('\n');
  body
    .ele('PunchOutOrderMessageHeader', { operationAllowed: 'edit' })
    .ele('Total')
    .ele('Money', { currency: 'EUR' })
    .txt('1299.99');
  for (const line of lines) {
    const item = body.txt('\n').ele('ItemIn', { quantity: line.quantity });
    const id = item.ele('ItemID');
    id.ele('SupplierPartID').txt(line.sku).up().ele('SupplierPartAuxiliaryID').txt(line.auxiliaryId);
    const detail = item.ele('ItemDetail');
    detail.ele('UnitPrice').ele('Money', { currency: 'EUR' }).txt(line.unitPrice);
    detail.ele('Description', { 'xml:lang': language }).txt(line.name);
    detail.ele('UnitOfMeasure').txt(line.unit);
    for (const { domain, code } of line.classifications) detail.ele('Classification', { domain }).txt(code);
    if (line.manufacturerPartId !== undefined) detail.ele('ManufacturerPartID').txt(line.manufacturerPartId);
    if (line.manufacturerName !== undefined) detail.ele('ManufacturerName').txt(line.manufacturerName);
  }
  body.txt('\n');
  return root.end({ headless: true });
}

describe('writePunchOutOrderMessage', () => {
  it('PunchOut Session API: SKU-001 x 2 and SKU-002 x 1 are 1299.99 EUR and three items', () => {
    const input = orderMessageInput();
    expect(written(input)).toMatchObject({ total: '1299.99', linesCount: 2, itemsCount: '3' });
    expect(message(input)).toMatchObject({
      buyerCookie: 'BUYER_COOKIE_123',
      total: { amount: '1299.99', currency: 'EUR' },
      inReplyTo: '1234567890',
    });
  });

  it.each([
    ['plain', PUNCHFLOW_LINES],
    [
      'markup',
      [
        cartLine({
          quantity: '1',
          unitPrice: '1299.99',
          sku: 'A<B>&"C"',
          name: `<&>"'`,
          classifications: [
            { domain: 'a&"<b>', code: '1' },
            { domain: 'b', code: '2' },
          ],
        }),
      ],
    ],
  ])('equals the output of xmlbuilder2 byte for byte: %s', (_, lines) => {
    const input = orderMessageInput({ cart: cart(lines) });
    expect(written(input).document.split('\n').slice(2).join('\n')).toBe(`${byXmlbuilder2(input)}\n`);
  });

  it('cxml.md 1.1, 1.2, 1.6: declaration, DOCTYPE on line 2, timestamp without Z', () => {
    const { document } = written(orderMessageInput({}, '1.2.071'));
    expect(document.split('\n').slice(0, 2)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.071/cXML.dtd">',
    ]);
    expect(document).toContain('timestamp="2024-01-15T10:45:00+00:00"');
  });

  it('cxml.md 2.1, 2.2, 2.7, 7.1: parties as given, the supplier as Sender with UserAgent, never a secret', () => {
    const { document } = written(
      orderMessageInput({
        from: [],
        to: [
          { domain: 'NetworkId', identity: 'b&1' },
          { domain: 'AribaNetworkUserId', identity: 'hub', type: 'marketplace' },
        ],
      }),
    );
    expect(document).toContain(
      '<From><Credential domain="DUNS"><Identity>123456789</Identity></Credential></From><To><Credential ' +
        'domain="NetworkId"><Identity>b&amp;1</Identity></Credential><Credential domain="AribaNetworkUserId" ' +
        'type="marketplace"><Identity>hub</Identity></Credential></To><Sender><Credential domain="DUNS"><Identity>' +
        '123456789</Identity></Credential><UserAgent>Headless Punchout 0.1.0</UserAgent></Sender>',
    );
    expect(document).not.toContain('SharedSecret');
  });

  it('cxml.md 1.8, 1.9, 1.10: languages, deploymentMode and inReplyTo', () => {
    const { document } = written(orderMessageInput({ language: 'en-GB', deploymentMode: 'test', inReplyTo: 'x@y' }));
    expect(document).toContain('xml:lang="en-GB">\n<Header>');
    expect(document).toContain('<Message deploymentMode="test" inReplyTo="x@y">');
    expect(document).toContain('<Description xml:lang="de-DE">');
    expect(written(orderMessageInput({ inReplyTo: undefined })).document).toContain(
      '<Message deploymentMode="production"><',
    );
  });

  it('cxml.md 5.1: BuyerCookie is returned byte for byte', () => {
    for (const buyerCookie of ['{4A1B-x} ', ' \t\n', 'a&<b>\r\n"ä"', 'x'.repeat(300)]) {
      const { document } = written(orderMessageInput({ buyerCookie }));
      if (buyerCookie.trim() !== '') expect(message(orderMessageInput({ buyerCookie })).buyerCookie).toBe(buyerCookie);
      else expect(document).toContain(`<BuyerCookie>${buyerCookie}</BuyerCookie>`);
    }
  });

  it('cxml.md 7.6: Classification is always written, by default the configured one; several are kept', () => {
    expect(
      message(orderMessageInput({ cart: cart([cartLine({ classifications: [] })]) })).lines[0]?.classifications,
    ).toEqual([{ domain: 'UNSPSC', code: '43000000' }]);
    const classifications = [
      { domain: 'UNSPSC', code: '1' },
      { domain: 'eClass', code: '2' },
    ];
    expect(
      message(orderMessageInput({ cart: cart([cartLine({ classifications })]) })).lines[0]?.classifications,
    ).toEqual(classifications);
    expect(
      message(orderMessageInput({ cart: cart([cartLine({ classifications: [{ domain: 'UNSPSC', code: ' ' }] })]) }))
        .lines[0]?.classifications,
    ).toEqual([{ domain: 'UNSPSC', code: '43000000' }]);
  });

  it('cxml.md 7.7: a line break separates ShortName from the long text; cxml.shortName false omits it', () => {
    const input = orderMessageInput({
      cart: cart([
        cartLine({
          name: 'Chair',
          description: 'A good one',
          texts: [{ language: 'en', name: 'Chair', description: 'Good' }],
        }),
      ]),
    });
    expect(written(input).document).toContain(
      '<Description xml:lang="de-DE"><ShortName>Chair</ShortName>\nA good one</Description><Description ' +
        'xml:lang="en"><ShortName>Chair</ShortName>\nGood</Description>',
    );
    const without = { ...input, settings: { ...input.settings, cxml: { ...input.settings.cxml, shortName: false } } };
    expect(written(without).document).toContain(
      '<Description xml:lang="de-DE">A good one</Description><Description xml:lang="en">Good</Description>',
    );
  });

  it("cxml.md 7.5: units by the connection's table, names of object properties are not units", () => {
    const units = ['piece', 'MTR', 'constructor', '', ' '].map((unit, index) =>
      cartLine({ lineId: `l${index}`, unit }),
    );
    expect(message(orderMessageInput({ cart: cart(units) })).lines.map(({ unit }) => unit)).toEqual([
      'EA',
      'MTR',
      'constructor',
      'EA',
      'EA',
    ]);
  });

  it('cxml.md 7.7: a long text follows the name as ShortName, at most 50 characters, no surrogate pair cut', () => {
    const described = (name: string, description?: string) =>
      message(orderMessageInput({ cart: cart([cartLine({ name, description })]) })).lines[0]?.descriptions;
    expect(described('Chair')).toEqual([{ language: 'de-DE', text: 'Chair' }]);
    expect(described('Chair', ' ')).toEqual([{ language: 'de-DE', text: 'Chair' }]);
    expect(described('Chair', 'Chair')).toEqual([{ language: 'de-DE', text: 'Chair' }]);
    expect(described('Chair', 'A very\ngood chair')).toEqual([
      { language: 'de-DE', shortName: 'Chair', text: 'A very\ngood chair' },
    ]);
    expect(described('😀'.repeat(60), 'long')).toEqual([
      { language: 'de-DE', shortName: '😀'.repeat(50), text: 'long' },
    ]);
    expect(described('\u0000')).toEqual([{ language: 'de-DE', text: 'SKU-001' }]);
  });

  it('cxml.md 1.3: empty texts are left out', () => {
    const { document } = written(
      orderMessageInput({
        cart: cart([
          cartLine({
            auxiliaryId: ' ',
            manufacturerName: '',
            manufacturerPartId: '\u0000',
            url: ' ',
            customFields: { a: '', b: '1' },
          }),
        ]),
      }),
    );
    expect(document).toContain('</SupplierPartID></ItemID>');
    expect(document).toContain('</Classification><Extrinsic name="b">1</Extrinsic></ItemDetail>');
  });

  it('cxml.md 7.2: Shipping and Tax with Money and Description; not in the Total', () => {
    const input = orderMessageInput({
      cart: cart(PUNCHFLOW_LINES, {
        shipping: { amount: '4.90', description: 'Paket' },
        tax: { amount: '247.93', description: ' ' },
      }),
    });
    expect(message(input)).toMatchObject({
      total: { amount: '1299.99' },
      shipping: { amount: '4.90', currency: 'EUR', description: 'Paket' },
      tax: { amount: '247.93', description: 'Tax' },
    });
  });

  it.each(['1.2.014', '1.2.050', '1.2.071'] as const)(
    'cxml.md 5.4: ShipTo is echoed, and left out where the DTD could not be kept (%s)',
    (version) => {
      const shipTo = {
        addressId: 'A1',
        name: 'Company & Co',
        deliverTo: ['Ann'],
        street: ['Weg 1', 'Hof'],
        city: 'Köln',
        state: 'NW',
        postalCode: '50667',
        countryCode: 'DE',
        countryName: 'Deutschland',
        email: 'd@x.example',
        phone: '+49 221 1',
      };
      expect(message(orderMessageInput({ shipTo }, version)).shipTo).toEqual({ ...shipTo, phone: undefined });
      expect(message(orderMessageInput({ shipTo: { ...shipTo, city: undefined } }, version)).shipTo).toEqual({
        addressId: 'A1',
        name: 'Company & Co',
        deliverTo: [],
        street: [],
        countryCode: 'DE',
        email: 'd@x.example',
      });
      expect(
        message(orderMessageInput({ shipTo: { name: ' ', deliverTo: ['Ann'], street: [] } }, version)).shipTo,
      ).toMatchObject({ name: 'Ann' });
      expect(
        message(orderMessageInput({ shipTo: { name: '', deliverTo: [], street: ['x'] } }, version)).shipTo,
      ).toBeUndefined();
      expect(message(orderMessageInput({ supplierOrderInfo: { orderId: '4711' } }, version)).supplierOrderId).toBe(
        '4711',
      );
    },
  );

  it('cxml.md 7.8: an unchanged session is Status 204 without lines; an emptied cart is not', () => {
    const unchanged = orderMessageInput({
      unchanged: true,
      cart: cart(PUNCHFLOW_LINES, { shipping: { amount: '1', description: 'x' } }),
    });
    expect(message(unchanged)).toEqual({
      buyerCookie: 'BUYER_COOKIE_123',
      operationAllowed: 'edit',
      inReplyTo: '1234567890',
      status: { code: '204', text: 'No Content' },
      total: { amount: '0.00', currency: 'EUR' },
      lines: [],
    });
    expect(message(orderMessageInput({ cart: cart([]) })).status).toBeUndefined();
  });

  it('cxml.md 7.7: PriceBasisQuantity if the version has it', () => {
    const input = orderMessageInput(
      { cart: cart([cartLine({ quantity: '250', unitPrice: '12.34', priceBasis: '100' })]) },
      '1.2.050',
    );
    expect(message(input)).toMatchObject({
      total: { amount: '30.85' },
      lines: [{ unitPrice: { amount: '12.34' }, priceBasis: { quantity: '100', conversionFactor: '1', unit: 'EA' } }],
    });
  });

  it('cxml.md 7.7: a price basis becomes in 1.2.014 a price per unit', () => {
    const input = orderMessageInput({
      cart: cart([cartLine({ quantity: '250', unitPrice: '12.34', priceBasis: '100' })]),
    });
    expect(message(input)).toMatchObject({ total: { amount: '30.85' }, lines: [{ unitPrice: { amount: '0.1234' } }] });
    expect(written(input).document).not.toContain('PriceBasisQuantity');
  });

  it.each([
    ['1', '10', '100', '0.10'],
    ['1', '10.00', '1', '10.00'],
    ['3', '5', '1000', '0.005'],
    ['1', '1', '8', '0.125'],
    ['1', '1', '2.5', '0.40'],
    ['1', '10', '3', '3.33'],
    ['100', '10', '3', '3.3333'],
    ['1000000', '10', '7', '1.42857143'],
    ['1', '-10', '3', '-3.33'],
    ['0', '10', '3', '3.33'],
  ])('cxml.md 7.7: %s at %s for %s units is written as %s', (quantity, unitPrice, priceBasis, expected) => {
    expect(pricePerUnit({ quantity, unitPrice, priceBasis }, 'EUR')).toBe(expected);
  });

  it('cxml.md 7.7: a price basis without an exact decimal price is refused, with the line', () => {
    const line = cartLine({ sku: 'X-7', quantity: '9'.repeat(30), unitPrice: `0.${'3'.repeat(29)}1`, priceBasis: '7' });
    expect(writePunchOutOrderMessage(orderMessageInput({ cart: cart([line]) }))).toMatchObject({
      ok: false,
      refusal: {
        code: 'CART_NOT_ENCODABLE',
        reason: expect.stringMatching(/^Line X-7: /),
        details: { line: 'l1', sku: 'X-7' },
      },
    });
    expect(writePunchOutOrderMessage(orderMessageInput({ cart: cart([line]) }, '1.2.071')).ok).toBe(true);
  });

  it('cxml.md 7.2: bundles are parent and child lines if the version has them, else only the parent', () => {
    const lines = [
      cartLine({ lineId: 'a' }),
      cartLine({ lineId: 'b', kind: 'bundle', quantity: '2', unitPrice: '10.00' }),
      cartLine({ lineId: 'c', parentLineId: 'b', quantity: '4', unitPrice: '5.00' }),
    ];
    const newer = message(orderMessageInput({ cart: cart(lines) }, '1.2.071'));
    expect(newer.total?.amount).toBe('1019.98');
    expect(
      newer.lines.map(({ lineNumber, parentLineNumber, itemType }) => [lineNumber, parentLineNumber, itemType]),
    ).toEqual([
      ['1', undefined, undefined],
      ['2', undefined, 'composite'],
      ['3', '2', 'item'],
    ]);
    const older = message(orderMessageInput({ cart: cart(lines) }));
    expect(older).toMatchObject({ total: { amount: '1019.98' } });
    expect(older.lines.length).toBe(2);
  });

  it.each(['1.2.014', '1.2.050', '1.2.071'] as const)(
    'cxml.md 7.2: a part of a bundle that no line has is a line of its own (%s)',
    (version) => {
      const lines = [
        cartLine({ lineId: 'a', parentLineId: 'gone', quantity: '1', unitPrice: '500.00' }),
        cartLine({ lineId: 'b', quantity: '10', unitPrice: '2.49' }),
      ];
      expect(written(orderMessageInput({ cart: cart(lines) }, version))).toMatchObject({
        total: '524.90',
        linesCount: 2,
        itemsCount: '11',
      });
    },
  );

  it('cxml.md 7.2: the checker sums the lines that count: item level, conversion factor, unknown parents', () => {
    const lines = [
      cartLine({ lineId: 'a', kind: 'bundle', pricedAt: 'itemLevel', unitPrice: '0.00' }),
      cartLine({
        lineId: 'b',
        parentLineId: 'a',
        quantity: '3',
        unitPrice: '2.00',
        conversionFactor: '10',
        priceUnit: 'H87',
      }),
    ];
    const { document } = written(orderMessageInput({ cart: cart(lines) }, '1.2.050'));
    expect(checkCxmlDocument(document.replace('>60.00<', '>6.00<'), '1.2.050').map(({ error }) => error)).toEqual([
      "Element 'Money': Total is not the sum of the lines",
    ]);
  });

  it.each([
    ['no article number', { sku: ' ' }, /no article number/],
    ['a negative quantity', { quantity: '-1' }, /quantity/],
    ['a quantity that is none', { quantity: '1,5' }, /quantity/],
    ['a price that is none', { unitPrice: 'NaN' }, /price/],
    ['a price basis of 0', { priceBasis: '0.0' }, /price basis/],
    ['a price basis that is none', { priceBasis: 'x' }, /price basis/],
    ['a conversion factor of 0', { conversionFactor: '0' }, /conversion factor/],
    ['a negative conversion factor', { conversionFactor: '-2' }, /conversion factor/],
    ['a tax that is no number', { tax: { amount: '1,9', description: '' } }, /tax/],
    ['a shipping that is no number', { shipping: { amount: 'free', description: '' } }, /shipping/],
  ])('cxml.md 7.3: a line with %s is refused, with its name', (_, change, reason) => {
    const result = writePunchOutOrderMessage(orderMessageInput({ cart: cart([cartLine({ ...change })]) }));
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'CART_NOT_ENCODABLE', reason: expect.stringMatching(reason), details: { line: 'l1' } },
    });
  });

  it('cxml.md 7.2: a missing receiver and an invalid shipping amount are refused', () => {
    const refusal = (input: OrderMessageInput) => {
      const result = writePunchOutOrderMessage(input);
      return result.ok ? undefined : result.refusal.code;
    };
    expect(refusal(orderMessageInput({ to: [] }))).toBe('CART_NOT_ENCODABLE');
    expect(refusal(orderMessageInput({ cart: cart([], { shipping: { amount: '4,90', description: '' } }) }))).toBe(
      'CART_NOT_ENCODABLE',
    );
    expect(orderMessageChunks(orderMessageInput({ to: [] })).ok).toBe(false);
  });

  it('cxml.md 7.2: discounts are lines with a negative price, and count', () => {
    const lines = [
      cartLine({ quantity: '1', unitPrice: '10.00' }),
      cartLine({ lineId: 'p', kind: 'promotion', sku: 'PROMO', quantity: '1', unitPrice: '-2.50' }),
    ];
    expect(message(orderMessageInput({ cart: cart(lines) })).total?.amount).toBe('7.50');
  });

  it('T52: rounds each line once, half away from zero, without floats', () => {
    const total = (quantity: string, unitPrice: string) =>
      written(orderMessageInput({ cart: cart([cartLine({ quantity, unitPrice })]) })).total;
    expect([
      total('3', '31.90'),
      total('1', '1.005'),
      total('100', '1.005'),
      total('0.1', '0.2'),
      total('1', '0.005'),
    ]).toEqual(['95.70', '1.01', '100.50', '0.02', '0.01']);
  });

  it('architecture.md section 8: 100,000 lines are written in chunks, in constant memory and linear time', () => {
    const line = cartLine({
      name: 'Müller & Söhne',
      description: 'Long text\nof two lines',
      customFields: { costCenter: '4711' },
    });
    const input = orderMessageInput({ cart: cart(Array<typeof line>(100_000).fill(line)) });
    const chunks = orderMessageChunks(input);
    if (!chunks.ok) throw new Error('refused');
    let length = 0;
    let longest = 0;
    let most = 0;
    const before = process.memoryUsage().heapUsed;
    for (const chunk of chunks.value) {
      length += Buffer.byteLength(chunk);
      longest = Math.max(longest, chunk.length);
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
    expect(length).toBeGreaterThan(50_000_000);
    expect(longest).toBeLessThan(70_000);
    expect(most - before).toBeLessThan(100 * 1024 * 1024);
    const joined = writePunchOutOrderMessage(orderMessageInput({ cart: cart(Array<typeof line>(300).fill(line)) }));
    const pieces = orderMessageChunks(orderMessageInput({ cart: cart(Array<typeof line>(300).fill(line)) }));
    expect(pieces.ok && [...pieces.value].join('')).toBe(joined.ok && joined.value.document);
  });
});
