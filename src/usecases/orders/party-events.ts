import type { ConnectOrder } from '../../domain/orders/connect-order.js';
import type { OrderEventName } from '../../domain/orders/order-event.js';
import type { OrderEventWriter } from '../../ports/orders/order-event-writer.js';
import type { PartyEvent } from '../../ports/orders/order-repository.js';

/** The same event for the supplier and for the merchant, each in his own stream. */
export function partyEvents(name: OrderEventName, order: ConnectOrder, writeEvent: OrderEventWriter): PartyEvent[] {
  const document = writeEvent(name, order);
  const { transactionId, supplierShop, merchantShop } = order;
  return [supplierShop, merchantShop].map((shopId) => ({ shopId, name, transactionId, supplierShop, document }));
}
