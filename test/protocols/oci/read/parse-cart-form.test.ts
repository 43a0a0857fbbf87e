import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { NameValue } from '../../../../src/domain/transmission/setup-request.js';
import { parseFlatForm } from '../../../../src/protocols/form/parse-flat-form.js';
import { readReturnPage } from '../../../../src/protocols/form/read-return-page.js';
import { cartOfOciItems } from '../../../../src/protocols/oci/read/cart-of-items.js';
import type { OciCart } from '../../../../src/protocols/oci/read/oci-item.js';
import { parseOciCart, itemFieldName } from '../../../../src/protocols/oci/read/parse-cart-form.js';
import { cartTotal } from '../../../../src/domain/cart/cart-total.js';
import { describeWithReference, referenceText } from '../../../support/reference.js';
import { expectProportional } from '../../../support/growth.js';

function read(fields: [string, string][]): OciCart {
  const parsed = parseOciCart(fields.map(([name, value]) => ({ name, value })));
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.value;
}

const refusalOf = (...fields: [string, string][]): unknown =>
  parseOciCart(fields.map(([name, value]) => ({ name, value })));

describe('OCI cart reader', () => {
  it('oci.md 5: orders items by index; gaps and zero are allowed', () => {
    const cart = read([
      ['NEW_ITEM-DESCRIPTION[10]', 'c'],
      ['NEW_ITEM-DESCRIPTION[2]', 'b'],
      ['NEW_ITEM-DESCRIPTION[0]', 'a'],
      ['NEW_ITEM-VENDORMAT[2]', 'B'],
    ]);
    expect(cart.items.map(({ index, description, vendorMat }) => [index, description, vendorMat])).toEqual([
      [0, 'a', undefined],
      [2, 'b', 'B'],
      [10, 'c', undefined],
    ]);
  });

  it('oci.md 5: blanks around numbers, decimal comma, leading zeros; PRICEUNIT empty is 1', () => {
    expect(
      read([
        ['NEW_ITEM-QUANTITY[1]', ' 12 '],
        ['NEW_ITEM-PRICE[1]', '00000001730,900'],
        ['NEW_ITEM-PRICEUNIT[1]', '  '],
        ['NEW_ITEM-LEADTIME[1]', ' 5 '],
      ]).items,
    ).toEqual([
      { index: 1, quantity: '12', price: '1730.900', priceUnit: '1', leadTimeDays: 5, service: false, unknown: [] },
    ]);
    for (const [text, unit] of [
      ['1.0', '1'],
      ['100 ', '100'],
      ['1.000', '1'],
      ['00010', '10'],
    ] as const)
      expect(
        read([
          ['NEW_ITEM-PRICE[1]', '1'],
          ['NEW_ITEM-PRICEUNIT[1]', text],
        ]).items[0]?.priceUnit,
      ).toBe(unit);
  });

  it('oci.md 3: reads LONGTEXT in all its spellings, rows joined', () => {
    const cart = read([
      ['NEW_ITEM-LONGTEXT_1:132[]', 'a'],
      ['NEW_ITEM-LONGTEXT_2:132[2]', 'b'],
      ['NEW_ITEM-LONGTEXT:132[3]', 'c'],
      ['NEW_ITEM-LONGTEXT[4]', 'd'],
      ['NEW_ITEM-LONGTEXT_5:132[][5]', 'e'],
      ['NEW_ITEM-LONGTEXT_6:132', 'f'],
      ['NEW_ITEM-LONGTEXT_1:132[]', 'a2'],
    ]);
    expect(cart.items.map(({ index, longText }) => [index, longText])).toEqual([
      [1, 'a\na2'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
      [5, 'e'],
      [6, 'f'],
    ]);
    expect(itemFieldName('NEW_ITEM-LONGTEXT_7:132[8]')).toEqual({ field: 'LONGTEXT', index: 7 });
  });

  it('oci.md 3: reads every field of the table, in any case', () => {
    const texts = (
      'DESCRIPTION MATNR UNIT CURRENCY VENDOR VENDORMAT MANUFACTCODE MANUFACTMAT MATGROUP CONTRACT CONTRACT_ITEM ' +
      'EXT_QUOTE_ID EXT_QUOTE_ITEM EXT_PRODUCT_ID ATTACHMENT ATTACHMENT_TITLE ATTACHMENT_PURPOSE EXT_SCHEMA_TYPE ' +
      'EXT_CATEGORY_ID EXT_CATEGORY SLD_SYS_NAME CUST_FIELD1 CUST_FIELD2 CUST_FIELD3 CUST_FIELD4 CUST_FIELD5 ' +
      'ITEM_TYPE PARENT_ID'
    ).split(' ');
    const item = read([
      ...texts.map((field): [string, string] => [`new_item-${field.toLowerCase()}[1]`, field]),
      ['NEW_ITEM-SERVICE[1]', 'x'],
    ]).items[0];
    expect(item?.unknown).toEqual([]);
    expect(item?.service).toBe(true);
    const camel = (field: string): string =>
      field
        .toLowerCase()
        .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
        .replace(/_(\d)/, '$1')
        .replace(
          /^(vendor|manufact|mat)(mat|code|group)$/,
          (_, a: string, b: string) => a + b[0]?.toUpperCase() + b.slice(1),
        );
    for (const field of texts) expect(item).toHaveProperty(camel(field), field);
  });

  it('keeps unknown fields and values that are not allowed', () => {
    expect(
      read([
        ['NEW_ITEM-GTIN[1]', '2000'],
        ['NEW_ITEM-SERVICE[1]', 'Service'],
        ['NEW_ITEM-LEADTIME[1]', '2-3 Tage'],
        ['NEW_ITEM-CUST_FIELD17[1]', ' '],
      ]).items[0]?.unknown,
    ).toEqual([
      { name: 'GTIN', value: '2000' },
      { name: 'SERVICE', value: 'Service' },
      { name: 'LEADTIME', value: '2-3 Tage' },
    ]);
  });

  it('passes through all other fields in order, and skips empty items', () => {
    expect(
      read([
        ['~OkCode', 'ADDI'],
        ['NEW_ITEM-PRICE[1]', ''],
        ['HEADER-PAGE', '1'],
        ['NEW_ITEM_CERT', 'x'],
        ['~CALLER', 'CTLG'],
      ]),
    ).toEqual({
      items: [],
      passThrough: [
        { name: '~OkCode', value: 'ADDI' },
        { name: 'HEADER-PAGE', value: '1' },
        { name: 'NEW_ITEM_CERT', value: 'x' },
        { name: '~CALLER', value: 'CTLG' },
      ],
    });
  });

  it('T32: an item keeps its own price if another has none', () => {
    expect(
      read([
        ['NEW_ITEM-PRICE[2]', '5'],
        ['NEW_ITEM-DESCRIPTION[1]', 'a'],
        ['NEW_ITEM-DESCRIPTION[2]', 'b'],
      ]).items,
    ).toMatchObject([
      { index: 1, description: 'a' },
      { index: 2, price: '5' },
    ]);
  });

  it('T53: an invalid number is refused with index and field', () => {
    for (const value of ['abc', '-1', '1e3', '0x10', '1.234,50', '1 000', '123456789012']) {
      for (const field of ['PRICE', 'QUANTITY', 'PRICEUNIT']) {
        expect(refusalOf([`NEW_ITEM-${field}[7]`, value])).toMatchObject({
          ok: false,
          refusal: { code: 'INVALID_REQUEST', details: { index: 7, field } },
        });
      }
    }
    for (const value of ['0', '1.5', '0.000'])
      expect(refusalOf(['NEW_ITEM-PRICEUNIT[1]', value])).toMatchObject({
        ok: false,
        refusal: { details: { index: 1, field: 'PRICEUNIT' } },
      });
  });

  it('T32: a field with two values is refused, with the same value twice it is not', () => {
    expect(refusalOf(['NEW_ITEM-PRICE[1]', '1'], ['NEW_ITEM-price[01]', '2'])).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST', details: { index: 1, field: 'PRICE' } },
    });
    expect(refusalOf(['NEW_ITEM-PRICE[1]', '1'], ['NEW_ITEM-PRICE[1]', '1'])).toMatchObject({ ok: true });
    expect(refusalOf(['NEW_ITEM-PRICE[1]', ''], ['NEW_ITEM-PRICE[1]', '1'])).toMatchObject({ ok: true });
  });

  it.each<[string, string, string, boolean]>([
    ['PRICE', '10.00', '10.000', true],
    ['PRICE', '10,5', ' 10.50', true],
    ['QUANTITY', '1', '01.0', true],
    ['PRICEUNIT', '1', '1.0', true],
    ['LEADTIME', '3', '3.0', true],
    ['CURRENCY', 'eur', 'EUR', true],
    ['SERVICE', 'x', 'X', true],
    ['PRICE', '10.00', '10.001', false],
    ['VENDORMAT', '10.00', '10.000', false],
    ['VENDORMAT', 'a', 'A', false],
  ])('T32: %s as %j and %j', (field, one, other, isSame) => {
    const read = refusalOf([`NEW_ITEM-${field}[1]`, one], [`NEW_ITEM-${field}[1]`, other]);
    expect(read).toMatchObject(
      isSame
        ? { ok: true }
        : {
            ok: false,
            refusal: { reason: `NEW_ITEM-${field}[1] comes twice with two values: "${one}" and "${other}".` },
          },
    );
  });

  it.each([
    ['PRICE', '-1'],
    ['QUANTITY', 'abc'],
    ['PRICEUNIT', '0'],
  ])('a %s of %j is shown in its refusal', (field, value) => {
    expect(refusalOf([`NEW_ITEM-${field}[7]`, value])).toMatchObject({
      refusal: { reason: expect.stringContaining(`: "${value}".`) },
    });
    expect(refusalOf([`NEW_ITEM-${field}[7]`, 'x'.repeat(99)])).toMatchObject({
      refusal: { reason: expect.stringContaining(`: "${'x'.repeat(40)}".`) },
    });
  });

  it('refuses item fields without a readable index', () => {
    for (const name of [
      'NEW_ITEM-PRICE',
      'NEW_ITEM-PRICE[]',
      'NEW_ITEM-PRICE[-1]',
      'NEW_ITEM-PRICE[1e3]',
      'NEW_ITEM-PRICE[abc]',
      'NEW_ITEM-PRICE[1][2]',
      'NEW_ITEM-PRICE[1',
      'NEW_ITEM-PRICE[1234567890]',
      'NEW_ITEM-[1]',
      'NEW_ITEM-LONGTEXT',
      'NEW_ITEM-LONGTEXT_:132[]',
    ]) {
      expect([name, refusalOf([name, '1'])]).toEqual([
        name,
        expect.objectContaining({
          ok: false,
          refusal: expect.objectContaining({ code: 'INVALID_REQUEST', details: { field: name } }),
        }),
      ]);
    }
  });

  it('T32: foreign names do not change prototypes', () => {
    const item = read([
      ['NEW_ITEM-__proto__[1]', 'x'],
      ['NEW_ITEM-constructor[1]', 'y'],
    ]).items[0];
    expect(item?.unknown).toEqual([
      { name: '__PROTO__', value: 'x' },
      { name: 'CONSTRUCTOR', value: 'y' },
    ]);
  });

  it('architecture.md section 5: reads 10,000 lines within a second and refuses 10,001', () => {
    const line = (n: number): NameValue[] =>
      [
        'DESCRIPTION',
        'QUANTITY',
        'UNIT',
        'PRICE',
        'CURRENCY',
        'PRICEUNIT',
        'LEADTIME',
        'VENDORMAT',
        'MATGROUP',
        'MANUFACTMAT',
      ].map((field) => ({ name: `NEW_ITEM-${field}[${n}]`, value: '1' }));
    const fields = Array.from({ length: 10_000 }, (_, n) => line(n + 1)).flat();
    const body = (length: number): Buffer =>
      Buffer.from(
        new URLSearchParams(
          fields.slice(0, 10 * length).map(({ name, value }): [string, string] => [name, value]),
        ).toString(),
      );
    const bodies = new Map([1_250, 10_000].map((length) => [length, body(length)]));
    expectProportional(10_000, (length) => {
      const form = parseFlatForm(bodies.get(length) ?? Buffer.of(), 'utf-8');
      const cart = form.ok ? parseOciCart(form.value) : form;
      expect(cart.ok && 'items' in cart.value && cart.value.items.length).toBe(length);
    });
    expect(parseOciCart([...fields, ...line(0)])).toMatchObject({ ok: false, refusal: { code: 'REQUEST_TOO_LARGE' } });
  });
});

describe('cart of OCI items', () => {
  it('names index and field of a missing value', () => {
    const complete: [string, string][] = [
      ['QUANTITY', '1'],
      ['PRICE', '2'],
      ['CURRENCY', 'EUR'],
      ['VENDORMAT', 'a'],
    ];
    for (const [field] of complete) {
      const fields = complete
        .filter(([name]) => name !== field)
        .map(([name, value]): [string, string] => [`NEW_ITEM-${name}[3]`, value]);
      expect(cartOfOciItems(read(fields).items)).toMatchObject({
        ok: false,
        refusal: { code: 'INVALID_REQUEST', details: { index: 3, field } },
      });
    }
  });

  it('refuses two currencies in one cart and a quantity of 0', () => {
    const line = (n: number, currency: string, quantity: string): [string, string][] => [
      [`NEW_ITEM-QUANTITY[${n}]`, quantity],
      [`NEW_ITEM-PRICE[${n}]`, '1'],
      [`NEW_ITEM-CURRENCY[${n}]`, currency],
      [`NEW_ITEM-VENDORMAT[${n}]`, 'a'],
    ];
    expect(cartOfOciItems(read([...line(1, 'EUR', '1'), ...line(2, 'USD', '1')]).items)).toMatchObject({
      ok: false,
      refusal: { details: { index: 2, field: 'CURRENCY' } },
    });
    expect(cartOfOciItems(read(line(1, 'EUR', '0.000')).items)).toMatchObject({
      ok: false,
      refusal: { details: { index: 1, field: 'QUANTITY' } },
    });
  });

  it('explains a wrong currency and a wrong quantity', () => {
    const reasonOf = (...more: [string, string][]): string | undefined => {
      const cart = cartOfOciItems(read([['NEW_ITEM-PRICE[1]', '1'], ['NEW_ITEM-VENDORMAT[1]', 'a'], ...more]).items);
      return cart.ok ? undefined : cart.refusal.reason;
    };
    expect(reasonOf(['NEW_ITEM-CURRENCY[1]', 'EUR'])).toBe('NEW_ITEM-QUANTITY[1] is missing.');
    expect(reasonOf(['NEW_ITEM-CURRENCY[1]', 'EUR'], ['NEW_ITEM-QUANTITY[1]', '0'])).toBe('NEW_ITEM-QUANTITY[1] is 0.');
    expect(reasonOf(['NEW_ITEM-QUANTITY[1]', '1'])).toBe('NEW_ITEM-CURRENCY[1] is missing.');
    expect(reasonOf(['NEW_ITEM-QUANTITY[1]', '1'], ['NEW_ITEM-CURRENCY[1]', 'Euro'])).toBe(
      'NEW_ITEM-CURRENCY[1] is not a currency code: "EURO".',
    );
    expect(
      reasonOf(
        ['NEW_ITEM-QUANTITY[1]', '1'],
        ['NEW_ITEM-CURRENCY[1]', 'EUR'],
        ['NEW_ITEM-QUANTITY[2]', '1'],
        ['NEW_ITEM-PRICE[2]', '1'],
        ['NEW_ITEM-VENDORMAT[2]', 'a'],
        ['NEW_ITEM-CURRENCY[2]', 'USD'],
      ),
    ).toBe('NEW_ITEM-CURRENCY[2] is USD, and the items before have EUR.');
  });

  it('oci.md 3: prefers the schema to the material group', () => {
    const line = (...more: [string, string][]): [string, string][] => [
      ['NEW_ITEM-QUANTITY[1]', '1'],
      ['NEW_ITEM-PRICE[1]', '1'],
      ['NEW_ITEM-CURRENCY[1]', 'eur '],
      ['NEW_ITEM-MATNR[1]', 'm'],
      ['NEW_ITEM-CUST_FIELD4[1]', 'c'],
      ['NEW_ITEM-MATGROUP[1]', '12345678'],
      ...more,
    ];
    expect(cartOfOciItems(read(line()).items)).toMatchObject({
      ok: true,
      value: {
        currency: 'EUR',
        lines: [
          {
            sku: 'm',
            unit: 'EA',
            name: 'm',
            customFields: { CUST_FIELD4: 'c' },
            classifications: [{ domain: 'UNSPSC', code: '12345678' }],
          },
        ],
      },
    });
    expect(
      cartOfOciItems(
        read(line(['NEW_ITEM-EXT_SCHEMA_TYPE[1]', 'ECLASS'], ['NEW_ITEM-EXT_CATEGORY_ID[1]', '24-26'])).items,
      ),
    ).toMatchObject({ value: { lines: [{ classifications: [{ domain: 'ECLASS', code: '24-26' }] }] } });
  });
});

describeWithReference('oci')('OCI carts of others', () => {
  const html = (name: string): OciCart => {
    const page = readReturnPage(referenceText(`oci/samples/${name}.html`));
    const parsed = parseOciCart(page.forms[0]?.fields ?? page.loose);
    if (!parsed.ok) throw new Error(parsed.refusal.reason);
    return parsed.value;
  };
  const json = (name: string): OciCart =>
    read(JSON.parse(referenceText(`oci/samples/${name}.json`)) as [string, string][]);

  it('oci.md 5: cart_meplato_gap_in_indexes', () => {
    expect(html('cart_meplato_gap_in_indexes').items.map(({ index }) => index)).toEqual([1, 3, 4]);
  });

  it('oci.md 5: cart_meplato_valid_html_with_quotes', () => {
    expect(html('cart_meplato_valid_html_with_quotes').items).toMatchObject([{ description: '19" Rack' }]);
  });

  it('oci.md 3: cart_meplato_valid_invalid_longtext_html', () => {
    expect(html('cart_meplato_valid_invalid_longtext_html').items.map(({ longText }) => longText)).toEqual([
      'Ein tolles Notebook von Apple.',
      'Der elegante Desktop-Rechner von Apple.',
      'Der Profi-Rechner von Apple.',
      'Das Pro Tablet von Apple.',
      'Das iPhone 7 Plus. Weil größer ist besser.',
    ]);
  });

  it('oci.md 3: cart_meplato_valid_long_html', () => {
    expect(html('cart_meplato_valid_long_html').items).toMatchObject([
      {
        index: 1,
        description: 'Apple MacBook Air 11"',
        quantity: '1.00',
        unit: 'PCE',
        price: '999.90',
        currency: 'EUR',
        priceUnit: '1',
        leadTimeDays: 7,
        vendor: 'Apple',
        vendorMat: 'MBA11',
        matGroup: 'NOTEBOOK',
        service: false,
        unknown: [{ name: 'GTIN', value: '2000111096426' }],
      },
      { index: 2, service: true, unknown: [{ name: 'GTIN', value: '4060838384365' }] },
    ]);
  });

  it('oci.md 5: cart_meplato_valid_multiple_html and cart_meplato_valid_single_html', () => {
    expect(html('cart_meplato_valid_multiple_html').items.map(({ description }) => description)).toEqual([
      'Description 1',
      'Description 2',
      'Description 3',
    ]);
    expect(html('cart_meplato_valid_single_html').items).toHaveLength(1);
  });

  it('oci.md 5: cart_meplato_comma_decimal and cart_meplato_whitespace_numbers', () => {
    expect(json('cart_meplato_comma_decimal').items).toMatchObject([{ price: '780.12' }]);
    expect(json('cart_meplato_whitespace_numbers').items).toMatchObject([
      { price: '780.00', priceUnit: '100', quantity: '12' },
    ]);
  });

  it('oci.md 4: cart_meplato_business_cards: empty fields are ignored', () => {
    expect(json('cart_meplato_business_cards').items).toEqual([
      {
        index: 1,
        description: 'Visitenkarten',
        currency: 'EUR',
        leadTimeDays: 10,
        longText: 'Standard Visitenkarte deutsch 200 St. ',
        quantity: '1',
        price: '16.18',
        priceUnit: '1',
        vendor: '9999',
        vendorMat: '1517',
        matGroup: '24-26-09-01',
        unit: 'EA',
        service: false,
        unknown: [],
      },
    ]);
  });

  it('oci.md 2: both background searches', () => {
    expect(html('background-search_meplato-connect').items).toHaveLength(2);
    const real = html('background-search_real_world');
    expect(real.items).toHaveLength(10);
    expect(real.items[0]).toMatchObject({ price: '1730.900', priceUnit: '1', quantity: '1.0' });
    expect(real.passThrough.map(({ name }) => name)).toEqual([
      '_snowman',
      'authenticity_token',
      'HEADER-PAGE',
      'HEADER-PER_PAGE',
      'HEADER-TOTAL_PAGES',
      'HEADER-TOTAL_RESULTS',
    ]);
  });
});

it('PunchFlow: its OCI transfer, byte for byte, as one form', () => {
  const block = readFileSync('test/fixtures/punchflow-oci-transfer.txt', 'utf8').trimEnd();
  const form = parseFlatForm(Buffer.from(block.split('\n').join('&')), 'utf-8');
  const cart = form.ok ? parseOciCart(form.value) : undefined;
  const lines = cart?.ok ? cartOfOciItems(cart.value.items) : undefined;
  expect(lines).toMatchObject({
    ok: true,
    value: {
      currency: 'EUR',
      lines: [
        {
          sku: 'SKU-001',
          name: 'Premium Widget',
          quantity: '2',
          unitPrice: '499.99',
          unit: 'EA',
          leadTimeDays: 5,
          manufacturerName: 'WidgetCo',
          manufacturerPartId: 'WID-001',
          classifications: [{ domain: 'UNSPSC', code: '12345678' }],
        },
        { sku: 'SKU-002', name: 'Standard Gadget', quantity: '1', unitPrice: '300.01', unit: 'EA' },
      ],
    },
  });
  expect(lines?.ok && cartTotal(lines.value.lines, lines.value.currency)).toBe('1299.99');
});
