import type { Classification } from '../../../domain/cart/cart.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingChild } from '../../xml/xml-fault.js';
import type { CxmlDescription, CxmlOrderLine } from '../cxml-document.js';
import { readExtrinsics } from './read-buyer-person.js';
import { optionalDecimal, readCharge, readMoney, readQuantity } from './read-decimal.js';
import { readItemKey } from './read-requested-item.js';

const NO_EXTRINSICS: readonly NameValue[] = Object.freeze([]);

/**
 * One ItemIn. ItemID, quantity and a price are demanded, all else may be missing (source 002's own cart has no Classification).
 * All fields are written at once, absent ones as undefined: a cart of 10,000 lines lives on as 10,000 objects of one small shape.
 */
export function readOrderLine(item: XmlElement): CxmlOrderLine {
  const { supplierPartId, auxiliaryId } = readItemKey(item);
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
  // In one go, in whatever order they stand; of what may stand once, the first that says something counts.
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
        const code = child.trimmedText() ?? child.attribute('code');
        if (code !== undefined) classifications = withOneMore(classifications, { domain: child.attribute('domain') ?? '', code });
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
  return {
    quantity: readQuantity(item),
    lineNumber: item.attribute('lineNumber'),
    parentLineNumber: item.attribute('parentLineNumber'),
    itemType: item.attribute('itemType'),
    supplierPartId,
    auxiliaryId,
    buyerPartId: item.child('ItemID')?.childText('BuyerPartID'),
    unitPrice: readMoney(price),
    priceBasis: readPriceBasis(basis),
    unit,
    descriptions: descriptions ?? [],
    classifications: classifications ?? [],
    manufacturerPartId,
    manufacturerName,
    url,
    leadTime,
    extrinsics: extrinsicsOf(detail, item),
    shipping: readCharge(item.child('Shipping')),
    tax: readCharge(item.child('Tax')),
  };
}

/** A list of one has room for one; a list that is pushed to, for seventeen. */
function withOneMore<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}

function extrinsicsOf(detail: XmlElement, item: XmlElement): readonly NameValue[] {
  if (detail.child('Extrinsic') === undefined && item.child('Extrinsic') === undefined) return NO_EXTRINSICS;
  return [...readExtrinsics(detail), ...readExtrinsics(item)];
}

/** Dynamics 365 writes ShortName as an attribute (RULES 11). */
function readDescription(element: XmlElement): CxmlDescription {
  return {
    language: element.attribute('xml:lang'),
    shortName: element.childText('ShortName') ?? element.attribute('ShortName'),
    text: element.trimmedText(),
  };
}

function readPriceBasis(element: XmlElement | undefined): CxmlOrderLine['priceBasis'] {
  const quantity = optionalDecimal(element, 'quantity');
  return quantity === undefined ? undefined : { quantity, conversionFactor: optionalDecimal(element, 'conversionFactor'), unit: element?.childText('UnitOfMeasure') };
}
