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
 * PunchOutSetupRequest (cxml.md 5) without its ItemOut, which were taken before: children are found by name, whatever
 * their order. An ItemOut may lack its part number, but not all of them.
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
    ...(envelope.payloadId === undefined ? {} : { payloadId: envelope.payloadId }),
    ...(envelope.language === undefined ? {} : { language: envelope.language }),
    ...(currency === undefined ? {} : { currency }),
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(selectedItem === undefined ? {} : { selectedItem }),
  };
  const returnUrl = element.child('BrowserFormPost')?.childText('URL');
  const supplierSetupUrl = element.child('SupplierSetup')?.childText('URL');
  return {
    operation: element.attribute('operation')?.toLowerCase() ?? 'create',
    buyerCookie,
    request,
    ...(returnUrl === undefined ? {} : { returnUrl }),
    ...(supplierSetupUrl === undefined ? {} : { supplierSetupUrl }),
  };
}

/** One without a part number opens nothing: the shop's home is shown (cxml.md 5). */
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

/** ItemID of ItemIn and ItemOut; the auxiliary id is ours and comes back with layout around it (cxml.md 1.3, 6). */
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
 * The `place`-th ItemOut of a setup request. Only the quantity is demanded: the buyer need not send more back
 * (cxml.md 6). One without a part number is kept without it, so that the buyer is told that it cannot be restored.
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
