import type { CartLine } from '../../../domain/cart/cart.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { MappedLine } from '../../../domain/mapping/mapped-cart.js';
import { escapeTrimmedXmlText, escapeXmlAttribute } from '../../xml/escape-xml.js';
import type { OrderLines } from './order-lines.js';
import type { OrderMessageInput } from './order-message-input.js';
import { pricePerUnit } from './price-per-unit.js';

/** RULES 7: the guide's maximum, in characters. */
const SHORT_NAME_LENGTH = 50;

/**
 * Writer of one message's ItemIn elements, pure ASCII, in the order of the DTD. Lines must have passed `orderLines`.
 * Strings and nothing else: this runs once for each of up to 100,000 lines (DESIGN 8).
 */
export function itemInWriter({ cart, settings }: OrderMessageInput, numbers: OrderLines['numbers']): (line: MappedLine, index: number) => string {
  const hasPriceBasis = settings.cxml.version !== '1.2.014';
  const writesCustomFields = settings.cxml.customFieldsAsExtrinsics === true;
  const money = `<UnitPrice><Money currency="${escapeXmlAttribute(cart.currency, true)}">`;
  const language = escapeXmlAttribute(cart.language, true);
  const description = `</Money></UnitPrice><Description xml:lang="${language}">`;
  const units = new Map(Object.entries(settings.units));
  const fallbackClassification = classification(settings.defaultClassification.domain, settings.defaultClassification.code);

  return (line, index) => {
    const unit = escapeTrimmedXmlText(units.get(line.unit) ?? line.unit, true) || 'EA';
    const basis = line.priceBasis === '1' ? undefined : line.priceBasis;
    const price = basis === undefined || hasPriceBasis ? line.unitPrice : (pricePerUnit(line, cart.currency) ?? line.unitPrice);
    return (
      `\n<ItemIn quantity="${line.quantity}"${numbers === undefined ? '' : bundleAttributes(line, index, numbers)}>` +
      `<ItemID><SupplierPartID>${escapeTrimmedXmlText(line.sku, true)}</SupplierPartID>${element('SupplierPartAuxiliaryID', line.auxiliaryId)}${hasPriceBasis ? element('BuyerPartID', line.outgoing?.buyerPartId ?? line.buyerPartId) : ''}</ItemID>` +
      `<ItemDetail>${money}${price}${description}${descriptionContent(line)}</Description><UnitOfMeasure>${unit}</UnitOfMeasure>` +
      (basis === undefined || !hasPriceBasis ? '' : priceBasisQuantity(basis, unit)) +
      (classifications(line) || fallbackClassification) +
      element('ManufacturerPartID', line.manufacturerPartId) +
      element('ManufacturerName', line.manufacturerName) +
      element('URL', line.url) +
      (line.leadTimeDays === undefined || !(line.leadTimeDays >= 0) ? '' : `<LeadTime>${Math.ceil(line.leadTimeDays)}</LeadTime>`) +
      `${line.outgoing?.extrinsics === undefined && !writesCustomFields ? '' : extrinsics(line, writesCustomFields)}</ItemDetail></ItemIn>`
    );
  };
}

/** Nothing when no text is left (RULES 1.3). */
function element(name: string, text: string | undefined): string {
  if (text === undefined) return '';
  const content = escapeTrimmedXmlText(text, true);
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}

/** The name; where there is a long text, that, with the name (or what the map says) before it as ShortName. */
function descriptionContent(line: MappedLine): string {
  const short = line.outgoing?.shortName;
  const name = escapeTrimmedXmlText(line.name, true);
  const long = line.description === undefined ? '' : escapeTrimmedXmlText(line.description, true);
  if (short === undefined && (long === '' || long === name)) return name || escapeTrimmedXmlText(line.sku, true);
  const first = short === undefined && line.name.length <= SHORT_NAME_LENGTH && name !== '' ? `<ShortName>${name}</ShortName>` : shortName(short ?? line.name);
  return first + (long || name || escapeTrimmedXmlText(line.sku, true));
}

function shortName(text: string): string {
  return element('ShortName', text.length <= SHORT_NAME_LENGTH ? text : firstCharacters(text));
}

/** Whole code points, so that no pair is cut. */
function firstCharacters(text: string): string {
  return Array.from(text.trim()).slice(0, SHORT_NAME_LENGTH).join('');
}

function classifications(line: CartLine): string {
  let markup = '';
  for (const { domain, code } of line.classifications) markup += classification(domain, code);
  return markup;
}

function classification(domain: string, code: string): string {
  const content = escapeTrimmedXmlText(code, true);
  return content === '' ? '' : `<Classification domain="${escapeXmlAttribute(domain.trim(), true)}">${content}</Classification>`;
}

function priceBasisQuantity(basis: DecimalText, unit: string): string {
  return `<PriceBasisQuantity quantity="${basis}" conversionFactor="1"><UnitOfMeasure>${unit}</UnitOfMeasure></PriceBasisQuantity>`;
}

/** The head of a bundle carries the price of its parts (1.2.036 and later). */
function bundleAttributes(line: CartLine, index: number, numbers: ReadonlyMap<string, number>): string {
  const parent = line.parentLineId === undefined ? undefined : numbers.get(line.parentLineId);
  const number = ` lineNumber="${index + 1}"`;
  if (parent !== undefined) return `${number} parentLineNumber="${parent}" itemType="item"`;
  return line.kind === 'bundle' ? `${number} itemType="composite" compositeItemType="groupLevel"` : number;
}

/** Those that the map names, then the custom fields where the connection still wants them all; of two with one name the mapped one. */
function extrinsics({ customFields, outgoing }: MappedLine, writesCustomFields: boolean): string {
  const mapped = outgoing?.extrinsics ?? [];
  let markup = '';
  for (const { name, value } of mapped) markup += extrinsic(name, value);
  if (!writesCustomFields) return markup;
  for (const name in customFields) if (!mapped.some((entry) => entry.name === name)) markup += extrinsic(name, customFields[name]);
  return markup;
}

function extrinsic(name: string, value: string | undefined): string {
  const content = value === undefined ? '' : escapeTrimmedXmlText(value, true);
  return content === '' ? '' : `<Extrinsic name="${escapeXmlAttribute(name, true)}">${content}</Extrinsic>`;
}
