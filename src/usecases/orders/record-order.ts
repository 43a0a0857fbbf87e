import type { ConnectOrder, OrderEventName } from '../../domain/orders/connect-order.js';
import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { type NewOrder, distinctSuppliers, newOrderFault, orderContents } from '../../domain/orders/new-order.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';
import type { OrderEventWriter, OrderRepository, PartyEvent } from '../../ports/orders/order-repository.js';

interface Deps {
  orders: OrderRepository;
  shops: ConnectShops;
  writeEvent: OrderEventWriter;
  /** Called after the commit, once for each part. */
  recorded: (order: ConnectOrder) => void;
}

export interface RecordedParts {
  /** One per supplier. */
  orders: ConnectOrder[];
  /** The order was already recorded; nothing was changed. */
  repeated: boolean;
}

/**
 * Records an order and notifies both parties: rows, events with their revisions, and the transmission's step `order`,
 * in one transaction. A repeated `orderKey` gets the first result, whatever the new request contains. Refuses with
 * INVALID_REQUEST.
 */
export function recordOrder({
  orders,
  shops,
  writeEvent,
  recorded,
}: Deps): (order: NewOrder) => Promise<Outcome<RecordedParts>> {
  return async (order) => {
    const fault = newOrderFault(order);
    if (fault !== undefined) return fault;
    const { tenantId, orderKey, merchantOrderId, transmission } = order;
    const known = await orders.findByKey(tenantId, orderKey);
    if (known.length > 0) return accept({ orders: known, repeated: true });

    const merchant = await merchantOf(shops, order);
    if (!merchant.ok) return merchant;
    const suppliers = await suppliersOf(shops, order);
    if (!suppliers.ok) return suppliers;
    const transactionId = await orders.nextTransactionId(tenantId);
    const contents = orderContents(order);
    const parts = contents.map((content, index): ConnectOrder => ({
      tenantId,
      transactionId,
      orderedAt: order.orderedAt ?? new Date(),
      supplierShop: suppliers.value[index]?.shopId ?? 0,
      supplierOrderId: order.parts[index]?.supplierOrderId ?? transactionId,
      merchantShop: merchant.value.shopId,
      merchantOrderId,
      orderKey,
      transmissionId: transmission?.transmissionId,
      status: 'open',
      paymentStatus: 'open',
      content,
    }));
    const events = parts.flatMap((part) => partyEvents('order_created', part, writeEvent));
    const created = await orders.create({ parts, events, transmission });
    if (created === 'number_taken')
      return refuse('ORDER_CONFLICT', 'The supplier already has an order of that number.');
    if (created === 'known') return accept({ orders: await orders.findByKey(tenantId, orderKey), repeated: true });
    for (const part of parts) recorded(part);
    return accept({ orders: parts, repeated: false });
  };
}

async function merchantOf(shops: ConnectShops, { tenantId, merchant }: NewOrder): Promise<Outcome<ConnectShop>> {
  if ('connectionId' in merchant) return accept(await shops.merchantOf(tenantId, merchant.connectionId));
  const shop = await shops.find(tenantId, merchant.shopId);
  return shop?.role === 'merchant' ? accept(shop) : refuse('INVALID_REQUEST', 'There is no such merchant.');
}

async function suppliersOf(shops: ConnectShops, { tenantId, parts }: NewOrder): Promise<Outcome<ConnectShop[]>> {
  const suppliers: ConnectShop[] = [];
  for (const { supplierShop } of parts) {
    const shop =
      supplierShop === undefined ? await shops.supplierOf(tenantId) : await shops.find(tenantId, supplierShop);
    if (shop?.role !== 'supplier') return refuse('INVALID_REQUEST', 'There is no such supplier.');
    suppliers.push(shop);
  }
  const distinct = distinctSuppliers(suppliers.map(({ shopId }) => shopId));
  return distinct.ok ? accept(suppliers) : distinct;
}

/** The same event for the supplier and the merchant, each in its own stream. */
export function partyEvents(name: OrderEventName, order: ConnectOrder, writeEvent: OrderEventWriter): PartyEvent[] {
  const document = writeEvent(name, order);
  const { transactionId, supplierShop, merchantShop } = order;
  return [supplierShop, merchantShop].map((shopId) => ({ shopId, name, transactionId, supplierShop, document }));
}
