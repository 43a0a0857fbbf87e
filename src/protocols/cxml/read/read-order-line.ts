import type { XmlElement } from '../../xml/xml-element.js';
import { missingChild } from '../../xml/xml-fault.js';
import type { CxmlDescription, CxmlOrderLine } from '../cxml-document.js';
import { readExtrinsics } from './read-buyer-person.js';
import { decimalOf, readCharge, readMoney, readQuantity } from './read-decimal.js';
import { readItemKey } from './read-requested-item.js';

/** One ItemIn. ItemID, quantity and a price are demanded, all else may be missing (source 002's own cart has no Classification). */
export function readOrderLine(item: XmlElement): CxmlOrderLine {
  const key = readItemKey(item);
  const detail = item.child('ItemDetail');
  if (detail === undefined) throw missingChild(item, 'ItemDetail');
  const price = detail.child('UnitPrice');
  if (price === undefined) throw missingChild(detail, 'UnitPrice');
  const line: CxmlOrderLine = {
    quantity: readQuantity(item),
    supplierPartId: key.supplierPartId,
    unitPrice: readMoney(price),
    descriptions: [],
    classifications: [],
    extrinsics: [...readExtrinsics(detail), ...readExtrinsics(item)],
  };
  if (key.auxiliaryId !== undefined) line.auxiliaryId = key.auxiliaryId;
  assign(line, 'lineNumber', item.attribute('lineNumber'));
  assign(line, 'parentLineNumber', item.attribute('parentLineNumber'));
  assign(line, 'itemType', item.attribute('itemType'));
  assign(line, 'buyerPartId', item.child('ItemID')?.childText('BuyerPartID'));
  readDetail(detail, line);
  const shipping = readCharge(item.child('Shipping'));
  const tax = readCharge(item.child('Tax'));
  if (shipping !== undefined) line.shipping = shipping;
  if (tax !== undefined) line.tax = tax;
  return line;
}

type DetailText = 'unit' | 'manufacturerPartId' | 'manufacturerName' | 'url' | 'leadTime';

const DETAIL_TEXTS = new Map<string, DetailText>([
  ['UnitOfMeasure', 'unit'],
  ['ManufacturerPartID', 'manufacturerPartId'],
  ['ManufacturerName', 'manufacturerName'],
  ['URL', 'url'],
  ['LeadTime', 'leadTime'],
]);

function readDetail(detail: XmlElement, line: CxmlOrderLine): void {
  for (const child of detail.children) {
    const text = DETAIL_TEXTS.get(child.name);
    if (text !== undefined) {
      if (line[text] === undefined) assign(line, text, child.trimmedText());
    } else if (child.name === 'Description') line.descriptions.push(readDescription(child));
    else if (child.name === 'Classification') {
      const code = child.trimmedText() ?? child.attribute('code');
      if (code !== undefined) line.classifications.push({ domain: child.attribute('domain') ?? '', code });
    } else if (child.name === 'PriceBasisQuantity') readPriceBasis(child, line);
  }
}

/** Dynamics 365 writes ShortName as an attribute (RULES 11). */
function readDescription(element: XmlElement): CxmlDescription {
  const description: CxmlDescription = {};
  const language = element.attribute('xml:lang');
  const shortName = element.childText('ShortName') ?? element.attribute('ShortName');
  const text = element.trimmedText();
  if (language !== undefined) description.language = language;
  if (shortName !== undefined) description.shortName = shortName;
  if (text !== undefined) description.text = text;
  return description;
}

function readPriceBasis(element: XmlElement, line: CxmlOrderLine): void {
  const quantity = decimalOf(element.attribute('quantity'));
  if (quantity === undefined) return;
  const conversionFactor = decimalOf(element.attribute('conversionFactor'));
  const unit = element.childText('UnitOfMeasure');
  line.priceBasis = { quantity, ...(conversionFactor === undefined ? {} : { conversionFactor }), ...(unit === undefined ? {} : { unit }) };
}

function assign(line: CxmlOrderLine, field: DetailText | 'lineNumber' | 'parentLineNumber' | 'itemType' | 'buyerPartId', value: string | undefined): void {
  if (value !== undefined) line[field] = value;
}
