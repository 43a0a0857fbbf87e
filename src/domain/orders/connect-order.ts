import type { DecimalText } from '../decimal.js';
import { digestOf } from '../digest.js';

/**
 * What a merchant ordered from one supplier (order events). Several suppliers in one order share its transaction id.
 */
export interface ConnectOrder {
  tenantId: string;
  /** Counted up per tenant. */
  transactionId: string;
  orderedAt: Date;
  supplierShop: number;
  /** The supplier's own number, unique among his orders. */
  supplierOrderId: string;
  merchantShop: number;
  merchantOrderId: string;
  /** What names the whole order for whoever recorded it. */
  orderKey: string;
  /** The punchout it came from. */
  transmissionId?: string;
  status: OrderStatus;
  paymentStatus: PaymentStatus;
  tracking?: Tracking;
  content: OrderContent;
}

export interface OrderContent {
  shippingCosts: Price;
  /** Sum over the items' customer prices, without shipping: what Shopware Connect's example adds up to. */
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

/** Both prices are those of the whole line, as in Shopware Connect's example. */
export interface OrderItem {
  /** `{merchantOrderId}-{position}`; of a long number the first 255 characters. */
  id: string;
  /** The supplier's article number. */
  sourceId: string;
  count: DecimalText;
  /** What the customer pays. */
  customerPrice: Price;
  /** What the merchant pays to the supplier. */
  intershopPrice: Price;
}

/** Fields that are absent or empty are written empty, the optional ones not at all. */
export interface OrderAddress {
  company?: string;
  /** The whole name in one; optional. */
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
  /** ISO 3166-1, two or three letters; events carry three. */
  country?: string;
  /** Optional. */
  phone?: string;
  /** Optional. */
  email?: string;
}

/** Where the parcel is; each part is optional. */
export interface Tracking {
  id?: string;
  url?: string;
  vendor?: string;
}

/** No control characters; of a length that every shop and database can take for a key. */
// oxlint-disable-next-line no-control-regex
export const ORDER_KEY = /^[^\0-\x1f\x7f]{1,255}$/;

/**
 * The key under which a purchase order is recorded and placed, once: connection and number. cXML does not bound the
 * number: instead of one that makes no key its SHA-256 is used.
 */
export function orderKeyOf(connectionId: string, orderId: string): string {
  const key = `${connectionId}/${orderId}`;
  return ORDER_KEY.test(key) ? key : `${connectionId}/sha256:${digestOf(orderId)}`;
}

export const ORDER_STATUSES = ['open', 'in_process', 'shipped', 'delivered', 'canceled', 'error'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** `open` is where an order begins; Shopware Connect tells of the other two. */
const PAYMENT_STATUSES = ['open', 'instructed', 'received'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export type OrderSteps = Readonly<Record<OrderStatus, readonly OrderStatus[]>>;

/**
 * Shopware Connect lists the statuses without saying which may follow which. Ours: forward only, steps may be left out
 * (not every shop knows them all), what failed may be taken up again, what is delivered or canceled stays so.
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
}

/** A document whose revision is not known yet: it stands between the two halves. */
export interface OpenDocument {
  head: string;
  tail: string;
}
