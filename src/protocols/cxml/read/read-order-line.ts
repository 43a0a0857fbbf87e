import type { Classification } from '../../../domain/cart/cart.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingChild } from '../../xml/xml-fault.js';
import type { CxmlDescription, CxmlOrderLine } from '../cxml-document.js';
import { readExtrinsics } from './read-buyer-person.js';
import { decimalOf, readCharge, readMoney, readQuantity } from './read-decimal.js';
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
  const price = detail.child('UnitPrice');
  if (price === undefined) throw missingChild(detail, 'UnitPrice');
  const descriptions: CxmlDescription[] = [];
  const classifications: Classification[] = [];
  for (const child of detail.children) {
    if (child.name === 'Description') descriptions.push(readDescription(child));
    else if (child.name === 'Classification') {
      const code = child.trimmedText() ?? child.attribute('code');
      if (code !== undefined) classifications.push({ domain: child.attribute('domain') ?? '', code });
    }
  }
  const extrinsics = readExtrinsics(detail).concat(readExtrinsics(item));
  return {
    quantity: readQuantity(item),
    lineNumber: item.attribute('lineNumber'),
    parentLineNumber: item.attribute('parentLineNumber'),
    itemType: item.attribute('itemType'),
    supplierPartId,
    auxiliaryId,
    buyerPartId: item.child('ItemID')?.childText('BuyerPartID'),
    unitPrice: readMoney(price),
    priceBasis: readPriceBasis(detail.child('PriceBasisQuantity')),
    unit: detail.firstText('UnitOfMeasure'),
    descriptions,
    classifications,
    manufacturerPartId: detail.firstText('ManufacturerPartID'),
    manufacturerName: detail.firstText('ManufacturerName'),
    url: detail.firstText('URL'),
    leadTime: detail.firstText('LeadTime'),
    extrinsics: extrinsics.length === 0 ? NO_EXTRINSICS : extrinsics,
    shipping: readCharge(item.child('Shipping')),
    tax: readCharge(item.child('Tax')),
  };
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
  const quantity = decimalOf(element?.attribute('quantity'));
  return quantity === undefined ? undefined : { quantity, conversionFactor: decimalOf(element?.attribute('conversionFactor')), unit: element?.childText('UnitOfMeasure') };
}
