import { expect, it } from '@jest/globals';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { orderOfCart } from '../../../src/demo/virtual-buyer/sample-documents.js';
import { compareOrder } from '../../../src/domain/orders/compare-order.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { linesOfPayload } from '../../../src/protocols/cxml/lines-of-payload.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { payloadOf } from '../../contracts/transmissions.js';
import { cart, cartLine, orderMessageInput } from '../../protocols/cxml/sample-cart.js';

const LINES = [
  cartLine({ lineId: 'a', auxiliaryId: 'a', sku: 'SCREW', quantity: '250', unitPrice: '10.00', priceBasis: '100' }),
  cartLine({ lineId: 'b', auxiliaryId: 'b', kind: 'bundle', sku: 'KIT', quantity: '1', unitPrice: '100.00' }),
  cartLine({ lineId: 'c', auxiliaryId: 'c', parentLineId: 'b', sku: 'PART', quantity: '2', unitPrice: '30.00' }),
];

it.each<CxmlVersion>(['1.2.014', '1.2.050', '1.2.071'])(
  'the order of a whole cart under DTD %s is valid and is that cart, with price basis and bundle',
  (version) => {
    const written = writePunchOutOrderMessage(orderMessageInput({ cart: cart(LINES) }, version));
    if (!written.ok) throw new Error(written.refusal.reason);
    const order =
      orderOfCart(written.value.document, {
        payloadId: '1@buyer.example',
        orderId: 'PO-1',
        timestamp: '2024-01-15T10:30:00+00:00',
      }) ?? '';
    expect(checkCxmlDocument(order, '1.2.050').filter(({ severity }) => severity === 'error')).toEqual([]);
    const parsed = parseCxml(order);
    if (!parsed.ok || parsed.value.kind !== 'OrderRequest') throw new Error(JSON.stringify(parsed));
    const sent = linesOfPayload(payloadOf(written.value.document));
    expect(sent?.lines).toHaveLength(version === '1.2.014' ? 2 : 3);
    expect(compareOrder(parsed.value.order, sent ?? { lines: [] })).toEqual([]);
  },
);
