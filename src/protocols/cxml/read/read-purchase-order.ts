import { PURCHASE_ORDER_KINDS, type PurchaseLine, type PurchaseOrder } from '../../../domain/orders/purchase-order.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingAttribute, missingChild, XmlFault } from '../../xml/xml-fault.js';
import { readExtrinsics } from './read-buyer-person.js';
import { type NumberRefusal, optionalDecimal, optionalMoney, readQuantity } from './read-decimal.js';
import { readPartyAddress } from './read-party-address.js';
import { readItemKey } from './read-requested-item.js';

/** One ItemOut of an order, the `place`-th. What a purchase order may leave out, prices included, may be missing; what is there is readable. */
export function readPurchaseLine(item: XmlElement, place: number): PurchaseLine {
  const refusal: NumberRefusal = { code: 'INVALID_REQUEST', where: `Line ${item.attribute('lineNumber') ?? place}: ` };
  const key = { ...readItemKey(item), quantity: readQuantity(item, refusal) };
  const detail = item.child('ItemDetail') ?? item.child('BlanketItemDetail');
  const fields = {
    lineNumber: item.attribute('lineNumber'),
    unitPrice: optionalMoney(detail?.child('UnitPrice'), refusal),
    priceBasis: optionalDecimal(detail?.child('PriceBasisQuantity'), 'quantity', refusal),
    unit: detail?.firstText('UnitOfMeasure'),
    tax: optionalMoney(item.child('Tax'), refusal)?.amount,
  };
  return { ...key, ...withoutAbsent(fields) };
}

const HEADER: NumberRefusal = { code: 'INVALID_REQUEST', where: '' };

/** OrderRequest (RULES 9) without its ItemOut, which were taken before; `request` is the Request around it. */
export function readPurchaseOrder(element: XmlElement, request: XmlElement, lines: PurchaseLine[]): PurchaseOrder {
  const header = element.child('OrderRequestHeader');
  if (header === undefined) throw missingChild(element, 'OrderRequestHeader');
  const orderId = header.attribute('orderID');
  if (orderId === undefined) throw missingAttribute(header, 'orderID');
  const written = header.attribute('type')?.toLowerCase() ?? 'new';
  const kind = PURCHASE_ORDER_KINDS.find((known) => known === written);
  if (kind === undefined) throw new XmlFault("Element 'OrderRequestHeader', attribute 'type': not new, update or delete", header.line, header.column);
  if (lines.length === 0 && kind !== 'delete') throw missingChild(element, 'ItemOut');
  const references = [header.child('SupplierOrderInfo')?.attribute('orderID'), header.child('DocumentReference')?.attribute('payloadID'), request.attribute('inReplyTo'), ...readExtrinsics(header).map(({ value }) => value)];
  const fields = {
    orderDate: header.attribute('orderDate'),
    total: optionalMoney(header.child('Total'), HEADER),
    shipTo: readPartyAddress(header.child('ShipTo')),
    billTo: readPartyAddress(header.child('BillTo')),
    shipping: optionalMoney(header.child('Shipping'), HEADER)?.amount,
  };
  return { orderId, kind, references: [...new Set(references.filter((reference) => reference !== undefined))].slice(0, 50), lines, ...withoutAbsent(fields) };
}

function withoutAbsent<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the names
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
