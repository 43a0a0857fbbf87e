import type { ItemKey, RequestedItem, SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { type XmlFault, missingChild } from '../../xml/xml-fault.js';
import type { CxmlEnvelope, CxmlSetup } from '../cxml-document.js';
import { readBuyerCookie, readBuyerPerson, readExtrinsics } from './read-buyer-person.js';
import { readPartyAddress } from './read-party-address.js';
import {
  type DecimalText,
  formatDecimal,
  isDecimalText,
  multiply,
  parseDecimal,
  trimZeros,
} from '../../../domain/decimal.js';
import { inLine, optionalDecimal, optionalMoney, readQuantity } from './read-decimal.js';

interface TakenItems {
  requestedItems: RequestedItem[];
  itemFault: XmlFault | undefined;
}

/**
 * Reads a PunchOutSetupRequest (cxml.md 5) without its ItemOut, which were removed before. Children are found by name,
 * in any order. Single ItemOut elements may lack a part number, but not all of them.
 */
export function readSetupRequest(
  element: XmlElement,
  envelope: CxmlEnvelope,
  { requestedItems: items, itemFault }: TakenItems,
): CxmlSetup {
  if (itemFault !== undefined && items.every(({ supplierPartId }) => supplierPartId === '')) throw itemFault;
  const buyerCookie = readBuyerCookie(element);
  const extrinsics = readExtrinsics(element);
  const contacts = element.children.filter((child) => child.name === 'Contact');
  const shipTo = readPartyAddress(element.child('ShipTo'));
  const selectedItem = readSelectedItem(element.child('SelectedItem'));
  const currency = currencyOf(extrinsics, items);
  const request: SetupRequest = {
    deploymentMode: envelope.deploymentMode,
    buyer: readBuyerPerson(extrinsics, contacts, shipTo?.name),
    extrinsics,
    items,
    parties: { from: envelope.from, to: envelope.to, sender: envelope.sender },
    payloadId: envelope.payloadId,
    language: envelope.language,
    currency,
    shipTo,
    selectedItem,
  };
  const returnUrl = element.child('BrowserFormPost')?.childText('URL');
  const supplierSetupUrl = element.child('SupplierSetup')?.childText('URL');
  return {
    operation: element.attribute('operation')?.toLowerCase() ?? 'create',
    buyerCookie,
    request,
    returnUrl,
    supplierSetupUrl,
  };
}

/** An item without a part number is ignored: the shop's home page opens (cxml.md 5). */
function readSelectedItem(element: XmlElement | undefined): ItemKey | undefined {
  return element?.descendant('ItemID', 'SupplierPartID')?.trimmedText() === undefined
    ? undefined
    : element && readItemKey(element);
}

function currencyOf(extrinsics: SetupRequest['extrinsics'], items: RequestedItem[]): string | undefined {
  const named =
    extrinsics.find(({ name }) => /^currency(code)?$/i.test(name))?.value ??
    items.find((item) => item.claimedUnitPrice)?.claimedUnitPrice?.currency;
  return named !== undefined && /^[A-Za-z]{3}$/.test(named) ? named.toUpperCase() : undefined;
}

/** ItemID of ItemIn and ItemOut. The auxiliary id is ours; buyers return it with added white space (cxml.md 1.3, 6). */
export function readItemKey(item: XmlElement): ItemKey {
  const fault = faultOfItemKey(item);
  if (fault !== undefined) throw fault;
  const id = item.child('ItemID');
  const supplierPartId = id?.childText('SupplierPartID') ?? '';
  const auxiliaryId = id?.child('SupplierPartAuxiliaryID')?.wholeText();
  return auxiliaryId === undefined ? { supplierPartId } : { supplierPartId, auxiliaryId };
}

/** Names the part number as missing; undefined if the item has one. */
export function faultOfItemKey(item: XmlElement): XmlFault | undefined {
  const id = item.child('ItemID');
  if (id === undefined) return missingChild(item, 'ItemID');
  return id.childText('SupplierPartID') === undefined ? missingChild(id, 'SupplierPartID') : undefined;
}

/**
 * Reads one ItemOut of a setup request; `place` is its position. Only the quantity is required, because the buyer need
 * not return more (cxml.md 6). An item without a part number is kept, so that the buyer is told that it cannot be
 * restored.
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
    result.claimedUnitPrice = { ...price, amount, basis };
  }
  const description = detail.child('Description');
  const text = description?.trimmedText() ?? description?.childText('ShortName') ?? description?.attribute('ShortName');
  if (text !== undefined) result.description = text;
  return result;
}

/** Converts a price per price unit to a price per order unit; unchanged if the result has too many digits. */
function ofOrderUnit(amount: DecimalText, factor: DecimalText | undefined): DecimalText {
  if (factor === undefined || factor === '1' || !/[1-9]/.test(factor)) return amount;
  const price = formatDecimal(trimZeros(multiply(parseDecimal(amount), parseDecimal(factor))));
  return isDecimalText(price) ? price : amount;
}
