import { describe, expect, it } from '@jest/globals';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { parseFlatForm } from '../../../src/protocols/form/parse-flat-form.js';
import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';
import { checkoutAddress } from '../../../src/protocols/repost/repost-fields.js';
import { readRepostForm } from '../../../src/protocols/repost/read-repost-form.js';
import { writeRepostForm } from '../../../src/protocols/repost/repost-protocol.js';
import { rocketExample } from '../../support/clone-calls.js';
import { browserBody } from '../oci/browser-form.js';
import { lineWith } from '../oci/sample-cart.js';

const NUMBERS = new Map([
  ['a', 1145],
  ['b', 3398],
]);
const write = (lines: CartLine[]): ReturnType<typeof writeRepostForm> =>
  writeRepostForm({
    cart: { lines, currency: 'EUR' },
    sessionToken: 'sess-67890',
    endCustomerId: 2,
    categoryNumbers: NUMBERS,
  });
const fieldsOf = (lines: CartLine[]): NameValue[] => {
  const written = write(lines);
  if (!written.ok) throw new Error(written.refusal.reason);
  return written.value;
};

describe('custom store integration, auto-post form: written', () => {
  it('the auto-post example, field by field; end_customer_id and unit price as in the list of fields', () => {
    const [first, second] = [
      lineWith({
        sku: 'ABC-001',
        productKey: '19852',
        name: 'Example description',
        quantity: '2',
        unitPrice: '15.95',
        manufacturerName: '3M',
        categoryIds: ['a', 'b'],
      }),
      lineWith({
        sku: 'XYZ-002',
        productKey: '19854',
        name: 'Another example description',
        quantity: '4.0',
        unitPrice: '10.9',
        manufacturerName: 'DEWALT',
        categoryIds: ['b', 'unknown'],
      }),
    ];
    const body = Buffer.from(browserBody(fieldsOf([first, second]), 'utf-8')).toString('latin1');
    expect(body.split('&').map(decodeURIComponent)).toEqual([
      'session_token=sess-67890',
      'end_customer_id=2',
      'products[0][sku]=ABC-001',
      'products[0][product_id]=19852',
      'products[0][description]=Example+description',
      'products[0][quantity]=2',
      'products[0][price]=15.95',
      'products[0][currency]=EUR',
      'products[0][manufacturer_name]=3M',
      'products[0][category_ids]=1145,3398',
      'products[1][sku]=XYZ-002',
      'products[1][product_id]=19854',
      'products[1][description]=Another+example+description',
      'products[1][quantity]=4',
      'products[1][price]=10.90',
      'products[1][currency]=EUR',
      'products[1][manufacturer_name]=DEWALT',
      'products[1][category_ids]=3398',
    ]);
    const names = readReturnPage(rocketExample('auto-post.html')).loose.map(({ name }) => name);
    expect(
      fieldsOf([first, second])
        .map(({ name }) => name)
        .filter((name) => name !== 'end_customer_id'),
    ).toEqual(names.filter((name) => name !== 'api_key'));
  });

  it.each([1, 25, 1000])('%i items: zero-indexed, byte for byte', (count) => {
    const lines = Array.from({ length: count }, (_, nth) =>
      lineWith({
        lineId: String(nth),
        sku: `S-${nth}`,
        productKey: `P-${nth}`,
        name: `Nr. ${nth} ä€"<&`,
        quantity: String(nth + 1),
        unitPrice: '0.10',
      }),
    );
    const expected = lines.map(
      (_, nth) =>
        `&products%5B${nth}%5D%5Bsku%5D=S-${nth}&products%5B${nth}%5D%5Bproduct_id%5D=P-${nth}&` +
        `products%5B${nth}%5D%5Bdescription%5D=Nr.+${nth}+%C3%A4%E2%82%AC%22%3C%26&` +
        `products%5B${nth}%5D%5Bquantity%5D=${nth + 1}&products%5B${nth}%5D%5Bprice%5D=0.10&` +
        `products%5B${nth}%5D%5Bcurrency%5D=EUR&products%5B${nth}%5D%5Bmanufacturer_name%5D=&` +
        `products%5B${nth}%5D%5Bcategory_ids%5D=`,
    );
    const body = browserBody(fieldsOf(lines), 'utf-8');
    expect(Buffer.from(body).toString('latin1')).toBe(`session_token=sess-67890&end_customer_id=2${expected.join('')}`);
    const pairs = parseFlatForm(body, 'utf-8');
    const form = pairs.ok ? readRepostForm(pairs.value) : pairs;
    if (!form.ok) throw new Error(form.refusal.reason);
    expect(form.value.products.map(({ index, sku, quantity }) => [index, sku, quantity])).toEqual(
      lines.map(({ sku, quantity }, nth) => [nth, sku, quantity]),
    );
  });

  it.each([
    ['10', '1', '10.00'],
    ['12.45', '100', '0.1245'],
    ['1', '3', '0.33'],
    ['0.333333333', '1', '0.333333333'],
  ])('price %s for %s is %s for one, decimal text', (unitPrice, priceBasis, price) => {
    expect(
      fieldsOf([lineWith({ unitPrice, priceBasis, quantity: '1' })]).find(({ name }) => name.endsWith('[price]'))
        ?.value,
    ).toBe(price);
  });

  it('a quantity that is not an integer is refused, with its line', () => {
    expect(write([lineWith(), lineWith({ quantity: '2.5' })])).toMatchObject({
      ok: false,
      refusal: { code: 'CART_NOT_ENCODABLE', details: { line: 2, field: 'quantity' } },
    });
  });

  it('parts of a bundle are not sent', () => {
    expect(
      fieldsOf([
        lineWith({ lineId: 'b', kind: 'bundle' }),
        lineWith({ lineId: 'p', parentLineId: 'b', quantity: '1.5' }),
      ]).filter(({ name }) => name.endsWith('[sku]')),
    ).toHaveLength(1);
  });

  it.each(['https://m.example', 'https://m.example/', 'https://m.example//'])(
    'goes to start-sso-checkout below %s',
    (base) => {
      expect(checkoutAddress(base)).toBe('https://m.example/start-sso-checkout');
    },
  );
});

describe('custom store integration, auto-post form: read', () => {
  it('the example of the specification, without end_customer_id and without a form element', () => {
    const { loose, forms } = readReturnPage(rocketExample('auto-post.html'));
    expect(forms).toEqual([]);
    expect(readRepostForm(loose)).toEqual({
      ok: true,
      value: {
        sessionToken: 'session_token',
        apiKey: 'site-api-key-abc',
        products: [
          {
            index: 0,
            sku: 'ABC-001',
            productId: '19852',
            description: 'Example description',
            quantity: '2',
            price: '31.90',
            currency: 'EUR',
            manufacturerName: '3M',
            categoryIds: [1145, 3398],
          },
          {
            index: 1,
            sku: 'XYZ-002',
            productId: '19854',
            description: 'Another example description',
            quantity: '4',
            price: '10.90',
            currency: 'EUR',
            manufacturerName: 'DEWALT',
            categoryIds: [2146, 3134],
          },
        ],
      },
    });
  });

  const pairs = (text: string): NameValue[] =>
    text.split('&').map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.split('=')[1] ?? '' }));
  const line = (index: string, more = ''): string =>
    `&products[${index}][sku]=A&products[${index}][quantity]=1&products[${index}][price]=1&` +
    `products[${index}][currency]=EUR${more}`;

  it('any order, gaps in the indexes, unknown fields', () => {
    const form = readRepostForm(
      pairs(
        `products[7][color]=red&x=y${line('7')}${line('2')}&products[2][a][b]=1&products[__proto__][sku]=A&` +
          'products[02][sku]=A&session_token=s',
      ),
    );
    expect(form).toMatchObject({ ok: true, value: { sessionToken: 's', products: [{ index: 2 }, { index: 7 }] } });
    expect(form.ok && form.value.products).toHaveLength(2);
  });

  it.each([
    ['session_token', `a=b${line('0')}`],
    ['session_token', `session_token=a&session_token=b${line('0')}`],
    ['end_customer_id', `session_token=a&end_customer_id=x`],
    ['products[0][sku]', `session_token=a${line('0')}&products[0][sku]=B`],
    ['products[3][sku]', 'session_token=a&products[3][quantity]=1&products[3][price]=1&products[3][currency]=EUR'],
    [
      'products[0][quantity]',
      'session_token=a&products[0][sku]=A&products[0][quantity]=0&products[0][price]=1&products[0][currency]=EUR',
    ],
    [
      'products[0][quantity]',
      'session_token=a&products[0][sku]=A&products[0][quantity]=-1&products[0][price]=1&products[0][currency]=EUR',
    ],
    [
      'products[0][price]',
      'session_token=a&products[0][sku]=A&products[0][quantity]=1&products[0][price]=1,5&products[0][currency]=EUR',
    ],
    ['products[0][currency]', 'session_token=a&products[0][sku]=A&products[0][quantity]=1&products[0][price]=1'],
    ['products[0][category_ids]', `session_token=a${line('0', '&products[0][category_ids]=1,x')}`],
  ])('names %s in %s', (field, text) => {
    expect(readRepostForm(pairs(text))).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST', details: { field } },
    });
  });
});
