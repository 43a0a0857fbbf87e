import type { OrderAddress, Price } from '../../domain/orders/connect-order.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlElement } from '../xml/xml-element.js';

/** The content of an order event for a subscriber. Amounts are decimal text; times are as in the document. */
export interface ReceivedOrder {
  transactionId: string;
  /** "2014-05-06 12:15:00", UTC. */
  transactionDate: string;
  supplierShop: string;
  supplierOrderId: string;
  merchantShop: string;
  merchantOrderId: string;
  /** Only in order_status_updated. */
  status?: string;
  /** Only in order_payment_status_updated. */
  paymentStatus?: string;
  /** This and all below: only in order_created. */
  shippingCosts?: Price;
  customerTotal?: Price;
  intershopTotal?: Price;
  deliveryAddress?: OrderAddress;
  billingAddress?: OrderAddress;
  items?: { id: string; sourceId: string; count: string; customerPrice: Price; intershopPrice: Price }[];
}

export interface ReadOrderEvent {
  revision: string;
  event: string;
  order: ReceivedOrder;
}

const LIMITS = { depth: 32, attributesPerElement: 64, textLength: 65_536, elements: 1_000_000 };

/** Refuses INVALID_XML for anything but an order event. */
export function readOrderEvent(document: string): Outcome<ReadOrderEvent> {
  const read = readXml(document, LIMITS);
  if (!read.ok) return read;
  const root = read.value;
  const revision = root.childText('revision') ?? '';
  const event = root.childText('event');
  const order = root.child('order');
  if (root.name !== 'order-event' || !/^\d{1,18}$/.test(revision) || event === undefined || order === undefined)
    return refuse('INVALID_XML', 'This is not an order-event with revision, event and order.');
  return accept({ revision: BigInt(revision).toString(), event, order: orderOf(order) });
}

function orderOf(order: XmlElement): ReceivedOrder {
  const status = order.childText('status');
  const paymentStatus = order.childText('payment-status');
  return {
    transactionId: value(order, 'transaction-id'),
    transactionDate: value(order, 'transaction-date'),
    supplierShop: value(order, 'supplier-shop'),
    supplierOrderId: value(order, 'supplier-order-id'),
    merchantShop: value(order, 'merchant-shop'),
    merchantOrderId: value(order, 'merchant-order-id'),
    status,
    paymentStatus,
    ...(order.child('order-items') === undefined ? {} : wholeOrder(order)),
  };
}

function wholeOrder(order: XmlElement): Partial<ReceivedOrder> {
  const items = (order.child('order-items')?.children ?? []).filter(({ name }) => name === 'item');
  return {
    shippingCosts: price(order, 'shipping-costs'),
    customerTotal: price(order, 'customer-total'),
    intershopTotal: price(order, 'intershop-total'),
    deliveryAddress: address(order, 'delivery-address'),
    billingAddress: address(order, 'billing-address'),
    items: items.map((item) => ({
      id: value(item, 'id'),
      sourceId: value(item, 'source-id'),
      count: value(item, 'count'),
      customerPrice: price(item, 'customer-price'),
      intershopPrice: price(item, 'intershop-price'),
    })),
  };
}

function value(element: XmlElement | undefined, name: string): string {
  return element?.rawAttribute(name) ?? '';
}

function price(parent: XmlElement, name: string): Price {
  const element = parent.child(name);
  return { net: value(element, 'net'), gross: value(element, 'gross') };
}

const ADDRESS_FIELDS: Record<string, keyof OrderAddress> = {
  company: 'company',
  name: 'name',
  'first-name': 'firstName',
  'middle-name': 'middleName',
  'sur-name': 'surName',
  street: 'street',
  'street-number': 'streetNumber',
  'door-code': 'doorCode',
  'additional-address-line': 'additionalLine',
  zip: 'zip',
  city: 'city',
  country: 'country',
  phone: 'phone',
  email: 'email',
};

function address(order: XmlElement, name: string): OrderAddress {
  const found: OrderAddress = {};
  for (const element of order.child(name)?.children ?? []) {
    const field = ADDRESS_FIELDS[element.name];
    if (field !== undefined) found[field] = element.text;
  }
  return found;
}

/** T50: maximum size of a subscriber's answer. */
export const LAST_REVISION_MAX_BYTES = 4096;
const REVISION_LIMITS = { depth: 2, attributesPerElement: 8, textLength: 1024, elements: 2 };
const REVISION = /^\d{1,18}$/;

/** `<last-revision>1</last-revision>` and nothing else; otherwise undefined. */
export function readLastRevision(body: string): bigint | undefined {
  if (body === '' || body.length > LAST_REVISION_MAX_BYTES || /<!DOCTYPE/i.test(body)) return undefined;
  const read = readXml(body, REVISION_LIMITS);
  if (!read.ok || read.value.name !== 'last-revision' || read.value.first !== undefined) return undefined;
  const text = read.value.text.trim();
  return REVISION.test(text) ? BigInt(text) : undefined;
}

/** The answer of our receiver to both GET and POST. */
export function writeLastRevision(revision: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<last-revision>${revision}</last-revision>`;
}
