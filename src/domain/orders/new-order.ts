import { type OrderAddress, type OrderContent, type OrderItem, type Price, ORDER_KEY } from './connect-order.js';
import { type DecimalText, add, formatDecimal, isDecimalText, parseDecimal, trimZeros } from '../decimal.js';
import { type Outcome, accept, refuse } from '../error-codes.js';
import type { TransmissionKey } from '../transmission/transmission.js';

/** An order as its sender describes it; one part per supplier. */
export interface NewOrder {
  tenantId: string;
  /**
   * Names the order (for example `{connection}/{order number}`): recorded once; a repeat returns the recorded order. 1
   * to 255 characters.
   */
  orderKey: string;
  /** The buyer: a connection, whose ConnectShop is created where missing, or a merchant's shop id. */
  merchant: { connectionId: string } | { shopId: number };
  /** The buyer's order number, of any length. */
  merchantOrderId: string;
  /** The punchout of the order: `transferred` becomes `order_created` in the same transaction. */
  transmission?: TransmissionKey;
  /** Default: the time of recording. */
  orderedAt?: Date;
  deliveryAddress: OrderAddress;
  /** Default: the delivery address. */
  billingAddress?: OrderAddress;
  parts: NewOrderPart[];
}

export interface NewOrderPart {
  /** A supplier's shop id; default: the tenant's first supplier, which is created where missing. */
  supplierShop?: number;
  /** The supplier's order number; default: the transaction id. */
  supplierOrderId?: string;
  shippingCosts?: Price;
  items: NewOrderItem[];
}

export interface NewOrderItem extends Pick<OrderItem, 'sourceId' | 'count' | 'customerPrice'> {
  /** Default: the customer's price. */
  intershopPrice?: Price;
}

/** All characters that XML allows: the number is the buyer's, and cXML does not limit it. */
// oxlint-disable-next-line no-control-regex
const MERCHANT_NUMBER = /^[^\0-\x08\x0b\x0c\x0e-\x1f]+$/;
/** Maximum characters of the order's number in the ids of its items. */
const ITEM_ID_LENGTH = 255;
const HALF_CHARACTER = /[\ud800-\udbff]$/;
const NOTHING: Price = { net: '0', gross: '0' };

/** Undefined: it can be recorded. */
export function newOrderFault({ orderKey, merchantOrderId, parts }: NewOrder): ReturnType<typeof refuse> | undefined {
  if (!ORDER_KEY.test(orderKey))
    return refuse('INVALID_REQUEST', 'The key of an order has 1 to 255 characters and no control characters.');
  if (!MERCHANT_NUMBER.test(merchantOrderId))
    return refuse(
      'INVALID_REQUEST',
      "The buyer's order number has 1 character or more, and none that XML cannot hold.",
    );
  if (parts.length === 0 || parts.some(({ items }) => items.length === 0))
    return refuse('INVALID_REQUEST', 'An order has items.');
  if (parts.some(({ supplierOrderId }) => supplierOrderId !== undefined && !ORDER_KEY.test(supplierOrderId)))
    return refuse('INVALID_REQUEST', "The supplier's order number has 1 to 255 characters and no control characters.");
  const amounts = parts.flatMap(({ shippingCosts = NOTHING, items }) => [
    shippingCosts,
    ...items.flatMap(({ customerPrice, intershopPrice = NOTHING }) => [customerPrice, intershopPrice]),
  ]);
  if (amounts.some(({ net, gross }) => !isDecimalText(net) || !isDecimalText(gross)))
    return refuse('INVALID_REQUEST', 'Amounts are decimal numbers.');
  if (parts.some(({ items }) => items.some(({ count }) => !isDecimalText(count))))
    return refuse('INVALID_REQUEST', 'Counts are decimal numbers.');
  return undefined;
}

/** Numbers items over the whole order and adds up the sums of Shopware Connect; amounts without trailing zeros. */
export function orderContents({
  merchantOrderId,
  deliveryAddress,
  billingAddress = deliveryAddress,
  parts,
}: NewOrder): OrderContent[] {
  const number = merchantOrderId.slice(0, ITEM_ID_LENGTH).replace(HALF_CHARACTER, '');
  let position = 0;
  return parts.map(({ shippingCosts = NOTHING, items: given }) => {
    const items = given.map(({ sourceId, count, customerPrice, intershopPrice = customerPrice }): OrderItem => {
      position += 1;
      return {
        id: `${number}-${position}`,
        sourceId,
        count: plain(count),
        customerPrice: plainPrice(customerPrice),
        intershopPrice: plainPrice(intershopPrice),
      };
    });
    return {
      shippingCosts: plainPrice(shippingCosts),
      customerTotal: sum(items.map(({ customerPrice }) => customerPrice)),
      intershopTotal: sum(items.map(({ intershopPrice }) => intershopPrice)),
      deliveryAddress,
      billingAddress,
      items,
    };
  });
}

/** The parts of one order must have different suppliers. */
export function distinctSuppliers(shops: readonly number[]): Outcome<void> {
  return new Set(shops).size === shops.length
    ? accept(undefined)
    : refuse('INVALID_REQUEST', 'An order has one part per supplier.');
}

function sum(prices: readonly Price[]): Price {
  const total = (amounts: DecimalText[]): DecimalText =>
    plain(formatDecimal(amounts.map(parseDecimal).reduce(add, { units: 0n, scale: 0 })));
  return { net: total(prices.map(({ net }) => net)), gross: total(prices.map(({ gross }) => gross)) };
}

function plainPrice({ net, gross }: Price): Price {
  return { net: plain(net), gross: plain(gross) };
}

function plain(amount: DecimalText): DecimalText {
  return formatDecimal(trimZeros(parseDecimal(amount)));
}
