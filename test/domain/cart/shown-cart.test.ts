import { describe, expect, it } from '@jest/globals';
import type { Cart, CartNotice } from '../../../src/domain/cart/cart.js';
import { type ShownCart, shownCartOf, unknownChanges } from '../../../src/domain/cart/shown-cart.js';

const line = (sku: string, quantity = '1', more: object = {}): Cart['lines'][number] => ({
  lineId: `line-${sku}`, kind: 'product', sku, productKey: sku, auxiliaryId: sku, quantity, unitPrice: '1.00', priceBasis: '1', unit: 'EA', name: `The ${sku}`, classifications: [], customFields: {}, ...more,
});
const cart = (mark: string, lines: Cart['lines'], notices?: CartNotice[]): Pick<Cart, 'contentMark' | 'lines' | 'notices'> => ({ contentMark: mark, lines, notices });
const SHOWN: ShownCart = shownCartOf(cart('a', [line('A'), line('B', '5'), line('TEN', '1', { kind: 'promotion' })]));

describe('what the buyer does not know of a cart', () => {
  it.each([
    ['nothing, where it is as they saw it', cart('a', [line('A'), line('B', '5'), line('TEN', '1', { kind: 'promotion' })]), []],
    ['a line that is gone', cart('b', [line('A'), line('TEN', '1', { kind: 'promotion' })]), [{ kind: 'line_dropped', item: 'B', name: 'The B' }]],
    ['another quantity', cart('b', [line('A'), line('B', '3'), line('TEN', '1', { kind: 'promotion' })]), [{ kind: 'quantity_changed', item: 'B', name: 'The B' }]],
    ['a discount that is gone', cart('b', [line('A'), line('B', '5')]), [{ kind: 'discount_dropped', item: 'TEN', name: 'The TEN' }]],
    ['not what the shop gives on top', cart('b', [line('A'), line('B', '5'), line('TEN', '1', { kind: 'promotion' }), line('GIFT')]), []],
    ['all of it at once', cart('b', []), [{ kind: 'line_dropped', item: 'A', name: 'The A' }, { kind: 'line_dropped', item: 'B', name: 'The B' }, { kind: 'discount_dropped', item: 'TEN', name: 'The TEN' }]],
  ])('%s', (_, now, expected) => {
    expect(unknownChanges(now, SHOWN, [])).toEqual(expected);
  });

  it('the text of a notice goes to the difference that it is about, by number or by name', () => {
    const told: CartNotice[] = [{ kind: 'line_dropped', item: 'The B', text: 'B is no longer available' }];
    expect(unknownChanges(cart('b', [line('A'), line('TEN', '1', { kind: 'promotion' })], told), SHOWN, [])).toEqual([{ kind: 'line_dropped', item: 'B', name: 'The B', text: 'B is no longer available' }]);
    expect(unknownChanges(cart('b', [line('A'), line('TEN', '1', { kind: 'promotion' })]), SHOWN, told)).toEqual([{ kind: 'line_dropped', item: 'B', name: 'The B', text: 'B is no longer available' }]);
  });

  it('a notice of the shop gets the name of the line that it is about', () => {
    const notice: CartNotice = { kind: 'quantity_changed', item: 'A', text: 'Only 1 is left.' };
    expect(unknownChanges(cart('a', [line('A')], [notice]), SHOWN, [])).toEqual([{ ...notice, name: 'The A' }]);
    expect(unknownChanges(cart('a', [line('A')], [notice]), undefined, [])).toEqual([{ ...notice, name: 'The A' }]);
    expect(unknownChanges(cart('a', [line('A')], [{ ...notice, name: 'Its own' }]), SHOWN, [])).toEqual([{ ...notice, name: 'Its own' }]);
  });

  it('a name that is the number is none', () => {
    expect(unknownChanges(cart('b', []), shownCartOf(cart('a', [line('A', '1', { name: 'A' })])), [])).toEqual([{ kind: 'line_dropped', item: 'A' }]);
  });

  it('a notice that only we were told stays where it is unknown what the buyer saw; one that was told twice is listed once', () => {
    const notice: CartNotice = { kind: 'line_dropped', item: 'B' };
    expect(unknownChanges(cart('b', [line('A')], [notice]), undefined, [notice])).toEqual([notice]);
  });

  it('notices of the cart that the buyer saw are not told again', () => {
    const notice: CartNotice = { kind: 'discount_dropped', item: 'Summer' };
    const shown = shownCartOf(cart('a', [line('A')], [notice]));
    expect(unknownChanges(cart('a', [line('A')], [notice]), shown, [])).toEqual([]);
  });
});
