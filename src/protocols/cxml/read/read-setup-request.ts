import type { ItemKey, RequestedItem, SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import type { XmlFault } from '../../xml/xml-fault.js';
import type { CxmlEnvelope, CxmlSetup } from '../cxml-document.js';
import { readBuyerCookie } from './read-buyer-cookie.js';
import { readBuyerPerson, readExtrinsics } from './read-buyer-person.js';
import { readPartyAddress } from './read-party-address.js';
import { readItemKey } from './read-requested-item.js';

interface TakenItems {
  requestedItems: RequestedItem[];
  itemFault: XmlFault | undefined;
}

/**
 * PunchOutSetupRequest (RULES 5) without its ItemOut, which were taken before: children are found by name, whatever their
 * order. An ItemOut may lack its part number, but not all of them.
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

/** One without a part number opens nothing: the shop's home is shown (RULES 5). */
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
