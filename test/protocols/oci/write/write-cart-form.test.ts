import { describe, expect, it } from '@jest/globals';
import type { Cart, CartLine } from '../../../../src/domain/cart/cart.js';
import type { OciSettings } from '../../../../src/domain/access/connection.js';
import type { NameValue, OciCallUp } from '../../../../src/domain/transmission/setup-request.js';
import { writeOciCartFields } from '../../../../src/protocols/oci/write/write-cart-form.js';
import { cartWith, lineWith, requestWith, settingsWith } from '../sample-cart.js';

interface Change {
  oci?: Partial<OciCallUp>;
  settings?: Partial<OciSettings>;
  units?: Record<string, string>;
  cart?: Partial<Cart>;
  quoteId?: string;
}

function write(lines: CartLine[], change: Change = {}): ReturnType<typeof writeOciCartFields> {
  return writeOciCartFields({
    cart: cartWith(lines, change.cart),
    request: requestWith(change.oci),
    settings: settingsWith(change.settings, { units: change.units ?? {} }),
    quoteId: change.quoteId ?? 'quote-1',
  });
}

function fieldsOf(lines: CartLine[], change: Change = {}): NameValue[] {
  const written = write(lines, change);
  if (!written.ok) throw new Error(written.refusal.reason);
  return written.value;
}

/** The fields of one line as an object. */
function lineFields(line: Partial<CartLine>, change: Change = {}): Record<string, string> {
  return Object.fromEntries(
    fieldsOf([lineWith(line)], change).map(({ name, value }) => [name.replace(/^NEW_ITEM-|\[1\]$/g, ''), value]),
  );
}

function refusalOf(line: Partial<CartLine>, change: Change = {}): unknown {
  const written = write([lineWith(), lineWith({ lineId: 'second', ...line })], change);
  return written.ok ? 'written' : written.refusal;
}

const refused = (field: string): unknown => ({
  code: 'CART_NOT_ENCODABLE',
  reason: expect.stringMatching(/^Line 2: /),
  details: { line: 2, lineId: 'second', field },
});

describe('OCI return form', () => {
  it('oci.md 3: a complete line, every field by its name', () => {
    const line = lineWith({
      description: 'Long\r\ntext',
      classifications: [
        { domain: 'UNSPSC', code: '12345678' },
        { domain: 'eClass', code: '1' },
      ],
      manufacturerPartId: 'WID-001',
      manufacturerName: 'WidgetCo',
      leadTimeDays: 5,
    });
    expect(fieldsOf([line], { settings: { vendor: '4711' } })).toEqual([
      { name: 'NEW_ITEM-DESCRIPTION[1]', value: 'Premium Widget' },
      { name: 'NEW_ITEM-QUANTITY[1]', value: '2.000' },
      { name: 'NEW_ITEM-UNIT[1]', value: 'EA' },
      { name: 'NEW_ITEM-PRICE[1]', value: '499.990' },
      { name: 'NEW_ITEM-CURRENCY[1]', value: 'EUR' },
      { name: 'NEW_ITEM-PRICEUNIT[1]', value: '1' },
      { name: 'NEW_ITEM-LEADTIME[1]', value: '5' },
      { name: 'NEW_ITEM-LONGTEXT_1:132[]', value: 'Long\ntext' },
      { name: 'NEW_ITEM-VENDOR[1]', value: '4711' },
      { name: 'NEW_ITEM-VENDORMAT[1]', value: 'SKU-001' },
      { name: 'NEW_ITEM-MANUFACTMAT[1]', value: 'WID-001' },
      { name: 'NEW_ITEM-MATGROUP[1]', value: '12345678' },
      { name: 'NEW_ITEM-EXT_SCHEMA_TYPE[1]', value: 'UNSPSC' },
      { name: 'NEW_ITEM-EXT_CATEGORY_ID[1]', value: '12345678' },
      { name: 'NEW_ITEM-EXT_QUOTE_ID[1]', value: 'quote-1' },
      { name: 'NEW_ITEM-EXT_QUOTE_ITEM[1]', value: '1' },
      { name: 'NEW_ITEM-EXT_PRODUCT_ID[1]', value: 'key-1' },
    ]);
  });

  it('oci.md 4: empty fields are omitted', () => {
    expect(Object.keys(lineFields({}))).toEqual([
      'DESCRIPTION',
      'QUANTITY',
      'UNIT',
      'PRICE',
      'CURRENCY',
      'PRICEUNIT',
      'VENDORMAT',
      'EXT_QUOTE_ID',
      'EXT_QUOTE_ITEM',
      'EXT_PRODUCT_ID',
    ]);
  });

  it('oci.md 8.2: index from 1 without gaps; from 0 by setting, LONGTEXT included', () => {
    const lines = [lineWith({ lineId: '7', description: 'x' }), lineWith({ lineId: '3', description: 'y' })];
    const indexes = (startIndex: 0 | 1): string[] =>
      fieldsOf(lines, { settings: { startIndex } })
        .filter(({ name }) => /LONGTEXT|PRICE\[/.test(name))
        .map(({ name }) => name);
    expect(indexes(1)).toEqual([
      'NEW_ITEM-PRICE[1]',
      'NEW_ITEM-LONGTEXT_1:132[]',
      'NEW_ITEM-PRICE[2]',
      'NEW_ITEM-LONGTEXT_2:132[]',
    ]);
    expect(indexes(0)).toEqual([
      'NEW_ITEM-PRICE[0]',
      'NEW_ITEM-LONGTEXT_0:132[]',
      'NEW_ITEM-PRICE[1]',
      'NEW_ITEM-LONGTEXT_1:132[]',
    ]);
  });

  it('oci.md 8.2, 8.3: three decimals, PRICEUNIT always, price basis and scaling', () => {
    expect(lineFields({ quantity: '2.5', unitPrice: '10', priceBasis: '100' })).toMatchObject({
      QUANTITY: '2.500',
      PRICE: '10.000',
      PRICEUNIT: '100',
    });
    expect(lineFields({ unitPrice: '0.0125' })).toMatchObject({ PRICE: '12.500', PRICEUNIT: '1000' });
    expect(lineFields({ unitPrice: '0' })).toMatchObject({ PRICE: '0.000', PRICEUNIT: '1' });
  });

  it('oci.md 8.3, T53: never rounded silently: refused with line and field', () => {
    expect(refusalOf({ unitPrice: '0.123456789' })).toEqual(refused('PRICE'));
    expect(refusalOf({ unitPrice: '123456789012' })).toEqual(refused('PRICE'));
    for (const quantity of ['0.0001', '0', '-1', '123456789012', '1e3'])
      expect(refusalOf({ quantity })).toEqual(refused('QUANTITY'));
  });

  it('oci.md 3: no sign: a promotion below zero is refused with the reason', () => {
    expect(refusalOf({ kind: 'promotion', unitPrice: '-5.00' })).toMatchObject({
      ...(refused('PRICE') as object),
      reason: 'Line 2: the price is negative, and OCI has no sign.',
    });
    expect(lineFields({ kind: 'promotion', unitPrice: '0.00' })).toMatchObject({ PRICE: '0.000' });
  });

  it('oci.md 8.4: DESCRIPTION is cut at 40 characters, the full text goes into LONGTEXT', () => {
    const name = `${'Käse '.repeat(8)}Übermaß`;
    expect(lineFields({ name })).toMatchObject({ DESCRIPTION: 'Käse '.repeat(8), 'LONGTEXT_1:132[]': name });
    expect(lineFields({ name, description: 'Text' })).toMatchObject({ 'LONGTEXT_1:132[]': `${name}\nText` });
    expect(lineFields({ name, description: `${name} and more` })).toMatchObject({
      'LONGTEXT_1:132[]': `${name} and more`,
    });
    expect(lineFields({ name: 'x'.repeat(40) })).not.toHaveProperty('LONGTEXT_1:132[]');
    expect(lineFields({ name: '😀'.repeat(40) }).DESCRIPTION).toBe('😀'.repeat(40));
  });

  it('oci.md 3: DESCRIPTION is one line and never empty', () => {
    expect(lineFields({ name: ' a\r\n\tb ' }).DESCRIPTION).toBe('a b');
    for (const charset of ['utf-8', 'iso-8859-1'] as const)
      expect(lineFields({ name: 'a\u2028b\u0007 \u0007' }, { settings: { charset } }).DESCRIPTION).toBe('a b');
    for (const name of [' ', '', '\u0007 \u0007', '\u200b'])
      expect(lineFields({ name }, { settings: { charset: 'iso-8859-1' } }).DESCRIPTION).toBe('SKU-001');
  });

  it('oci.md 8.5: units from the table of the connection; refused beyond 3 characters', () => {
    expect(lineFields({ unit: 'C62' }, { units: { C62: 'PCE' } }).UNIT).toBe('PCE');
    expect(lineFields({ unit: 'C62' }).UNIT).toBe('C62');
    expect(refusalOf({ unit: 'PIECE' })).toEqual(refused('UNIT'));
    expect(refusalOf({ unit: 'X' }, { units: { X: 'BOXES' } })).toEqual(refused('UNIT'));
    for (const unit of ['', 'constructor', '__proto__']) expect(refusalOf({ unit })).toEqual(refused('UNIT'));
  });

  it('oci.md 8.6: EXT_PRODUCT_ID is product key or SKU, EXT_QUOTE_ID ours, EXT_QUOTE_ITEM the line number', () => {
    expect(lineFields({ productKey: 'k'.repeat(40) }).EXT_PRODUCT_ID).toBe('k'.repeat(40));
    expect(lineFields({ productKey: 'k'.repeat(41) }).EXT_PRODUCT_ID).toBe('SKU-001');
    expect(
      fieldsOf([lineWith(), lineWith()], { settings: { startIndex: 0 } }).filter(({ name }) =>
        name.includes('EXT_QUOTE_ITEM'),
      ),
    ).toEqual([
      { name: 'NEW_ITEM-EXT_QUOTE_ITEM[0]', value: '1' },
      { name: 'NEW_ITEM-EXT_QUOTE_ITEM[1]', value: '2' },
    ]);
    for (const quoteId of ['q'.repeat(36), '', 'a b', 'ä'])
      expect(write([lineWith()], { quoteId })).toMatchObject({
        ok: false,
        refusal: { code: 'CART_NOT_ENCODABLE', details: { field: 'EXT_QUOTE_ID' } },
      });
  });

  it('oci.md 3: article numbers are keys: never cut or transliterated', () => {
    expect(lineFields({ sku: 'a  b ' }).VENDORMAT).toBe('a  b ');
    expect(refusalOf({ sku: 's'.repeat(41) })).toEqual(refused('VENDORMAT'));
    expect(refusalOf({ sku: '' })).toEqual(refused('VENDORMAT'));
    expect(refusalOf({ sku: 'Ł-1' }, { settings: { charset: 'iso-8859-1' } })).toEqual(refused('VENDORMAT'));
    expect(lineFields({ sku: 'Ł-1' }).VENDORMAT).toBe('Ł-1');
    expect(lineFields({ manufacturerPartId: 'm'.repeat(41) })).not.toHaveProperty('MANUFACTMAT');
  });

  it('oci.md 3: MATGROUP takes 10 characters; longer codes go by schema; schema and code only together', () => {
    expect(lineFields({ classifications: [{ domain: 'eClass', code: '24-26-09-01' }] })).toMatchObject({
      EXT_SCHEMA_TYPE: 'ECLASS',
      EXT_CATEGORY_ID: '24-26-09-01',
    });
    expect(lineFields({ classifications: [{ domain: 'eClass', code: '24-26-09-01' }] })).not.toHaveProperty('MATGROUP');
    expect(lineFields({ classifications: [{ domain: 'a domain too long', code: '1234' }] })).toMatchObject({
      MATGROUP: '1234',
    });
    expect(lineFields({ classifications: [{ domain: 'a domain too long', code: '1234' }] })).not.toHaveProperty(
      'EXT_CATEGORY_ID',
    );
    expect(lineFields({ classifications: [{ domain: 'X', code: '1'.repeat(61) }] })).not.toHaveProperty(
      'EXT_SCHEMA_TYPE',
    );
  });

  it('oci.md 3: LEADTIME in whole days of at most 5 digits, SERVICE is X', () => {
    for (const [leadTimeDays, days] of [
      [0, '0'],
      [1.5, '2'],
      [99_999, '99999'],
      [100_000, undefined],
      [-1, undefined],
      [Number.NaN, undefined],
    ] as const)
      expect(lineFields({ leadTimeDays }).LEADTIME).toBe(days);
    expect(lineFields({ kind: 'service' }).SERVICE).toBe('X');
    expect(lineFields({})).not.toHaveProperty('SERVICE');
  });

  it('oci.md 8.1: texts are transliterated to the charset of the form', () => {
    expect(
      lineFields({ name: 'Łódź – 5 €', description: 'ŁŁ' }, { settings: { charset: 'iso-8859-1' } }),
    ).toMatchObject({ DESCRIPTION: 'Lódz - 5 EUR', 'LONGTEXT_1:132[]': 'LL' });
    expect(lineFields({ name: 'Łódź – 5 €' }, { oci: { charset: 'windows-1252' } })).toMatchObject({
      DESCRIPTION: 'Lódz – 5 €',
    });
    expect(lineFields({ name: '€'.repeat(20) }, { settings: { charset: 'iso-8859-1' } }).DESCRIPTION).toHaveLength(40);
  });

  it('oci.md 8.7: ~OkCode, ~TARGET and ~CALLER if received, or always; the constants in any case', () => {
    expect(fieldsOf([], { oci: { okCode: 'DELE', caller: '', target: 'main' } })).toEqual([
      { name: '~OkCode', value: 'ADDI' },
      { name: '~TARGET', value: 'main' },
      { name: '~CALLER', value: 'CTLG' },
    ]);
    expect(fieldsOf([], { oci: { okCode: 'ADDI' } })).toEqual([{ name: '~OkCode', value: 'ADDI' }]);
    expect(fieldsOf([], { settings: { alwaysPassThrough: true } })).toEqual([
      { name: '~OkCode', value: 'ADDI' },
      { name: '~TARGET', value: '_top' },
      { name: '~CALLER', value: 'CTLG' },
    ]);
    expect(fieldsOf([], { oci: { target: 'javascript:alert(1)' } })).toEqual([{ name: '~TARGET', value: '_top' }]);
  });

  it('oci.md 8.10: an empty cart has no NEW_ITEM fields', () => {
    expect(fieldsOf([])).toEqual([]);
  });

  it('shipping is one more line by setting, unless it is free', () => {
    const cart = { shipping: { amount: '4.90', description: 'Parcel', code: 'DHL' } };
    expect(fieldsOf([lineWith()], { cart })).toHaveLength(10);
    const fields = fieldsOf([lineWith()], { cart, settings: { shippingAsLine: true } });
    expect(fields.slice(10)).toEqual([
      { name: 'NEW_ITEM-DESCRIPTION[2]', value: 'Parcel' },
      { name: 'NEW_ITEM-QUANTITY[2]', value: '1.000' },
      { name: 'NEW_ITEM-UNIT[2]', value: 'EA' },
      { name: 'NEW_ITEM-PRICE[2]', value: '4.900' },
      { name: 'NEW_ITEM-CURRENCY[2]', value: 'EUR' },
      { name: 'NEW_ITEM-PRICEUNIT[2]', value: '1' },
      { name: 'NEW_ITEM-VENDORMAT[2]', value: 'DHL' },
      { name: 'NEW_ITEM-SERVICE[2]', value: 'X' },
      { name: 'NEW_ITEM-EXT_QUOTE_ID[2]', value: 'quote-1' },
      { name: 'NEW_ITEM-EXT_QUOTE_ITEM[2]', value: '2' },
    ]);
    expect(
      fieldsOf([lineWith()], {
        cart: { shipping: { amount: '0.00', description: 'Free' } },
        settings: { shippingAsLine: true },
      }),
    ).toHaveLength(10);
  });

  it('oci.md 3: bundles: parts are named in the long text, and sent as lines with price 0 only to OCI 5.0', () => {
    const lines = [
      lineWith({ lineId: 'p1', parentLineId: 'b', sku: 'PART-1', name: 'Screw', quantity: '4' }),
      lineWith({ lineId: 'a' }),
      lineWith({ lineId: 'b', kind: 'bundle', sku: 'SET', name: 'Set', description: 'All of it' }),
      lineWith({ lineId: 'p2', parentLineId: 'b', kind: 'bundle', sku: 'PART-2', name: 'Box' }),
      lineWith({ lineId: 'p3', parentLineId: 'p2', sku: 'PART-3', name: 'Nail' }),
    ];
    const pick = (fields: NameValue[], field: string): string[] =>
      fields
        .filter(({ name }) => name.startsWith(`NEW_ITEM-${field}`))
        .map(({ name, value }) => `${name.replace(/^.*\[/, '[')}${value}`);
    const flat = fieldsOf(lines, { oci: { version: '4.0' } });
    expect(pick(flat, 'VENDORMAT')).toEqual(['[1]SKU-001', '[2]SET']);
    expect(pick(flat, 'LONGTEXT')).toEqual(['[]All of it\n4 x PART-1 Screw\n2 x PART-2 Box\n2 x PART-3 Nail']);
    expect(pick(flat, 'ITEM_TYPE')).toEqual([]);
    const tree = fieldsOf(lines, { oci: { version: '5.0' } });
    expect(pick(tree, 'VENDORMAT')).toEqual(['[1]SKU-001', '[2]SET', '[3]PART-1', '[4]PART-2', '[5]PART-3']);
    expect(pick(tree, 'ITEM_TYPE')).toEqual(['[2]R', '[3]L', '[4]O', '[5]L']);
    expect(pick(tree, 'PARENT_ID')).toEqual(['[3]2', '[4]2', '[5]4']);
    expect(pick(tree, 'PRICE[')).toEqual(['[1]499.990', '[2]499.990', '[3]0.000', '[4]0.000', '[5]0.000']);
    expect(pick(tree, 'LONGTEXT')).toEqual(['[]All of it']);
  });

  it('oci.md 3: a part without its bundle, a line of a circle, and a line in itself are separate lines', () => {
    for (const version of ['4.0', '5.0']) {
      const circle = [
        lineWith({ lineId: 'a', parentLineId: 'b' }),
        lineWith({ lineId: 'b', parentLineId: 'a' }),
        lineWith({ lineId: 'c', parentLineId: 'c' }),
        lineWith({ lineId: 'd', parentLineId: 'gone' }),
        lineWith({ lineId: 'e', parentLineId: '0' }),
      ];
      const fields = fieldsOf(circle, { oci: { version } });
      expect(
        fields.filter(({ name, value }) => name.startsWith('NEW_ITEM-PRICE[') && value === '499.990'),
      ).toHaveLength(5);
      expect(fields.filter(({ name }) => /ITEM_TYPE|PARENT_ID/.test(name))).toEqual([]);
    }
  });

  it('oci.md 3: parts with their own prices: under their bundle at 0 for OCI 5.0, without it for others', () => {
    const lines = [
      lineWith({ lineId: 'b', kind: 'bundle', pricedAt: 'itemLevel', sku: 'SET', unitPrice: '7.00', quantity: '1' }),
      lineWith({ lineId: 'p1', parentLineId: 'b', sku: 'PART-1', unitPrice: '30.00', quantity: '2' }),
      lineWith({ lineId: 'p2', parentLineId: 'b', sku: 'PART-2', unitPrice: '40.00', quantity: '1', kind: 'bundle' }),
      lineWith({ lineId: 'p3', parentLineId: 'p2', sku: 'PART-3', unitPrice: '1.00', quantity: '9' }),
    ];
    const pick = (version: string, field: string): string[] =>
      fieldsOf(lines, { oci: { version } })
        .filter(({ name }) => name.startsWith(`NEW_ITEM-${field}[`))
        .map(({ value }) => value);
    expect([pick('4.0', 'VENDORMAT'), pick('4.0', 'PRICE'), pick('4.0', 'ITEM_TYPE')]).toEqual([
      ['PART-1', 'PART-2'],
      ['30.000', '40.000'],
      [],
    ]);
    expect([pick('5.0', 'VENDORMAT'), pick('5.0', 'PRICE')]).toEqual([
      ['SET', 'PART-1', 'PART-2', 'PART-3'],
      ['0.000', '30.000', '40.000', '0.000'],
    ]);
    expect([pick('5.0', 'ITEM_TYPE'), pick('5.0', 'PARENT_ID')]).toEqual([
      ['R', 'L', 'O', 'L'],
      ['1', '1', '3'],
    ]);
  });

  it('oci.md 8.3: the price of one order unit includes the conversion factor exactly, or the line is refused', () => {
    const priced = (change: Partial<CartLine>): unknown => {
      const written = write([lineWith({ quantity: '3', unit: 'BX', priceUnit: 'EA', ...change })]);
      return written.ok
        ? written.value.filter(({ name }) => /-(PRICE|PRICEUNIT)\[/.test(name)).map(({ value }) => value)
        : written.refusal.details;
    };
    expect(priced({ unitPrice: '2.00', conversionFactor: '10' })).toEqual(['20.000', '1']);
    expect(priced({ unitPrice: '12.35', priceBasis: '100', conversionFactor: '7' })).toEqual(['86.450', '100']);
    expect(priced({ unitPrice: '0.0125', conversionFactor: '0.5' })).toEqual(['6.250', '1000']);
    expect(priced({ unitPrice: '0.123456789', conversionFactor: '0.1' })).toMatchObject({ field: 'PRICE' });
  });

  it('oci.md 3: refuses an invalid cart currency', () => {
    expect(write([], { cart: { currency: 'Euro' } })).toMatchObject({
      ok: false,
      refusal: { details: { field: 'CURRENCY' } },
    });
  });

  it('T18: no text of the cart becomes part of a name', () => {
    const evil = 'NEW_ITEM-PRICE[2]=0.010&x"]<input name="NEW_ITEM-PRICE[2]';
    const fields = fieldsOf([
      lineWith({
        name: evil,
        description: evil,
        sku: evil.slice(0, 40),
        productKey: evil,
        lineId: evil,
        customFields: { 'NEW_ITEM-PRICE[2]': '1' },
        classifications: [{ domain: 'NEW_ITEM-', code: evil.slice(0, 10) }],
      }),
    ]);
    for (const { name } of fields) expect(name).toMatch(/^NEW_ITEM-(?:[A-Z_]+\[1\]|LONGTEXT_1:132\[\])$/);
  });
});
