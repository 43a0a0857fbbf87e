import { describe, expect, it } from '@jest/globals';
import { carriedCodes, carryCodes, readCodes, withoutCode } from '../../../src/domain/cart/carried-codes.js';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import { markCharge, withoutCharges } from '../../../src/domain/cart/discount-codes.js';
import type { ItemKey, SetupRequest } from '../../../src/domain/transmission/setup-request.js';
import { lineWith } from '../../protocols/oci/sample-cart.js';

const request = (items: ItemKey[]): SetupRequest => ({
  deploymentMode: 'production',
  buyer: {},
  extrinsics: [],
  items: items.map((item) => ({ ...item, quantity: '1' })),
});
const article = (id: string, change: Partial<CartLine> = {}): CartLine =>
  lineWith({ lineId: id, sku: `SKU-${id}`, productKey: `key-${id}`, auxiliaryId: `aux-${id}`, ...change });
const promotion = (change: Partial<CartLine>): CartLine =>
  article('promo', { kind: 'promotion', unitPrice: '-1.00', ...change });
const cart = (lines: CartLine[], discountCodes?: string[]): Pick<Cart, 'lines' | 'discountCodes'> => ({
  lines,
  discountCodes,
});
const marked = (key: string, ...codes: string[]): string =>
  `${key}.punchout-code-${Buffer.from(codes.join('\n')).toString('base64url')}`;

describe('codes without a separate line are carried by the articles', () => {
  it.each([
    ['cxml', 'auxiliaryId', 'aux'],
    ['repost', 'productKey', 'key'],
  ] as const)('%s: with each of them, in its id (%s), and they come back', (protocol, field, prefix) => {
    const lines = carryCodes([article('1'), article('2')], cart([], ['A', 'Größe 1']), protocol);
    expect(lines.map((line) => line[field])).toEqual([
      marked(`${prefix}-1`, 'A', 'Größe 1'),
      marked(`${prefix}-2`, 'A', 'Größe 1'),
    ]);
    expect(carriedCodes(lines, protocol)).toEqual(new Set(['A', 'Größe 1']));
    const read = readCodes(request(lines.map((line) => ({ supplierPartId: line.sku, auxiliaryId: line[field] }))));
    expect(read).toMatchObject({
      discountCodes: ['A', 'Größe 1'],
      items: [{ supplierPartId: 'SKU-1', auxiliaryId: `${prefix}-1` }, { auxiliaryId: `${prefix}-2` }],
    });
  });

  it('not by discounts, services and lines left out of a document without bundles', () => {
    const lines = [
      article('b', { kind: 'bundle' }),
      article('p', { parentLineId: 'b' }),
      article('s', { kind: 'service' }),
      promotion({ discountCode: 'SHOWN' }),
    ];
    const [bundle, part, service, discount] = carryCodes(lines, cart(lines, ['A']), 'repost');
    expect([bundle?.productKey, part, service, discount]).toEqual([marked('key-b', 'A'), ...lines.slice(1)]);
  });

  it('by the parts of a bundle that is priced at its parts', () => {
    const lines = [article('b', { kind: 'bundle', pricedAt: 'itemLevel' }), article('p', { parentLineId: 'b' })];
    expect(carryCodes(lines, cart(lines, ['A']), 'repost').map(({ productKey }) => productKey)).toEqual([
      'key-b',
      marked('key-p', 'A'),
    ]);
  });

  it('an article without a product id has them in its other id', () => {
    expect(carryCodes([article('1', { productKey: '' })], cart([], ['A']), 'repost')).toMatchObject([
      { productKey: '', auxiliaryId: marked('aux-1', 'A') },
    ]);
  });

  it('a line without any id returns without any', () => {
    const [line] = carryCodes([article('1', { auxiliaryId: '' })], cart([], ['A']), 'cxml');
    expect(withoutCode({ supplierPartId: 'SKU-1', auxiliaryId: line?.auxiliaryId })).toEqual({
      supplierPartId: 'SKU-1',
      auxiliaryId: undefined,
    });
  });

  it('reads carts that an earlier version sent', () => {
    const auxiliaryId = marked(marked('aux-1', 'A'), 'B');
    expect(readCodes(request([{ supplierPartId: 'X', auxiliaryId }]))).toMatchObject({
      discountCodes: ['A', 'B'],
      items: [{ auxiliaryId: 'aux-1' }],
    });
  });

  it('leaves out a code with a control character: it would be read as several', () => {
    expect(carryCodes([article('1')], cart([], ['A\nB', '']), 'cxml')).toEqual([article('1')]);
  });
});

describe('marks of discount lines', () => {
  it('two lines with one code give it once', () => {
    const items = [promotion({ lineId: 'x', discountCode: 'A' }), promotion({ lineId: 'y', discountCode: 'A' })].map(
      markCharge,
    );
    expect(
      readCodes(request(items.map(({ sku, auxiliaryId }) => ({ supplierPartId: sku, auxiliaryId })))).discountCodes,
    ).toEqual(['A']);
  });

  it.each(['auto', 'code-', 'code-QUJD'])('a line without a code gives none, with any id: %s', (lineId) => {
    const { sku, auxiliaryId } = markCharge(promotion({ lineId }));
    const read = readCodes(request([{ supplierPartId: sku, auxiliaryId }]));
    expect([read.discountCodes, withoutCharges(read.items)]).toEqual([undefined, []]);
  });
});
