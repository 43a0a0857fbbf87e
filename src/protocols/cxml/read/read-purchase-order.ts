import {
  PURCHASE_ORDER_KINDS,
  type OrderMoney,
  type PurchaseLine,
  type PurchaseOrder,
} from '../../../domain/orders/purchase-order.js';
import { isSecretFieldName } from '../../secret-name.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingAttribute, missingChild, XmlFault } from '../../xml/xml-fault.js';
import { readExtrinsics } from './read-buyer-person.js';
import { inLine, type NumberRefusal, optionalDecimal, readQuantity } from './read-decimal.js';
import { readPartyAddress } from './read-party-address.js';

/**
 * Reads one ItemOut; `place` is its position in the order. The part id, prices and all optional parts of an order may
 * be missing or empty. A number that is present must be readable: else INVALID_REQUEST, which names the line.
 */
export function readPurchaseLine(item: XmlElement, place: number): PurchaseLine {
  const refusal = inLine(item, place, 'INVALID_REQUEST');
  const id = item.child('ItemID');
  const detail = item.child('ItemDetail') ?? item.child('BlanketItemDetail');
  const basis = detail?.child('PriceBasisQuantity');
  const level = item.attribute('compositeItemType');
  return {
    supplierPartId: id?.childText('SupplierPartID') ?? '',
    auxiliaryId: id?.child('SupplierPartAuxiliaryID')?.wholeText(),
    quantity: readQuantity(item, refusal),
    // Newer fields come last, so that the digest of an order that was stored earlier does not change.
    lineNumber: item.attribute('lineNumber'),
    unitPrice: moneyOf(detail?.child('UnitPrice'), refusal),
    priceBasis: optionalDecimal(basis, 'quantity', refusal),
    unit: detail?.firstText('UnitOfMeasure'),
    tax: moneyOf(item.child('Tax'), refusal)?.amount,
    conversionFactor: optionalDecimal(basis, 'conversionFactor', refusal),
    priceUnit: basis?.firstText('UnitOfMeasure'),
    shipping: moneyOf(item.child('Shipping'), refusal)?.amount,
    parentLineNumber: item.attribute('parentLineNumber'),
    isBundle: level !== undefined || item.attribute('itemType') === 'composite' ? true : undefined,
    pricedAt: level === 'groupLevel' || level === 'itemLevel' ? level : undefined,
  };
}

const IN_HEADER: NumberRefusal = { code: 'INVALID_REQUEST', where: '' };

/**
 * Reads an OrderRequest (cxml.md 9) without its ItemOut, which were read before. `request` is the Request around it. A
 * line may lack its part id, but an order with only empty lines is refused.
 */
export function readPurchaseOrder(element: XmlElement, request: XmlElement, lines: PurchaseLine[]): PurchaseOrder {
  if (lines.length > 0 && lines.every(saysNothing)) {
    throw missingChild({ name: 'ItemOut', line: element.line, column: element.column }, 'ItemID');
  }
  const header = element.child('OrderRequestHeader');
  if (header === undefined) throw missingChild(element, 'OrderRequestHeader');
  const orderId = header.attribute('orderID');
  if (orderId === undefined) throw missingAttribute(header, 'orderID');
  const written = header.attribute('type')?.toLowerCase() ?? 'new';
  const kind = PURCHASE_ORDER_KINDS.find((known) => known === written);
  if (kind === undefined)
    throw new XmlFault(
      "Element 'OrderRequestHeader', attribute 'type': not new, update or delete",
      header.line,
      header.column,
    );
  if (lines.length === 0 && kind !== 'delete') throw missingChild(element, 'ItemOut');
  const references = [
    header.child('SupplierOrderInfo')?.attribute('orderID'),
    header.child('DocumentReference')?.attribute('payloadID'),
    request.attribute('inReplyTo'),
    ...readExtrinsics(header).flatMap(({ name, value }) => (isSecretFieldName(name) ? [] : [value])),
  ].filter((reference) => reference !== undefined);
  const fields = {
    orderDate: header.attribute('orderDate'),
    total: moneyOf(header.child('Total'), IN_HEADER),
    shipTo: readPartyAddress(header.child('ShipTo')),
    billTo: readPartyAddress(header.child('BillTo')),
    shipping: moneyOf(header.child('Shipping'), IN_HEADER)?.amount,
    tax: moneyOf(header.child('Tax'), IN_HEADER)?.amount,
  };
  return { orderId, kind, references: [...new Set(references)].slice(0, 50), lines, ...fields };
}

/** Whether the line has nothing but a quantity. */
function saysNothing({ supplierPartId, auxiliaryId, unitPrice, unit }: PurchaseLine): boolean {
  return supplierPartId === '' && auxiliaryId === undefined && unitPrice === undefined && unit === undefined;
}

/** The first Money in `parent` that has an amount, or undefined. */
function moneyOf(parent: XmlElement | undefined, refusal: NumberRefusal): OrderMoney | undefined {
  const money = parent?.children.find((child) => child.name === 'Money' && child.trimmedText() !== undefined);
  const amount = optionalDecimal(money, undefined, refusal);
  return amount === undefined ? undefined : { amount, currency: money?.attribute('currency')?.toUpperCase() ?? '' };
}
