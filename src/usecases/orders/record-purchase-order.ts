import { type OrderAddress, type Price, orderKeyOf, type ConnectOrder } from '../../domain/orders/connect-order.js';
import { lineAmount } from '../../domain/cart/cart-total.js';
import { add, formatDecimal, parseDecimal } from '../../domain/decimal.js';
import type { Outcome } from '../../domain/error-codes.js';
import type { NewOrder, NewOrderItem } from '../../domain/orders/new-order.js';
import { pairLines } from '../../domain/orders/pair-lines.js';
import type { KeptOrder, PurchaseLine } from '../../domain/orders/purchase-order.js';
import type { PartyAddress } from '../../domain/transmission/setup-request.js';
import type { ConnectShops } from '../../ports/orders/connect-shops.js';
import type { RecordedParts } from './record-order.js';
import { type OrderNotice, isNoticed, newNotice } from '../../domain/orders/order-notice.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { PurchaseOrders } from '../../ports/orders/order-repository.js';

interface Deps {
  shops: Pick<ConnectShops, 'list'>;
  record: (order: NewOrder) => Promise<Outcome<RecordedParts>>;
}

const NOTHING: Price = { net: '0', gross: '0' };

/**
 * Sends order events for a new purchase order that matches the sent cart, if the tenant has ConnectShops. An order that
 * differs waits until a person checks it.
 */
export function recordPurchaseOrder({
  shops,
  record,
}: Deps): (kept: KeptOrder, sent: readonly PurchaseLine[]) => Promise<void> {
  return async ({ tenantId, connectionId, transmissionId, verdict, order }, sent) => {
    if (verdict !== 'matched' || order.kind !== 'new' || transmissionId === undefined) return;
    if ((await shops.list(tenantId)).length === 0) return;
    const recorded = await record({
      tenantId,
      orderKey: orderKeyOf(connectionId, order.orderId),
      merchant: { connectionId },
      merchantOrderId: order.orderId,
      transmission: { tenantId, transmissionId },
      deliveryAddress: addressOf(order.shipTo ?? order.billTo),
      billingAddress: addressOf(order.billTo ?? order.shipTo),
      parts: [
        {
          shippingCosts: order.shipping === undefined ? undefined : { net: order.shipping, gross: order.shipping },
          items: pairedItems(order.lines, sent),
        },
      ],
    });
    if (!recorded.ok)
      throw new Error(`the order could not be recorded: ${recorded.refusal.reason ?? recorded.refusal.code}`);
  };
}

/** A line that is included in a bundle's price costs nothing separately. */
function pairedItems(lines: readonly PurchaseLine[], sent: readonly PurchaseLine[]): NewOrderItem[] {
  const { ordered, pairs } = pairLines(lines, sent);
  return ordered.map((one) => ({
    sourceId: one.line.supplierPartId,
    count: one.line.quantity,
    customerPrice: one.hasPrice ? priceOf(one.line, pairs.get(one)?.line) : NOTHING,
  }));
}

/** Uses the order's tax, or else the sent line's tax: a purchase order seldom has any. */
function priceOf(line: PurchaseLine, was: PurchaseLine | undefined): Price {
  const {
    unitPrice,
    priceBasis = '1',
    conversionFactor,
  } = line.unitPrice === undefined && was !== undefined ? was : line;
  const currency = unitPrice?.currency || (was?.unitPrice?.currency ?? 'EUR');
  const net = lineAmount(
    { quantity: line.quantity, unitPrice: unitPrice?.amount ?? '0', priceBasis, conversionFactor },
    currency,
  );
  return { net: formatDecimal(net), gross: formatDecimal(add(net, parseDecimal(line.tax ?? was?.tax ?? '0'))) };
}

function addressOf(party: PartyAddress | undefined): OrderAddress {
  if (party === undefined) return {};
  const { name, deliverTo, street, city, postalCode, countryCode, email, phone } = party;
  const fields = {
    company: name,
    name: deliverTo[0],
    street: street[0],
    additionalLine: [...street.slice(1), ...deliverTo.slice(1)].join(', '),
    zip: postalCode,
    city,
    country: countryCode,
    email,
    phone,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
}

interface NoticeDeps {
  shops: Pick<ConnectShops, 'find'>;
  connections: Pick<ConnectionRepository, 'find'>;
  purchaseOrders: Pick<PurchaseOrders, 'find'>;
}

/**
 * The notice for a step of an order. Needs a step with a notice, a notice address of the buyer's connection, and an
 * order that came as a purchase order.
 */
export function noticeOfOrder({
  shops,
  connections,
  purchaseOrders,
}: NoticeDeps): (order: ConnectOrder) => Promise<Omit<OrderNotice, 'noticedAt'> | undefined> {
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
      orderDate,
    });
  };
}
