import { describe, expect, it } from '@jest/globals';
import { cartOfOciItems, type OciItemsCart } from '../../../../src/protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../../../src/protocols/oci/read/parse-cart-form.js';
import { expectProportional } from '../../../support/growth.js';

interface Row {
  type?: string;
  parent?: string;
  price?: string;
}

/** Items 1, 2, 3 … of these rows. */
function cartOf(rows: Row[]): OciItemsCart {
  const pair = (field: string, place: number, value: string): { name: string; value: string } => ({
    name: `NEW_ITEM-${field}[${place + 1}]`,
    value,
  });
  const form = parseOciCart(
    rows.flatMap(({ type = '', parent = '', price = '1' }, place) => [
      pair('VENDORMAT', place, `A-${place + 1}`),
      pair('QUANTITY', place, '1'),
      pair('PRICE', place, price),
      pair('CURRENCY', place, 'EUR'),
      pair('ITEM_TYPE', place, type),
      pair('PARENT_ID', place, parent),
    ]),
  );
  const cart = form.ok ? cartOfOciItems(form.value.items) : form;
  if (!cart.ok) throw new Error(cart.refusal.reason);
  return cart.value;
}

const shapeOf = (rows: Row[]): unknown[] =>
  cartOf(rows).lines.map(({ kind, parentLineId, pricedAt }) => [kind, parentLineId, pricedAt]);

describe('bundles of OCI items', () => {
  it('oci.md 3: ITEM_TYPE R, O and L with PARENT_ID give nested bundles and their parts', () => {
    expect(
      shapeOf([{ type: 'R' }, { type: 'O', parent: '1', price: '0' }, { type: 'l', parent: ' 2 ', price: '0' }, {}]),
    ).toEqual([
      ['bundle', undefined, 'groupLevel'],
      ['bundle', '1', 'groupLevel'],
      ['product', '2', undefined],
      ['product', undefined, undefined],
    ]);
  });

  it('a parent is a bundle with any ITEM_TYPE and in any position', () => {
    expect(shapeOf([{ parent: '2', price: '0' }, {}])).toEqual([
      ['product', '2', undefined],
      ['bundle', undefined, 'groupLevel'],
    ]);
  });

  it('the parts have the prices if the bundle is free and a part is not', () => {
    expect(
      shapeOf([
        { type: 'R', price: '0' },
        { parent: '1', price: '5' },
      ]),
    ).toEqual([
      ['bundle', undefined, 'itemLevel'],
      ['product', '1', undefined],
    ]);
    expect(
      shapeOf([
        { type: 'R', price: '0' },
        { parent: '1', price: '0' },
      ]),
    ).toEqual([
      ['bundle', undefined, 'groupLevel'],
      ['product', '1', undefined],
    ]);
  });

  it('parts are separate lines if they and their bundle have prices, and that is reported', () => {
    expect(shapeOf([{ type: 'R' }, { parent: '1' }])).toEqual([
      ['product', undefined, undefined],
      ['product', undefined, undefined],
    ]);
    expect(cartOf([{ type: 'R' }, { parent: '1' }]).notCarried).toEqual([
      {
        line: 2,
        field: 'PARENT_ID',
        reason: 'The bundle and its parts have prices. Both count, and the line becomes a separate line.',
      },
      { line: 1, field: 'ITEM_TYPE', reason: 'The bundle has no parts.' },
    ]);
  });

  it('a PARENT_ID without a matching line is reported, and its line is separate', () => {
    for (const parent of ['9', '1', '0', 'x', '-2', '1.5']) {
      expect(shapeOf([{ parent }])).toEqual([['product', undefined, undefined]]);
      expect(cartOf([{ parent }])).toMatchObject({
        notCarried: [{ line: 1, field: 'PARENT_ID', reason: 'It matches no other line of the cart.' }],
      });
    }
    expect(cartOf([{ type: 'X' }]).notCarried).toEqual([
      { line: 1, field: 'ITEM_TYPE', reason: 'It is not R, O or L.' },
    ]);
  });

  it('a circle of parents is cut at the parent that closes it, and that is reported', () => {
    const { lines, notCarried } = cartOf([
      { parent: '2', price: '0' },
      { parent: '3', price: '0' },
      { parent: '1', price: '0' },
      {},
    ]);
    expect(lines.map(({ parentLineId }) => parentLineId)).toEqual(['2', '3', undefined, undefined]);
    expect(notCarried).toEqual([{ line: 3, field: 'PARENT_ID', reason: 'It makes the line a part of itself.' }]);
  });

  it('T67: a chain of 10,000 parts is cut at 20 levels, in linear time', () => {
    expectProportional(10_000, (length) => {
      const { lines, notCarried } = cartOf(
        Array.from({ length }, (_, place) => ({ parent: String(place), price: '0' })),
      );
      expect(lines.filter(({ parentLineId }) => parentLineId === undefined)).toHaveLength(Math.ceil(length / 21));
      expect(notCarried).toHaveLength(Math.ceil(length / 21));
    });
  });
});
