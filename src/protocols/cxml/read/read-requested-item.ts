import {
  type DecimalText,
  formatDecimal,
  isDecimalText,
  multiply,
  parseDecimal,
  trimZeros,
} from '../../../domain/decimal.js';
import type { ItemKey, RequestedItem } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingChild } from '../../xml/xml-fault.js';
import { optionalDecimal, optionalMoney, readQuantity } from './read-decimal.js';

/** ItemID of ItemIn and ItemOut; the auxiliary id is ours and comes back with layout around it (RULES 1.3, 6). */
export function readItemKey(item: XmlElement): ItemKey {
  const id = item.child('ItemID');
  if (id === undefined) throw missingChild(item, 'ItemID');
  const supplierPartId = id.childText('SupplierPartID');
  if (supplierPartId === undefined) throw missingChild(id, 'SupplierPartID');
  const auxiliaryId = id.child('SupplierPartAuxiliaryID')?.wholeText();
  return auxiliaryId === undefined ? { supplierPartId } : { supplierPartId, auxiliaryId };
}

/** One ItemOut of a setup request. Only ItemID and quantity are demanded: the buyer need not send more back (RULES 6). */
export function readRequestedItem(item: XmlElement): RequestedItem {
  const result: RequestedItem = { ...readItemKey(item), quantity: readQuantity(item) };
  const lineNumber = item.attribute('lineNumber');
  if (lineNumber !== undefined) result.lineNumber = lineNumber;
  const detail = item.child('ItemDetail');
  if (detail === undefined) return result;
  const price = optionalMoney(detail.child('UnitPrice'));
  const priceBasis = detail.child('PriceBasisQuantity');
  const basis = optionalDecimal(priceBasis, 'quantity');
  const factor = optionalDecimal(priceBasis, 'conversionFactor');
  if (price !== undefined) {
    const amount = ofOrderUnit(price.amount, factor);
    result.claimedUnitPrice = { ...price, amount, ...(basis === undefined ? {} : { basis }) };
  }
  const description = detail.child('Description');
  const text = description?.trimmedText() ?? description?.childText('ShortName') ?? description?.attribute('ShortName');
  if (text !== undefined) result.description = text;
  return result;
}

/** Converts a price for the price unit to one for the order unit; unchanged where the result has too many digits. */
function ofOrderUnit(amount: DecimalText, factor: DecimalText | undefined): DecimalText {
  if (factor === undefined || factor === '1' || !/[1-9]/.test(factor)) return amount;
  const price = formatDecimal(trimZeros(multiply(parseDecimal(amount), parseDecimal(factor))));
  return isDecimalText(price) ? price : amount;
}
