import type { Classification, IdReference } from '../../../domain/cart/cart.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingChild } from '../../xml/xml-fault.js';
import type { CxmlDescription, CxmlOrderLine } from '../cxml-document.js';
import { readExtrinsics } from './read-buyer-person.js';
import { inLine, type NumberRefusal, optionalFactor, readCharge, readMoney, readQuantity } from './read-decimal.js';
import { readItemKey } from './read-setup-request.js';
import { KNOWN_ITEM, unreadParts } from './unread-parts.js';

const NO_EXTRINSICS: readonly NameValue[] = Object.freeze([]);

/**
 * Reads one ItemIn; `place` is its position. ItemID, quantity and a price are required, all else may be missing
 * (PunchFlow's own cart has no Classification). All fields are set in one literal, absent ones as undefined: a cart of
 * 10,000 lines then stays in memory as 10,000 objects of one small shape.
 */
export function readOrderLine(item: XmlElement, place: number): CxmlOrderLine {
  const refusal = inLine(item, place, 'INVALID_XML');
  const { supplierPartId, auxiliaryId } = readItemKey(item);
  const id = item.child('ItemID');
  const detail = item.child('ItemDetail');
  if (detail === undefined) throw missingChild(item, 'ItemDetail');
  let price: XmlElement | undefined;
  let basis: XmlElement | undefined;
  let unit: string | undefined;
  let manufacturerPartId: string | undefined;
  let manufacturerName: string | undefined;
  let url: string | undefined;
  let leadTime: string | undefined;
  let descriptions: CxmlDescription[] | undefined;
  let classifications: Classification[] | undefined;
  // One pass, in any order. Of an element that may occur once, the first with content counts.
  for (let child = detail.first; child !== undefined; child = child.next) {
    switch (child.name) {
      case 'UnitPrice':
        price ??= child;
        break;
      case 'Description':
        descriptions = withOneMore(descriptions, readDescription(child));
        break;
      case 'UnitOfMeasure':
        unit ??= child.trimmedText();
        break;
      case 'PriceBasisQuantity':
        basis ??= child;
        break;
      case 'Classification': {
        const classification = readClassification(child);
        if (classification !== undefined) classifications = withOneMore(classifications, classification);
        break;
      }
      case 'ManufacturerPartID':
        manufacturerPartId ??= child.trimmedText();
        break;
      case 'ManufacturerName':
        manufacturerName ??= child.trimmedText();
        break;
      case 'URL':
        url ??= child.trimmedText();
        break;
      case 'LeadTime':
        leadTime ??= child.trimmedText();
        break;
      default:
    }
  }
  if (price === undefined) throw missingChild(detail, 'UnitPrice');
  const unread = unreadParts(item, KNOWN_ITEM);
  return {
    quantity: readQuantity(item, refusal),
    lineNumber: item.attribute('lineNumber'),
    parentLineNumber: item.attribute('parentLineNumber'),
    itemType: item.attribute('itemType'),
    compositeItemType: item.attribute('compositeItemType'),
    supplierPartId,
    auxiliaryId,
    buyerPartId: id?.childText('BuyerPartID'),
    references: readReferences(id),
    unitPrice: readMoney(price, refusal),
    priceBasis: readPriceBasis(basis, refusal),
    unit,
    descriptions: descriptions ?? [],
    classifications: classifications ?? [],
    manufacturerPartId,
    manufacturerName,
    url,
    leadTime,
    extrinsics: extrinsicsOf(detail, item),
    shipping: readCharge(item.child('Shipping'), refusal),
    tax: readCharge(item.child('Tax'), refusal),
    unread: unread.length === 0 ? undefined : unread,
  };
}

/** A list of one has capacity for one; a list that is pushed to has capacity for 17. */
function withOneMore<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}

function extrinsicsOf(detail: XmlElement, item: XmlElement): readonly NameValue[] {
  if (detail.child('Extrinsic') === undefined && item.child('Extrinsic') === undefined) return NO_EXTRINSICS;
  return [...readExtrinsics(detail), ...readExtrinsics(item)];
}

/** Dynamics 365 writes ShortName as an attribute (cxml.md 11). */
function readDescription(element: XmlElement): CxmlDescription {
  return {
    language: element.attribute('xml:lang'),
    shortName: element.childText('ShortName') ?? element.attribute('ShortName'),
    text: element.trimmedText(),
  };
}

/** The content is the code. If the attribute `code` differs, the attribute is the code and the content is its name. */
function readClassification(element: XmlElement): Classification | undefined {
  const text = element.trimmedText();
  const code = element.attribute('code') ?? text;
  if (code === undefined) return undefined;
  const domain = element.attribute('domain') ?? '';
  return text === undefined || text === code ? { domain, code } : { domain, code, name: text };
}

function readReferences(id: XmlElement | undefined): IdReference[] | undefined {
  let references: IdReference[] | undefined;
  for (let child = id?.first; child !== undefined; child = child.next) {
    if (child.name !== 'IdReference') continue;
    const domain = child.attribute('domain');
    const identifier = child.attribute('identifier');
    if (domain !== undefined && identifier !== undefined) references = withOneMore(references, { domain, identifier });
  }
  return references;
}

/** Both numbers default to 1. */
function readPriceBasis(element: XmlElement | undefined, refusal: NumberRefusal): CxmlOrderLine['priceBasis'] {
  if (element === undefined) return undefined;
  const unit = element.childText('UnitOfMeasure');
  const quantity = optionalFactor(element, 'quantity', refusal);
  const conversionFactor = optionalFactor(element, 'conversionFactor', refusal);
  if (unit === undefined && quantity === undefined && conversionFactor === undefined) return undefined;
  return { quantity: quantity ?? '1', conversionFactor, unit };
}
