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
import { missingChild, type XmlFault } from '../../xml/xml-fault.js';
import { inLine, optionalDecimal, optionalMoney, readQuantity } from './read-decimal.js';

/** ItemID of ItemIn and ItemOut; the auxiliary id is ours and comes back with layout around it (RULES 1.3, 6). */
export function readItemKey(item: XmlElement): ItemKey {
  const fault = faultOfItemKey(item);
  if (fault !== undefined) throw fault;
  const id = item.child('ItemID');
  const supplierPartId = id?.childText('SupplierPartID') ?? '';
  const auxiliaryId = id?.child('SupplierPartAuxiliaryID')?.wholeText();
  return auxiliaryId === undefined ? { supplierPartId } : { supplierPartId, auxiliaryId };
}

/** What an item lacks to be found by; undefined where it has a part number. */
export function faultOfItemKey(item: XmlElement): XmlFault | undefined {
  const id = item.child('ItemID');
  if (id === undefined) return missingChild(item, 'ItemID');
  return id.childText('SupplierPartID') === undefined ? missingChild(id, 'SupplierPartID') : undefined;
}

/**
 * The `place`-th ItemOut of a setup request. Only the quantity is demanded: the buyer need not send more back (RULES 6).
 * One without a part number is kept without it, so that the buyer is told that it cannot be restored.
 */
export function readRequestedItem(item: XmlElement, place: number): RequestedItem {
  const refusal = inLine(item, place, 'INVALID_XML');
  const key = faultOfItemKey(item) === undefined ? readItemKey(item) : { supplierPartId: '' };
  const result: RequestedItem = { ...key, quantity: readQuantity(item, refusal) };
  const lineNumber = item.attribute('lineNumber');
  if (lineNumber !== undefined) result.lineNumber = lineNumber;
  const detail = item.child('ItemDetail');
  if (detail === undefined) return result;
  const price = optionalMoney(detail.child('UnitPrice'), refusal);
  const priceBasis = detail.child('PriceBasisQuantity');
  const basis = optionalDecimal(priceBasis, 'quantity', refusal);
  const factor = optionalDecimal(priceBasis, 'conversionFactor', refusal);
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
