import countries from 'i18n-iso-countries';
import type {
  ConnectOrder,
  OrderAddress,
  OrderItem,
  Price,
  OpenDocument,
  OrderEventName,
} from '../../domain/orders/connect-order.js';
import { escapeXmlText, type Markup, markupElement } from '../xml/escape-xml.js';

/** Shopware Connect's namespace; its schema's address is part of every example. */
export const ORDER_NAMESPACE = 'http://schema.connect.de/order+v1';
const START = `<?xml version="1.0" encoding="UTF-8"?>
<order-event xmlns="${ORDER_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${ORDER_NAMESPACE} https://sn.connect.shopware.com/schema/order_v1.xsd"><revision>`;

/**
 * Writes one order event in two parts. The revision goes between head and tail, because it is known only inside the
 * transaction that stores it.
 */
export function writeOrderEvent(name: OrderEventName, order: ConnectOrder): OpenDocument {
  const document = markupElement(
    'order',
    {
      'transaction-id': order.transactionId,
      'transaction-date': dateText(order.orderedAt),
      'supplier-shop': String(order.supplierShop),
      'supplier-order-id': order.supplierOrderId,
      'merchant-shop': String(order.merchantShop),
      'merchant-order-id': order.merchantOrderId,
    },
    BODIES[name](order),
  );
  return { head: START, tail: `</revision><event>${name}</event>${document}</order-event>` };
}

const BODIES: Record<OrderEventName, (order: ConnectOrder) => Markup> = {
  order_created: wholeOrder,
  order_status_updated: ({ status }) => text('status', status),
  order_payment_status_updated: ({ paymentStatus }) => text('payment-status', paymentStatus),
};

function wholeOrder({ content }: ConnectOrder): Markup {
  const { shippingCosts, customerTotal, intershopTotal, deliveryAddress, billingAddress, items } = content;
  return [
    price('shipping-costs', shippingCosts),
    price('customer-total', customerTotal),
    price('intershop-total', intershopTotal),
    address('delivery-address', deliveryAddress),
    address('billing-address', billingAddress),
    markupElement('order-items', {}, items.map(item).join('')),
  ].join('');
}

function item({ id, sourceId, count, customerPrice, intershopPrice }: OrderItem): Markup {
  return markupElement(
    'item',
    { id, 'source-id': sourceId, count },
    price('customer-price', customerPrice) + price('intershop-price', intershopPrice),
  );
}

function price(name: string, { net, gross }: Price): Markup {
  return markupElement(name, { net, gross });
}

/** The elements that both addresses of the example have are always written; the others only if known. */
function address(name: string, given: OrderAddress): Markup {
  return markupElement(
    name,
    {},
    [
      text('company', given.company),
      maybe('name', given.name),
      text('first-name', given.firstName),
      maybe('middle-name', given.middleName),
      text('sur-name', given.surName),
      text('street', given.street),
      text('street-number', given.streetNumber),
      text('door-code', given.doorCode),
      text('additional-address-line', given.additionalLine),
      text('zip', given.zip),
      text('city', given.city),
      text('country', countryCode(given.country)),
      maybe('phone', given.phone),
      maybe('email', given.email),
    ].join(''),
  );
}

function text(name: string, value = ''): Markup {
  return markupElement(name, {}, escapeXmlText(value));
}

function maybe(name: string, value: string | undefined): Markup {
  return value === undefined ? '' : text(name, value);
}

/** The text if it is a country code of three letters. */
function countryCode(code: string | undefined): string | undefined {
  return code === undefined ? undefined : (countries.alpha2ToAlpha3(code.toUpperCase()) ?? code);
}

/** "2014-05-06 12:15:00", UTC. */
function dateText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
