import type { DecimalText } from '../decimal.js';
import type { OrderStatus, PaymentStatus } from './order-status.js';

/** What a merchant ordered from one supplier (source 003). Several suppliers in one order share its transaction id. */
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
  /** Sum over the items' customer prices, without shipping: what source 003's example adds up to. */
  customerTotal: Price;
  intershopTotal: Price;
  deliveryAddress: OrderAddress;
  billingAddress: OrderAddress;
  items: OrderItem[];
}

/** In the order's currency, which source 003 does not name. */
export interface Price {
  net: DecimalText;
  gross: DecimalText;
}

/** Both prices are those of the whole line, as in source 003's example. */
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
