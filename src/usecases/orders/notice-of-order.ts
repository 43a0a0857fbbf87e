import type { ConnectOrder } from '../../domain/orders/connect-order.js';
import { type OrderNotice, isNoticed, newNotice } from '../../domain/orders/order-notice.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';
import type { PurchaseOrders } from '../../ports/orders/purchase-orders.js';

interface Deps {
  shops: Pick<ConnectShops, 'find'>;
  connections: Pick<ConnectionRepository, 'find'>;
  purchaseOrders: Pick<PurchaseOrders, 'find'>;
}

/** The notice of an order's step: where the step has one, the buyer's connection has an address for it, and the order came as a purchase order. */
export function noticeOfOrder({
  shops,
  connections,
  purchaseOrders,
}: Deps): (order: ConnectOrder) => Promise<Omit<OrderNotice, 'noticedAt'> | undefined> {
  return async (order) => {
    const { tenantId, merchantShop, merchantOrderId, status } = order;
    if (!isNoticed(status)) return undefined;
    const connectionId = (await shops.find(tenantId, merchantShop))?.connectionId;
    if (connectionId === undefined) return undefined;
    if ((await connections.find(tenantId, connectionId))?.settings.cxml.noticeUrl === undefined) return undefined;
    const documents = await purchaseOrders.find(tenantId, connectionId, merchantOrderId);
    const latest = documents.findLast(({ order: { kind } }) => kind !== 'delete');
    if (latest === undefined) return undefined;
    const { orderId, orderDate } = latest.order;
    return newNotice(order, status, {
      connectionId,
      orderId,
      orderPayloadId: latest.payloadId,
      ...(orderDate === undefined ? {} : { orderDate }),
    });
  };
}
