import { describe, expect, it } from '@jest/globals';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import { withoutCharges } from '../../../src/domain/cart/discount-codes.js';
import type { MappedCart, ConnectionMapping } from '../../../src/domain/mapping/mapping.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { applyMapping, writerSettings } from '../../../src/protocols/mapping/apply-mapping.js';
import { writeOciCartFields } from '../../../src/protocols/oci/write/write-cart-form.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { CART, connectionWith, LINE, promotion, REQUEST } from './sample.js';

function mapped(
  mapping: ConnectionMapping,
  protocol: 'cxml' | 'oci',
  cart: Cart = CART,
  settings: object = {},
): MappedCart {
  const result = applyMapping({ cart, request: REQUEST, connection: connectionWith(mapping, settings), protocol });
  if (!result.ok) throw new Error(result.refusal.reason);
  return result.value;
}

function document(mapping: ConnectionMapping, cart: Cart = CART, settings: object = {}): string {
  const connection = connectionWith(mapping, settings);
  const written = writePunchOutOrderMessage({
    payloadId: '1@shop',
    at: new Date(0),
    language: 'de',
    deploymentMode: 'test',
    from: [],
    to: [{ domain: 'NetworkId', identity: 'b' }],
    userAgent: 'test',
    buyerCookie: 'c',
    operationAllowed: 'edit',
    cart: mapped(mapping, 'cxml', cart, settings),
    settings: writerSettings(connection),
  });
  if (!written.ok) throw new Error(written.refusal.reason);
  expect(
    checkCxmlDocument(written.value.document, connection.settings.cxml.version).filter(
      ({ severity }) => severity === 'error',
    ),
  ).toEqual([]);
  return written.value.document;
}

function form(
  mapping: ConnectionMapping,
  cart: Cart = CART,
  settings: object = {},
): ReturnType<typeof writeOciCartFields> {
  const connection = connectionWith(mapping, settings);
  return writeOciCartFields({
    cart: mapped(mapping, 'oci', cart, settings),
    request: REQUEST,
    settings: writerSettings(connection),
    quoteId: 'q1',
  });
}

function fields(mapping: ConnectionMapping, cart?: Cart, settings?: object): Map<string, string> {
  const result = form(mapping, cart, settings);
  if (!result.ok) throw new Error(result.refusal.reason);
  expect(new Set(result.value.map(({ name }: NameValue) => name)).size).toBe(result.value.length);
  return new Map(result.value.map(({ name, value }) => [name, value]));
}

const withLine = (change: Partial<CartLine>): Cart => ({ ...CART, lines: [{ ...LINE, ...change }] });

describe('architecture.md decision 8: without a mapping', () => {
  it('lines stay the same objects', () => {
    const cart = withLine({ unit: 'EA' });
    expect(mapped({}, 'cxml', cart).lines[0]).toBe(cart.lines[0]);
    expect(mapped({}, 'oci', cart).lines[0]).toBe(cart.lines[0]);
  });

  it('the unit table of the connection is applied once', () => {
    const settings = { units: { piece: 'EA', EA: 'C62' } };
    expect(document({}, CART, settings)).toContain('<UnitOfMeasure>EA</UnitOfMeasure>');
    expect(fields({}, CART, settings).get('NEW_ITEM-UNIT[1]')).toBe('EA');
  });
});

describe('architecture.md decision 8: cXML fields', () => {
  it('sets every field', () => {
    const xml = document(
      {
        cxml: {
          SupplierPartID: { from: 'line.sku', transforms: [{ remove: '-' }] },
          BuyerPartID: { from: 'line.customFields.costCenter', transforms: [{ pad: { length: 8, with: '0' } }] },
          Description: { from: 'line.name', transforms: ['upper'] },
          ShortName: { fixed: 'Short' },
          UnitOfMeasure: { from: 'line.unit', transforms: [{ lookup: { table: { piece: 'H87' } } }] },
          'Classification.MaterialGroup': { fixed: '0815' },
          'Classification.eclass': { from: 'line.classification.eClass', transforms: [{ remove: '-' }] },
          ManufacturerPartID: { from: 'line.gtin' },
          ManufacturerName: { fixed: 'Maker' },
          URL: { from: 'line.imageUrl' },
          LeadTime: { from: 'line.leadTimeDays', transforms: [{ scale: { by: '2' } }] },
          'Extrinsic.Cost "Center"': { from: 'line.customFields.costCenter' },
          'Extrinsic.buyer': { from: 'request.extrinsic.useremail' },
          'Extrinsic.none': { from: 'line.customFields.none' },
        },
      },
      CART,
      { cxml: { version: '1.2.050' } },
    );
    for (const markup of [
      '<SupplierPartID>SKU1</SupplierPartID><SupplierPartAuxiliaryID>aux-1</SupplierPartAuxiliaryID><BuyerPartID>' +
        '00004711</BuyerPartID></ItemID>',
      '<ShortName>Short</ShortName>\nM&#220;LLER BOLT</Description>',
      '<UnitOfMeasure>H87</UnitOfMeasure>',
      '<Classification domain="UNSPSC">31161501</Classification><Classification domain="eclass">' +
        '23110101</Classification><Classification domain="MaterialGroup">0815</Classification>',
      '<ManufacturerPartID>4006381333931</ManufacturerPartID><ManufacturerName>Maker</ManufacturerName><URL>' +
        'https://shop.example.com/1.jpg</URL><LeadTime>28</LeadTime>',
      '<Extrinsic name="Cost &quot;Center&quot;">4711</Extrinsic><Extrinsic name="buyer">' +
        'x@buyer.example</Extrinsic></ItemDetail>',
    ])
      expect(xml).toContain(markup);
  });

  it('SupplierPartID stays if no auxiliary id leads back (cxml.md 6.2)', () => {
    const mapping: ConnectionMapping = { cxml: { SupplierPartID: { fixed: 'X' } } };
    expect(document(mapping, withLine({ auxiliaryId: ' ' }))).toContain('<SupplierPartID>SKU-1</SupplierPartID>');
    expect(document(mapping)).toContain('<SupplierPartID>X</SupplierPartID>');
  });

  it('a LeadTime that is not a number of days is ignored', () => {
    expect(document({ cxml: { LeadTime: { fixed: 'soon' } } })).toContain('<LeadTime>14</LeadTime>');
  });

  it('custom fields become Extrinsics only if a map names them, or if the connection wants them all', () => {
    expect(document({})).not.toContain('Extrinsic');
    const all = { cxml: { customFieldsAsExtrinsics: true } };
    expect(document({}, CART, all)).toContain(
      '<Extrinsic name="costCenter">4711</Extrinsic><Extrinsic name="brand">N</Extrinsic>',
    );
    const both = document({ cxml: { 'Extrinsic.brand': { fixed: 'B' } } }, CART, all);
    expect(both).toContain(
      '<Extrinsic name="brand">B</Extrinsic><Extrinsic name="costCenter">4711</Extrinsic></ItemDetail>',
    );
  });

  it('T18, T20: names never come from a cart, values are escaped', () => {
    const evil = '"/><Extrinsic name="x">';
    const xml = document(
      { cxml: { 'Extrinsic.a': { from: `line.customFields.a` } } },
      withLine({ customFields: { a: evil, [evil]: 'v' }, classifications: [{ domain: evil, code: 'c' }] }),
    );
    expect(xml.match(/<Extrinsic /g)).toHaveLength(1);
    expect(xml).toContain('<Extrinsic name="a">"/&gt;&lt;Extrinsic name="x"&gt;</Extrinsic>');
  });
});

describe('architecture.md decision 8: OCI fields', () => {
  it('oci.md 3: replaces fields of the writer and adds others, in the order of the settings', () => {
    const all = fields({
      ociVendorFields: ['GTIN'],
      oci: {
        VENDORMAT: { from: 'line.sku', transforms: ['lower'] },
        UNIT: { fixed: 'H87' },
        DESCRIPTION: { from: 'line.description' },
        LONGTEXT: { from: 'line.name' },
        VENDOR: { fixed: '7' },
        LEADTIME: { fixed: '9' },
        CONTRACT: { fixed: '4600000001' },
        CONTRACT_ITEM: { fixed: '10' },
        CUST_FIELD1: { from: 'line.customFields.costCenter' },
        CUST_FIELD5: { from: 'request.oci.extra.KOSTL' },
        GTIN: { from: 'line.gtin' },
        ATTACHMENT: { from: 'line.imageUrl' },
        ATTACHMENT_TITLE: { fixed: 'Picture' },
        MATGROUP: { from: 'line.classification.eclass', transforms: [{ remove: '-' }] },
        SERVICE: { from: 'line.customFields.service' },
      },
    });
    expect([...all]).toEqual([
      ['NEW_ITEM-DESCRIPTION[1]', 'A long text'],
      ['NEW_ITEM-QUANTITY[1]', '3.000'],
      ['NEW_ITEM-UNIT[1]', 'H87'],
      ['NEW_ITEM-PRICE[1]', '10.000'],
      ['NEW_ITEM-CURRENCY[1]', 'EUR'],
      ['NEW_ITEM-PRICEUNIT[1]', '1'],
      ['NEW_ITEM-LEADTIME[1]', '9'],
      ['NEW_ITEM-LONGTEXT_1:132[]', 'Müller bolt'],
      ['NEW_ITEM-VENDOR[1]', '7'],
      ['NEW_ITEM-VENDORMAT[1]', 'sku-1'],
      ['NEW_ITEM-MANUFACTMAT[1]', 'M-1'],
      ['NEW_ITEM-MATGROUP[1]', '23110101'],
      ['NEW_ITEM-EXT_SCHEMA_TYPE[1]', 'UNSPSC'],
      ['NEW_ITEM-EXT_CATEGORY_ID[1]', '31161501'],
      ['NEW_ITEM-EXT_QUOTE_ID[1]', 'q1'],
      ['NEW_ITEM-EXT_QUOTE_ITEM[1]', '1'],
      ['NEW_ITEM-EXT_PRODUCT_ID[1]', 'key-1'],
      ['NEW_ITEM-CONTRACT[1]', '4600000001'],
      ['NEW_ITEM-CONTRACT_ITEM[1]', '10'],
      ['NEW_ITEM-CUST_FIELD1[1]', '4711'],
      ['NEW_ITEM-CUST_FIELD5[1]', '0815'],
      ['NEW_ITEM-GTIN[1]', '4006381333931'],
      ['NEW_ITEM-ATTACHMENT[1]', 'https://shop.example.com/1.jpg'],
      ['NEW_ITEM-ATTACHMENT_TITLE[1]', 'Picture'],
    ]);
  });

  it('oci.md 3: MATNR replaces DESCRIPTION, unless that is mapped too', () => {
    expect(fields({ oci: { MATNR: { fixed: '100' } } }).has('NEW_ITEM-DESCRIPTION[1]')).toBe(false);
    expect(
      fields({ oci: { MATNR: { fixed: '100' }, DESCRIPTION: { from: 'line.name' } } }).get('NEW_ITEM-DESCRIPTION[1]'),
    ).toBe('Müller bolt');
    expect(fields({ oci: { MATNR: { from: 'line.customFields.none' } } }).get('NEW_ITEM-DESCRIPTION[1]')).toBe(
      'Müller bolt',
    );
  });

  it('oci.md 3: a field that needs another field is left out without it', () => {
    const all = fields({
      oci: {
        CONTRACT: { from: 'line.customFields.none' },
        CONTRACT_ITEM: { fixed: '10' },
        ATTACHMENT_TITLE: { fixed: 'T' },
      },
    });
    expect([...all.keys()].filter((name) => /CONTRACT|ATTACHMENT/.test(name))).toEqual([]);
  });

  it('oci.md 3: lengths in characters: texts are cut, keys are refused', () => {
    const long = withLine({ customFields: { long: 'ä'.repeat(300) } });
    expect(
      fields({ oci: { DESCRIPTION: { from: 'line.customFields.long' } } }, long).get('NEW_ITEM-DESCRIPTION[1]'),
    ).toBe('ä'.repeat(40));
    for (const [field, length] of [
      ['MATNR', 40],
      ['CUST_FIELD1', 10],
      ['CUST_FIELD4', 20],
      ['CUST_FIELD5', 50],
      ['CONTRACT', 10],
      ['MATGROUP', 10],
    ] as const) {
      expect(
        form({ oci: { [field]: { from: 'line.customFields.long', transforms: [{ maxLength: length + 1 }] } } }, long),
      ).toMatchObject({ ok: false, refusal: { code: 'CART_NOT_ENCODABLE', details: { line: 1, field } } });
      expect(
        fields({ oci: { [field]: { from: 'line.customFields.long', transforms: [{ maxLength: length }] } } }, long).get(
          `NEW_ITEM-${field}[1]`,
        ),
      ).toBe('ä'.repeat(length));
    }
  });

  it('oci.md 8.1: keys outside the charset are refused, texts are transliterated', () => {
    const cart = withLine({ customFields: { polish: 'Łódź' } });
    const settings = { oci: { charset: 'iso-8859-1' } };
    expect(form({ oci: { MATNR: { from: 'line.customFields.polish' } } }, cart, settings)).toMatchObject({
      ok: false,
      refusal: { details: { field: 'MATNR' } },
    });
    expect(
      fields({ oci: { CUST_FIELD1: { from: 'line.customFields.polish' } } }, cart, settings).get(
        'NEW_ITEM-CUST_FIELD1[1]',
      ),
    ).toBe('Lódz');
    expect(form({ oci: { MATNR: { from: 'line.description' } } })).toMatchObject({
      ok: false,
      refusal: { details: { field: 'MATNR' } },
    });
    expect(form({ oci: { LEADTIME: { from: 'line.name' } } })).toMatchObject({
      ok: false,
      refusal: { details: { field: 'LEADTIME' } },
    });
  });

  it('a mapped VENDORMAT replaces an article number that OCI cannot hold; EXT_PRODUCT_ID never does', () => {
    const cart = withLine({ sku: 's'.repeat(41), productKey: 'p'.repeat(41) });
    const all = fields({ oci: { VENDORMAT: { from: 'line.sku', transforms: [{ maxLength: 40 }] } } }, cart);
    expect(all.get('NEW_ITEM-VENDORMAT[1]')).toBe('s'.repeat(40));
    expect(all.has('NEW_ITEM-EXT_PRODUCT_ID[1]')).toBe(false);
  });
});

describe('architecture.md decision 8: classifications', () => {
  it('codes by table, domains chosen and ordered', () => {
    const mapping: ConnectionMapping = {
      classifications: {
        tables: { unspsc: { '31161501': { domain: 'MaterialGroup', code: 'B7' } } },
        domains: ['eClass', 'materialgroup'],
      },
    };
    expect(mapped(mapping, 'cxml').lines[0]?.classifications).toEqual([
      { domain: 'eClass', code: '23-11-01-01' },
      { domain: 'MaterialGroup', code: 'B7' },
    ]);
    expect(fields({ classifications: { domains: ['eClass'] } }).get('NEW_ITEM-EXT_SCHEMA_TYPE[1]')).toBe('ECLASS');
  });

  it('if no line has the domain, the default of cXML stays', () => {
    expect(document({ classifications: { domains: ['none'] } })).toContain(
      '<Classification domain="UNSPSC">00000000</Classification>',
    );
  });
});

describe('architecture.md decision 8: shipping', () => {
  it('cXML: header by default, line or none by setting', () => {
    expect(document({})).toContain(
      '<Total><Money currency="EUR">30.00</Money></Total><Shipping><Money currency="EUR">5.90</Money>',
    );
    const asLine = document({ shipping: 'line' });
    expect(asLine).toContain('<Total><Money currency="EUR">35.90</Money></Total><Tax>');
    expect(asLine).toContain('<SupplierPartID>DHL</SupplierPartID>');
    expect(document({ shipping: 'none' })).toContain('<Total><Money currency="EUR">30.00</Money></Total><Tax>');
  });

  it('OCI: one line by either setting; nothing otherwise', () => {
    const lineCount = (mapping: ConnectionMapping, settings?: object): number =>
      [...fields(mapping, CART, settings).keys()].filter((name) => name.startsWith('NEW_ITEM-PRICE[')).length;
    expect(lineCount({})).toBe(1);
    expect(lineCount({ shipping: 'line' })).toBe(2);
    expect(lineCount({}, { oci: { shippingAsLine: true } })).toBe(2);
    expect(lineCount({ shipping: 'none' }, { oci: { shippingAsLine: true } })).toBe(1);
    expect(lineCount({ shipping: 'line' }, { oci: { shippingAsLine: true } })).toBe(2);
  });
});

describe('architecture.md decision 8: promotions', () => {
  const cart: Cart = {
    ...CART,
    lines: [LINE, { ...LINE, lineId: 'l2', quantity: '7', unitPrice: '0.99' }, promotion({ unitPrice: '-10.00' })],
  };

  it('cXML: a negative line by default; quantity never negative (cxml.md 7.4)', () => {
    expect(document({}, cart)).toContain('<Total><Money currency="EUR">26.93</Money></Total>');
    const turned = document({}, { ...cart, lines: [LINE, promotion({ quantity: '-2', unitPrice: '5.00' })] });
    expect(turned).toContain('<ItemIn quantity="2">');
    expect(turned).toContain('<Money currency="EUR">-5.00</Money></UnitPrice>');
  });

  it('OCI: spread by default, no promotion line, and the tax of the old price is dropped', () => {
    const result = mapped({}, 'oci', cart);
    // 30.00 and 6.93 lose 8.12 and 1.88 (8.1235 and 1.8765 by largest remainder): 21.88 / 3 and 5.05 / 7 with the
    // fewest exact digits.
    expect(result.lines.map(({ unitPrice, taxAmount }) => [unitPrice, taxAmount])).toEqual([
      ['7.293', undefined],
      ['0.721', undefined],
    ]);
    expect(document({ promotions: 'spread' }, cart)).toContain('<Total><Money currency="EUR">26.93</Money></Total>');
  });

  it('refuse: the cart is refused, but one without discount is not', () => {
    const refused = (lines: CartLine[]): unknown =>
      applyMapping({
        cart: { ...CART, lines },
        request: REQUEST,
        connection: connectionWith({ promotions: 'refuse' }),
        protocol: 'cxml',
      });
    expect(refused(cart.lines)).toMatchObject({
      ok: false,
      refusal: { code: 'CART_NOT_ENCODABLE', details: { field: 'promotion' } },
    });
    expect(refused([LINE, promotion({ unitPrice: '0.00' })])).toMatchObject({ ok: true });
  });

  it('spread: parts with the prices of their bundle get the discount; amounts include conversion factors', () => {
    const lines = [
      {
        ...LINE,
        lineId: 'b',
        kind: 'bundle' as const,
        pricedAt: 'itemLevel' as const,
        unitPrice: '0.00',
        quantity: '1',
      },
      {
        ...LINE,
        lineId: 'p',
        parentLineId: 'b',
        quantity: '2',
        unitPrice: '3.00',
        conversionFactor: '5',
        priceUnit: 'piece',
      },
      { ...LINE, lineId: 'q', parentLineId: 'b', quantity: '1', unitPrice: '70.00' },
      promotion({ unitPrice: '-10.00' }),
    ];
    const settled = mapped({ promotions: 'spread' }, 'cxml', { ...CART, lines });
    expect(settled.lines.map(({ lineId, unitPrice, priceUnit }) => [lineId, unitPrice, priceUnit])).toEqual([
      ['b', '0.00', undefined],
      ['p', '2.70', 'EA'],
      ['q', '63.00', undefined],
    ]);
    expect(document({ promotions: 'spread' }, { ...CART, lines })).toContain(
      '<Total><Money currency="EUR">90.00</Money></Total>',
    );
  });

  it('spread: a discount above the price of the articles is refused; exactly that price is accepted', () => {
    const spread = (price: string): unknown =>
      applyMapping({
        cart: { ...CART, lines: [LINE, promotion({ unitPrice: price })] },
        request: REQUEST,
        connection: connectionWith({}),
        protocol: 'oci',
      });
    expect(spread('-30.01')).toMatchObject({ ok: false, refusal: { code: 'CART_NOT_ENCODABLE' } });
    expect(spread('-30.00')).toMatchObject({ ok: true, value: { lines: [{ unitPrice: '0.00' }] } });
  });

  it('spread: if OCI cannot express the unit price, the price of the whole quantity is written', () => {
    // 999.9998 per 20000 would need a PRICEUNIT of 6 digits.
    const dinar = {
      ...CART,
      currency: 'KWD',
      lines: [
        { ...LINE, quantity: '99999', unitPrice: '1000.000', priceBasis: '20000' },
        promotion({ unitPrice: '-0.001' }),
      ],
    };
    expect(mapped({}, 'oci', dinar).lines).toMatchObject([{ unitPrice: '4999.949', priceBasis: '99999' }]);
    const unwritable = applyMapping({
      cart: {
        ...CART,
        lines: [{ ...LINE, quantity: '123456789', unitPrice: '1.00' }, promotion({ unitPrice: '-0.01' })],
      },
      request: REQUEST,
      connection: connectionWith({}),
      protocol: 'oci',
    });
    expect(unwritable).toMatchObject({
      ok: false,
      refusal: { code: 'CART_NOT_ENCODABLE', details: { line: 1, field: 'promotion' } },
    });
  });

  it('a discount that rounds to 0 adds no line to an OCI cart (found by the property test)', () => {
    expect(
      mapped({}, 'oci', {
        ...CART,
        currency: 'JPY',
        lines: [{ ...LINE, unitPrice: '1' }, promotion({ unitPrice: '-0.1' })],
      }).lines,
    ).toMatchObject([{ unitPrice: '1' }]);
  });

  it.each([['0'], ['0.00'], ['-0.00']])(
    'a promotion of %s only shows a code: it is never written, and its code goes with the first article',
    (unitPrice) => {
      const lines = [LINE, promotion({ unitPrice, discountCode: 'FREIGHT' })];
      for (const promotions of ['negative_line', 'spread', 'refuse'] as const) {
        const [line, ...more] = mapped({ promotions }, 'cxml', { ...CART, lines }).lines;
        expect([line?.auxiliaryId, more]).toEqual([
          `${LINE.auxiliaryId}.punchout-code-${Buffer.from('FREIGHT').toString('base64url')}`,
          [],
        ]);
        expect(
          mapped({ promotions }, 'oci', { ...CART, lines }).lines.map(({ sku, auxiliaryId }) => [sku, auxiliaryId]),
        ).toEqual([[LINE.sku, LINE.auxiliaryId]]);
      }
    },
  );

  it('invalid numbers are left to the writer', () => {
    expect(
      mapped({}, 'oci', { ...CART, lines: [{ ...LINE, unitPrice: '1,5' }, promotion({ unitPrice: 'x' })] }).lines,
    ).toHaveLength(2);
  });
});

describe('charges in an edit are not articles (cxml.md 6.1)', () => {
  const cart: Cart = { ...CART, lines: [LINE, promotion()] };

  it('a discount and shipping as a line are marked so that an edit ignores them; articles keep their own ids', () => {
    const { lines } = mapped({ promotions: 'negative_line', shipping: 'line' }, 'cxml', cart);
    expect(lines.map(({ auxiliaryId }) => auxiliaryId)).toEqual([
      'aux-1',
      'punchout-charge-promo',
      'punchout-charge-shipping',
    ]);
    const items = lines.map(({ sku, auxiliaryId }) => ({ supplierPartId: sku, auxiliaryId }));
    expect(withoutCharges(items)).toEqual([{ supplierPartId: 'SKU-1', auxiliaryId: 'aux-1' }]);
  });
});
