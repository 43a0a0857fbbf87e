import type { DecimalText } from '../decimal.js';
import { digestOf } from '../digest.js';

/**
 * A merchant's order at one supplier (order events). Parts of one order at several suppliers share its transaction id.
 */
export interface ConnectOrder {
  tenantId: string;
  /** Counted up per tenant. */
  transactionId: string;
  orderedAt: Date;
  supplierShop: number;
  /** The supplier's own number, unique among that supplier's orders. */
  supplierOrderId: string;
  merchantShop: number;
  merchantOrderId: string;
  /** Identifies the whole order for its sender. */
  orderKey: string;
  /** The punchout of the order. */
  transmissionId?: string;
  status: OrderStatus;
  paymentStatus: PaymentStatus;
  tracking?: Tracking;
  content: OrderContent;
}

export interface OrderContent {
  shippingCosts: Price;
  /** Sum over the items' customer prices, without shipping, as in Shopware Connect's example. */
  customerTotal: Price;
  intershopTotal: Price;
  deliveryAddress: OrderAddress;
  billingAddress: OrderAddress;
  items: OrderItem[];
}

/** In the order's currency, which Shopware Connect does not name. */
export interface Price {
  net: DecimalText;
  gross: DecimalText;
}

/** Both prices are for the whole line, as in Shopware Connect's example. */
export interface OrderItem {
  /** `{merchantOrderId}-{position}`; only the first 255 characters of a long number. */
  id: string;
  /** The supplier's article number. */
  sourceId: string;
  count: DecimalText;
  /** What the customer pays. */
  customerPrice: Price;
  /** What the merchant pays to the supplier. */
  intershopPrice: Price;
}

/** Absent required fields are written empty, absent optional ones are left out. */
export interface OrderAddress {
  company?: string;
  /** The whole name as one text; optional. */
  name?: string;
  firstName?: string;
  /** Optional. */
  middleName?: string;
  surName?: string;
  street?: string;
  streetNumber?: string;
  doorCode?: string;
  additionalLine?: string;
  zip?: string;
  city?: string;
  /** ISO 3166-1, two or three letters; events have three. */
  country?: string;
  /** Optional. */
  phone?: string;
  /** Optional. */
  email?: string;
}

/** Location of the parcel; each part is optional. */
export interface Tracking {
  id?: string;
  url?: string;
  vendor?: string;
}

/** No control characters; a length that every shop and database accepts as a key. */
// oxlint-disable-next-line no-control-regex
export const ORDER_KEY = /^[^\0-\x1f\x7f]{1,255}$/;

/**
 * The key under which a purchase order is recorded and placed once: connection and number. cXML does not limit the
 * number: one that is no valid key is replaced by its SHA-256.
 */
export function orderKeyOf(connectionId: string, orderId: string): string {
  const key = `${connectionId}/${orderId}`;
  return ORDER_KEY.test(key) ? key : `${connectionId}/sha256:${digestOf(orderId)}`;
}

export const ORDER_STATUSES = ['open', 'in_process', 'shipped', 'delivered', 'canceled', 'error'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** `open` is the initial status; Shopware Connect reports the other two. */
export const PAYMENT_STATUSES = ['open', 'instructed', 'received'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export type OrderSteps = Readonly<Record<OrderStatus, readonly OrderStatus[]>>;

/**
 * Shopware Connect lists the statuses without an order. Our rule: forward only, steps may be skipped (not every shop
 * has them all), failed orders may be resumed, delivered or canceled is final.
 */
export const DEFAULT_ORDER_STEPS: OrderSteps = {
  open: ['in_process', 'shipped', 'delivered', 'canceled', 'error'],
  in_process: ['shipped', 'delivered', 'canceled', 'error'],
  shipped: ['delivered', 'canceled', 'error'],
  delivered: [],
  canceled: [],
  error: ['in_process', 'shipped', 'delivered', 'canceled'],
};

const PAYMENT_STEPS: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  open: ['instructed', 'received'],
  instructed: ['received'],
  received: [],
};

export function mayFollow(steps: OrderSteps, from: OrderStatus, to: OrderStatus): boolean {
  return steps[from].includes(to);
}

export function paymentMayFollow(from: PaymentStatus, to: PaymentStatus): boolean {
  return PAYMENT_STEPS[from].includes(to);
}

export const ORDER_EVENTS = ['order_created', 'order_status_updated', 'order_payment_status_updated'] as const;
export type OrderEventName = (typeof ORDER_EVENTS)[number];

export function isOrderEvent(name: string): name is OrderEventName {
  return ORDER_EVENTS.some((known) => known === name);
}

/** An event of one party's stream. Its document never changes. */
export interface OrderEvent {
  /** 1, 2, 3, … without a gap in each stream; decimal text, since it has no bound. */
  revision: string;
  name: OrderEventName;
  /** XML */
  document: string;
  /** The trace of the punchout that was ordered (W3C Trace Context). */
  traceParent?: string | null;
}

/** A document whose revision is not known yet: it belongs between the two halves. */
export interface OpenDocument {
  head: string;
  tail: string;
}
