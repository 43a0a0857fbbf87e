import countries from 'i18n-iso-countries/index.js';
import type {
  ConnectOrder,
  OrderAddress,
  Price,
  OpenDocument,
  OrderEventName,
} from '../../domain/orders/connect-order.js';
import { addElement, addValue, newDocument, type XmlNode, xmlText } from '../xml/build-xml.js';

/** Shopware Connect's namespace; its schema's address is part of every example. */
export const ORDER_NAMESPACE = 'http://schema.connect.de/order+v1';
const NAMESPACES = {
  xmlns: ORDER_NAMESPACE,
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': `${ORDER_NAMESPACE} https://sn.connect.shopware.com/schema/order_v1.xsd`,
};

/**
 * Writes one order event in two parts. The revision goes between head and tail, because it is known only inside the
 * transaction that stores it.
 */
export function writeOrderEvent(name: OrderEventName, order: ConnectOrder): OpenDocument {
  const document = newDocument('order-event', NAMESPACES);
  addElement(document, 'revision');
  addValue(document, 'event', name);
  const element = addElement(document, 'order', {
    'transaction-id': order.transactionId,
    'transaction-date': dateText(order.orderedAt),
    'supplier-shop': String(order.supplierShop),
    'supplier-order-id': order.supplierOrderId,
    'merchant-shop': String(order.merchantShop),
    'merchant-order-id': order.merchantOrderId,
  });
  ADD_BODY[name](element, order);
  const [head = '', tail = ''] = xmlText(document).split('<revision/>');
  return { head: `<?xml version="1.0" encoding="UTF-8"?>\n${head}<revision>`, tail: `</revision>${tail}` };
}

const ADD_BODY: Record<OrderEventName, (element: XmlNode, order: ConnectOrder) => void> = {
  order_created: addWholeOrder,
  order_status_updated: (element, { status }) => addValue(element, 'status', status),
  order_payment_status_updated: (element, { paymentStatus }) => addValue(element, 'payment-status', paymentStatus),
};

function addWholeOrder(element: XmlNode, { content }: ConnectOrder): void {
  addPrice(element, 'shipping-costs', content.shippingCosts);
  addPrice(element, 'customer-total', content.customerTotal);
  addPrice(element, 'intershop-total', content.intershopTotal);
  addAddress(element, 'delivery-address', content.deliveryAddress);
  addAddress(element, 'billing-address', content.billingAddress);
  const items = addElement(element, 'order-items');
  for (const { id, sourceId, count, customerPrice, intershopPrice } of content.items) {
    const item = addElement(items, 'item', { id, 'source-id': sourceId, count });
    addPrice(item, 'customer-price', customerPrice);
    addPrice(item, 'intershop-price', intershopPrice);
  }
}

function addPrice(parent: XmlNode, name: string, { net, gross }: Price): void {
  addElement(parent, name, { net, gross });
}

/** Always writes the fields that both example addresses have; writes the other fields if they are known. */
function addAddress(parent: XmlNode, name: string, given: OrderAddress): void {
  const address = addElement(parent, name);
  const addKnown = (field: string, value: string | undefined): void => {
    if (value !== undefined) addValue(address, field, value);
  };
  addValue(address, 'company', given.company);
  addKnown('name', given.name);
  addValue(address, 'first-name', given.firstName);
  addKnown('middle-name', given.middleName);
  addValue(address, 'sur-name', given.surName);
  addValue(address, 'street', given.street);
  addValue(address, 'street-number', given.streetNumber);
  addValue(address, 'door-code', given.doorCode);
  addValue(address, 'additional-address-line', given.additionalLine);
  addValue(address, 'zip', given.zip);
  addValue(address, 'city', given.city);
  addValue(address, 'country', countryCode(given.country));
  addKnown('phone', given.phone);
  addKnown('email', given.email);
}

/** The text if it is a country code of three letters. */
function countryCode(code: string | undefined): string | undefined {
  return code === undefined ? undefined : (countries.alpha2ToAlpha3(code.toUpperCase()) ?? code);
}

/** "2014-05-06 12:15:00", UTC. */
function dateText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
