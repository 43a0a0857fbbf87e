import { describe, expect, it } from '@jest/globals';
import { compareWithCart } from '../../../src/demo/virtual-buyer/compare-with-cart.js';
import { orderOfCart } from '../../../src/demo/virtual-buyer/sample-documents.js';

const item = (sku: string, quantity: number, price: string): string =>
  `<ItemIn quantity="${quantity}"><ItemID><SupplierPartID>${sku}</SupplierPartID></ItemID><ItemDetail><UnitPrice>` +
  `<Money currency="EUR">${price}</Money></UnitPrice><Description xml:lang="en">${sku}</Description>` +
  '<UnitOfMeasure>EA</UnitOfMeasure><Classification domain="UNSPSC">1</Classification></ItemDetail></ItemIn>';
const CART =
  '<cXML payloadID="1" timestamp="2024-01-15T10:30:01+00:00"><Header/><Message><PunchOutOrderMessage><BuyerCookie>c' +
  '</BuyerCookie><PunchOutOrderMessageHeader operationAllowed="create"><Total><Money currency="EUR">70.00</Money>' +
  `</Total></PunchOutOrderMessageHeader>${item('A', 2, '10.00')}${item('B', 1, '50.00')}` +
  '</PunchOutOrderMessage></Message></cXML>';

function compared(wishes: { quantity?: string; price?: string }[]): ReturnType<typeof compareWithCart> {
  const order = orderOfCart(CART, { payloadId: 'o', orderId: 'PO-1', timestamp: '2024-01-15T10:30:01+00:00', wishes });
  return compareWithCart(CART, order ?? '');
}

describe('an order beside its cart', () => {
  it('the whole cart, ordered as it came, is the same', () => {
    const { lines, whole } = compared([]);
    expect(lines.map(({ article, differences }) => [article, differences])).toEqual([
      ['A', []],
      ['B', []],
    ]);
    expect(whole).toEqual([]);
  });

  it('another quantity and another price stand beside their lines, and the total of the order differs', () => {
    const { lines, whole } = compared([{ quantity: '3' }, { price: '45' }]);
    expect(lines).toMatchObject([
      { article: 'A', sent: { quantity: '2' }, ordered: { quantity: '3' }, differences: ['quantity'] },
      {
        article: 'B',
        sent: { price: { amount: '50.00' } },
        ordered: { price: { amount: '45' } },
        differences: ['price'],
      },
    ]);
    expect(whole).toMatchObject([{ kind: 'total', sent: '70.00', ordered: '75.00' }]);
  });

  it('a line with quantity 0 is not ordered; the same number, written in another way, is no difference', () => {
    const { lines } = compared([{ quantity: '0' }, { quantity: '1.0', price: '50' }]);
    expect(lines.map(({ article, ordered, differences }) => [article, ordered === undefined, differences])).toEqual([
      ['B', false, []],
      ['A', true, ['missing']],
    ]);
  });

  it('what is no cart or no order has nothing to compare', () => {
    expect(compareWithCart('x', 'y')).toEqual({ lines: [], whole: [] });
    expect(
      orderOfCart(CART, { payloadId: '', orderId: '', timestamp: '', wishes: [{ quantity: '0' }, { quantity: '0' }] }),
    ).toBeUndefined();
  });
});
