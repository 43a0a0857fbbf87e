import { describe, expect, it } from '@jest/globals';
import type { ConnectionSettings } from '../../../src/domain/access/connection.js';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { NotCarried } from '../../../src/domain/transmission/transfer-payload.js';
import type { MappedLine } from '../../../src/domain/mapping/mapping.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { parseFlatForm } from '../../../src/protocols/form/parse-flat-form.js';
import { cartOfOciItems } from '../../../src/protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../../src/protocols/oci/read/parse-cart-form.js';
import { writeOciCartFields } from '../../../src/protocols/oci/write/write-cart-form.js';
import { cartWith, requestWith, settingsWith } from './sample-cart.js';
import { describeWithReference, referenceText } from '../../support/reference.js';

const BASE: [string, string][] = [
  ['VENDORMAT', 'A-1'],
  ['DESCRIPTION', 'Bolt'],
  ['QUANTITY', '1'],
  ['UNIT', 'EA'],
  ['PRICE', '10'],
  ['CURRENCY', 'EUR'],
];

function linesOf(fields: NameValue[]): CartLine[] {
  const form = parseOciCart(fields);
  const cart = form.ok ? cartOfOciItems(form.value.items) : form;
  if (!cart.ok) throw new Error(cart.refusal.reason);
  return cart.value.lines;
}

/** One line with these fields in addition to the usual ones. */
const lineOf = (...more: [string, string][]): CartLine[] =>
  linesOf([...BASE, ...more].map(([field, value]) => ({ name: `NEW_ITEM-${field}[1]`, value })));

interface Sent {
  fields: ReadonlyMap<string, string>;
  notCarried: NotCarried[];
}

function send(lines: MappedLine[], settings: ConnectionSettings = settingsWith()): Sent {
  const notCarried: NotCarried[] = [];
  const written = writeOciCartFields({
    cart: cartWith(lines),
    request: requestWith(),
    settings,
    quoteId: 'quote-1',
    notCarried,
  });
  if (!written.ok) throw new Error(written.refusal.reason);
  return {
    fields: new Map(written.value.map(({ name, value }) => [name.replace(/^NEW_ITEM-(.*)\[1\]$/, '$1'), value])),
    notCarried,
  };
}

describeWithReference('cases')('case cart-oci-fields-lost', () => {
  it('every field of the shop is in the form, or reported', () => {
    const form = parseFlatForm(Buffer.from(referenceText('cases/cart-oci-fields-lost.txt')), 'utf-8');
    const { fields, notCarried } = send(linesOf(form.ok ? form.value : []));
    for (const [field, value] of [
      ['MATNR', 'BM-1'],
      ['VENDOR', '1000'],
      ['MANUFACTCODE', 'M1'],
      ['CONTRACT', '4600000001'],
      ['CONTRACT_ITEM', '10'],
      ['ATTACHMENT', 'https://shop.example.com/a.pdf'],
      ['ATTACHMENT_PURPOSE', 'C'],
      ['SLD_SYS_NAME', 'S1'],
      ['CUST_FIELD1', 'c1'],
      ['CUST_FIELD5', 'c5'],
    ] as const)
      expect(fields.get(field)).toBe(value);
    expect(fields.get('EXT_QUOTE_ID')).toBe('quote-1');
    expect(notCarried).toEqual([
      { line: 1, field: 'EXT_QUOTE_ID', reason: 'The field is ours: it links an order to the cart.' },
      { line: 1, field: 'EXT_CATEGORY', reason: 'The line has no EXT_SCHEMA_TYPE, which OCI requires with it.' },
    ]);
  });

  it('counterparty-oci-longtext-spelling: reads every spelling; a line without VENDORMAT uses its description', () => {
    const form = parseFlatForm(Buffer.from(referenceText('cases/counterparty-oci-longtext-spelling.txt')), 'utf-8');
    const lines = linesOf(form.ok ? form.value : []);
    expect(lines).toMatchObject([
      { sku: 'A1', description: 'long', unit: 'PCE' },
      { sku: 'Shipping', productKey: '', name: 'Shipping', unitPrice: '4.95' },
    ]);
  });

  it('cart-oci-longtext-bracket-first: LONGTEXT[1]:132 is the long text of line 1', () => {
    const form = parseFlatForm(Buffer.from(referenceText('cases/cart-oci-longtext-bracket-first.txt')), 'utf-8');
    expect(linesOf(form.ok ? form.value : [])).toMatchObject([{ description: 'long text' }]);
  });
});

describe('fields of an OCI cart from the shop', () => {
  it('the shop has priority over values that the connection sets for all lines', () => {
    expect(send(lineOf(['VENDOR', '1000']), settingsWith({ vendor: '4711' })).fields.get('VENDOR')).toBe('1000');
    expect(send(lineOf(), settingsWith({ vendor: '4711' })).fields.get('VENDOR')).toBe('4711');
  });

  it('the mapping of the connection has priority over the shop, and the replaced value is reported', () => {
    const [line] = lineOf(['VENDOR', '1000'], ['CONTRACT', 'C-1']);
    if (line === undefined) throw new Error('no line');
    const { fields, notCarried } = send([
      {
        ...line,
        outgoing: {
          oci: new Map([
            ['VENDOR', '2000'],
            ['CONTRACT', 'C-1'],
          ]),
        },
      },
    ]);
    expect(fields.get('VENDOR')).toBe('2000');
    expect(notCarried).toEqual([
      { line: 1, field: 'VENDOR', reason: 'The mapping of the connection sets this field.' },
    ]);
  });

  it('a value that oci.md 3 does not allow is left out and reported; a title is cut and reported', () => {
    const { fields, notCarried } = send(
      lineOf(
        ['VENDOR', '12345678901'],
        ['CUST_FIELD1', '12345678901'],
        ['CUST_FIELD4', 'x'.repeat(20)],
        ['MATNR', 'm'.repeat(41)],
        ['ATTACHMENT', 'file.pdf'],
        ['ATTACHMENT_TITLE', 'a'],
        ['CONTRACT_ITEM', '10'],
        ['LEADTIME', '2-3 days'],
        ['SERVICE', 'Service'],
      ),
    );
    expect(notCarried.map(({ field, reason }) => [field, reason])).toEqual([
      ['MATNR', 'The value has 41 characters; OCI allows 40.'],
      ['VENDOR', 'The value has 11 characters; OCI allows 10.'],
      ['ATTACHMENT', 'The value is not allowed by OCI.'],
      ['CUST_FIELD1', 'The value has 11 characters; OCI allows 10.'],
      ['LEADTIME', 'The value is not allowed by OCI.'],
      ['SERVICE', 'The value is not allowed by OCI.'],
      ['CONTRACT_ITEM', 'The line has no CONTRACT, which OCI requires with it.'],
      ['ATTACHMENT_TITLE', 'The line has no ATTACHMENT, which OCI requires with it.'],
    ]);
    expect(fields.get('CUST_FIELD4')).toBe('x'.repeat(20));
    const titled = send(lineOf(['ATTACHMENT', 'https://shop.example.com/a'], ['ATTACHMENT_TITLE', 't'.repeat(256)]));
    expect(titled.fields.get('ATTACHMENT_TITLE')).toBe('t'.repeat(255));
    expect(titled.notCarried).toMatchObject([{ field: 'ATTACHMENT_TITLE' }]);
  });

  it('T18: an unknown field is sent only if the connection lists it, else it is reported', () => {
    const lines = lineOf(['GTIN', '4006381333931'], ['MANUFACTURER', 'Bolt Co']);
    expect(send(lines).notCarried.map(({ field }) => field)).toEqual(['MANUFACTURER', 'GTIN']);
    const { fields, notCarried } = send(
      lines,
      settingsWith({}, { mapping: { ociVendorFields: ['GTIN', 'MANUFACTURER'] } }),
    );
    expect([fields.get('GTIN'), fields.get('MANUFACTURER'), notCarried]).toEqual(['4006381333931', 'Bolt Co', []]);
  });

  it('a material group is sent as MATGROUP, with or without a schema', () => {
    expect(send(lineOf(['MATGROUP', 'NUTS'])).fields.get('MATGROUP')).toBe('NUTS');
    expect(send(lineOf(['MATGROUP', 'NUTS'])).fields.has('EXT_SCHEMA_TYPE')).toBe(false);
    const { fields } = send(
      lineOf(
        ['MATGROUP', 'NUTS'],
        ['EXT_SCHEMA_TYPE', 'ECLASS'],
        ['EXT_CATEGORY_ID', '24-26'],
        ['EXT_CATEGORY', 'Bolts'],
      ),
    );
    expect(
      ['MATGROUP', 'EXT_SCHEMA_TYPE', 'EXT_CATEGORY_ID', 'EXT_CATEGORY'].map((field) => fields.get(field)),
    ).toEqual(['NUTS', 'ECLASS', '24-26', 'Bolts']);
  });

  it('a description outside the charset is no fault in a line without an article', () => {
    const lines = linesOf(
      BASE.slice(1).map(([field, value]) => ({
        name: `NEW_ITEM-${field}[1]`,
        value: field === 'DESCRIPTION' ? '送料' : value,
      })),
    );
    const { fields } = send(lines, settingsWith({ charset: 'iso-8859-1' }));
    expect(fields.has('VENDORMAT')).toBe(false);
    expect(send(lines).fields.get('VENDORMAT')).toBe('送料');
  });
});

describe('an id of more than 40 characters in a line without VENDORMAT', () => {
  const LONG = 'x'.repeat(41);
  const UNNAMED: [string, string][] = [
    ['DESCRIPTION', 'Bolt'],
    ['QUANTITY', '1'],
    ['UNIT', 'EA'],
    ['PRICE', '10'],
    ['CURRENCY', 'EUR'],
  ];
  const sentWith = (...more: [string, string][]): Sent =>
    send(linesOf([...UNNAMED, ...more].map(([field, value]) => ({ name: `NEW_ITEM-${field}[1]`, value }))));

  it.each<[string, [string, string][], string, string | undefined, string[]]>([
    [
      'EXT_PRODUCT_ID: the next id',
      [
        ['EXT_PRODUCT_ID', LONG],
        ['MATNR', 'M-1'],
      ],
      'M-1',
      undefined,
      ['EXT_PRODUCT_ID'],
    ],
    ['EXT_PRODUCT_ID alone: the description', [['EXT_PRODUCT_ID', LONG]], 'Bolt', undefined, ['EXT_PRODUCT_ID']],
    [
      'MATNR: MANUFACTMAT',
      [
        ['MATNR', LONG],
        ['MANUFACTMAT', 'P-1'],
      ],
      'P-1',
      undefined,
      ['EXT_PRODUCT_ID', 'MATNR'],
    ],
    [
      'MANUFACTMAT alone: the description',
      [['MANUFACTMAT', LONG]],
      'Bolt',
      undefined,
      ['MANUFACTMAT', 'EXT_PRODUCT_ID'],
    ],
    [
      'all three: the description',
      [
        ['EXT_PRODUCT_ID', LONG],
        ['MATNR', LONG],
        ['MANUFACTMAT', LONG],
      ],
      'Bolt',
      undefined,
      ['MANUFACTMAT', 'EXT_PRODUCT_ID', 'MATNR'],
    ],
    [
      'none: the first',
      [
        ['EXT_PRODUCT_ID', 'E-1'],
        ['MATNR', LONG],
      ],
      'E-1',
      'E-1',
      ['MATNR'],
    ],
  ])('%s', (_, fields, vendorMat, productId, lost) => {
    const sent = sentWith(...fields);
    expect(sent.fields.get('VENDORMAT')).toBe(vendorMat);
    expect(sent.fields.get('EXT_PRODUCT_ID')).toBe(productId);
    expect(sent.notCarried.map(({ field }) => field)).toEqual(lost);
  });

  it('a VENDORMAT of the shop is an article number: it is refused as usual', () => {
    expect(() => sentWith(['VENDORMAT', LONG], ['MATNR', 'M-1'])).toThrow(
      'the article number is not 1 to 40 characters',
    );
  });
});
