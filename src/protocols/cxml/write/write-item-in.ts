import type { CartCharge, CartLine, Classification } from '../../../domain/cart/cart.js';
import { currencyDigits } from '../../../domain/currency.js';
import { type DecimalText, formatDecimal } from '../../../domain/decimal.js';
import type { MappedLine } from '../../../domain/mapping/mapping.js';
import { escapeTrimmedXmlText, escapeXmlAttribute } from '../../xml/escape-xml.js';
import { type OrderLines, pricePerUnit, type OrderMessageInput } from './order-lines.js';

/** cxml.md 7: the guide's maximum, in characters. */
export const SHORT_NAME_LENGTH = 50;

/**
 * Writes the ItemIn elements of one message, in pure ASCII and in the order of the DTD. Lines must have passed
 * `orderLines`. Uses only strings, because it runs for each of up to 100,000 lines (architecture.md section 8).
 */
export function itemInWriter(
  { cart, settings, given }: OrderMessageInput,
  { attributes, isPricedAtParts }: OrderLines,
): (line: MappedLine, index: number) => string {
  const hasPriceBasis = settings.cxml.version !== '1.2.014';
  const writesCustomFields = settings.cxml.customFieldsAsExtrinsics === true;
  const writesShortName = settings.cxml.shortName !== false;
  const writesNames = given === true && hasPriceBasis;
  const currency = escapeXmlAttribute(cart.currency, true);
  const money = `<Money currency="${currency}">`;
  const language = escapeXmlAttribute(cart.language, true);
  const units = new Map(Object.entries(settings.units));
  const fallbackClassification = classification(settings.defaultClassification, false);
  const free = formatDecimal({ units: 0n, scale: currencyDigits(cart.currency) });

  const priceOf = (line: MappedLine, isPlain: boolean, isFree: boolean): DecimalText => {
    if (isFree) return free;
    return isPlain || hasPriceBasis ? line.unitPrice : (pricePerUnit(line, cart.currency) ?? line.unitPrice);
  };
  const charge = (name: 'Shipping' | 'Tax', of: CartCharge | undefined): string => {
    if (of === undefined) return '';
    const own = escapeTrimmedXmlText(of.description, true);
    const label = own === '' || of.language === undefined ? language : escapeXmlAttribute(of.language, true);
    const description = `<Description xml:lang="${label}">${own || name}</Description>`;
    return `<${name}>${money}${of.amount}</Money>${description}</${name}>`;
  };

  return (line, index) => {
    const { outgoing } = line;
    const unit = unitText(line.unit, units);
    const isPlain = line.priceBasis === '1' && line.conversionFactor === undefined && line.priceUnit === undefined;
    const price = priceOf(line, isPlain, isPricedAtParts?.[index] === 1);
    return (
      `\n<ItemIn quantity="${line.quantity}"${attributes === undefined ? '' : attributes[index]}>` +
      `<ItemID><SupplierPartID>${escapeTrimmedXmlText(line.sku, true)}</SupplierPartID>` +
      element('SupplierPartAuxiliaryID', line.auxiliaryId) +
      (hasPriceBasis ? element('BuyerPartID', outgoing?.buyerPartId ?? line.buyerPartId) + references(line) : '') +
      `</ItemID><ItemDetail><UnitPrice>${money}${price}</Money></UnitPrice>` +
      (line.textLanguages === undefined
        ? `<Description xml:lang="${language}">` +
          `${descriptionContent(line, outgoing?.shortName, line.sku, writesShortName)}</Description>`
        : foreignTexts(line, line.textLanguages, cart.language, writesShortName)) +
      (line.texts === undefined ? '' : furtherDescriptions(line, cart.language, writesShortName)) +
      `<UnitOfMeasure>${unit}</UnitOfMeasure>` +
      (isPlain || !hasPriceBasis ? '' : priceBasisQuantity(line, unit, unitText(line.priceUnit ?? line.unit, units))) +
      (classifications(line, writesNames) || fallbackClassification) +
      element('ManufacturerPartID', line.manufacturerPartId) +
      element('ManufacturerName', line.manufacturerName) +
      element('URL', line.url) +
      leadTime(line) +
      (outgoing?.extrinsics === undefined && !writesCustomFields ? '' : extrinsics(line, writesCustomFields)) +
      `</ItemDetail>${charge('Shipping', line.shipping)}${charge('Tax', line.tax)}</ItemIn>`
    );
  };
}

function leadTime({ leadTimeDays }: CartLine): string {
  return leadTimeDays === undefined || !(leadTimeDays >= 0) ? '' : `<LeadTime>${Math.ceil(leadTimeDays)}</LeadTime>`;
}

function unitText(unit: string, units: ReadonlyMap<string, string>): string {
  return escapeTrimmedXmlText(units.get(unit) ?? unit, true) || 'EA';
}

/** '' if no text is left (cxml.md 1.3). */
function element(name: string, text: string | undefined): string {
  if (text === undefined) return '';
  const content = escapeTrimmedXmlText(text, true);
  return content === '' ? '' : `<${name}>${content}</${name}>`;
}

/**
 * The content of Description: the name (or the mapped text) as ShortName, then the long text; or the name alone. A line
 * break separates them for readers that join both.
 */
function descriptionContent(
  { name, description }: Pick<CartLine, 'name' | 'description'>,
  mapped: string | undefined,
  sku: string,
  writesShortName: boolean,
): string {
  const plain = escapeTrimmedXmlText(name, true);
  const long = description === undefined ? '' : escapeTrimmedXmlText(description, true);
  const text = long || plain || escapeTrimmedXmlText(sku, true);
  if (!writesShortName || (mapped === undefined && (long === '' || long === plain))) return text;
  const cut = name.length > SHORT_NAME_LENGTH ? escapeTrimmedXmlText(firstCharacters(name), true) : plain;
  if (mapped === undefined && cut === long) return text;
  const short =
    mapped !== undefined ? element('ShortName', firstCharacters(mapped)) : cut && `<ShortName>${cut}</ShortName>`;
  return short === '' ? text : `${short}\n${text}`;
}

function furtherDescriptions({ texts = [], sku }: CartLine, cartLanguage: string, writesShortName: boolean): string {
  let markup = '';
  for (const { language, name = '', description } of texts) {
    const content = descriptionContent({ name, description }, undefined, sku, writesShortName);
    markup += descriptionIn(language.trim() || cartLanguage, content);
  }
  return markup;
}

/** One Description in the language of its texts; two if the name and the long text have different languages. */
function foreignTexts(
  line: MappedLine,
  { name = '', description = '' }: NonNullable<CartLine['textLanguages']>,
  cartLanguage: string,
  writesShortName: boolean,
): string {
  const content = (texts: Pick<CartLine, 'name' | 'description'>): string =>
    descriptionContent(texts, line.outgoing?.shortName, line.sku, writesShortName);
  const nameLanguage = name || cartLanguage;
  if (line.description === undefined || line.description.trim() === '' || name === description) {
    return descriptionIn(nameLanguage, content(line));
  }
  return (
    descriptionIn(nameLanguage, content({ name: line.name })) +
    descriptionIn(description || cartLanguage, escapeTrimmedXmlText(line.description, true))
  );
}

function descriptionIn(language: string, content: string): string {
  return `<Description xml:lang="${escapeXmlAttribute(language, true)}">${content}</Description>`;
}

/** Counts code points, so that no surrogate pair is cut. */
function firstCharacters(text: string): string {
  return text.length <= SHORT_NAME_LENGTH ? text : Array.from(text.trim()).slice(0, SHORT_NAME_LENGTH).join('');
}

function references({ references: list }: CartLine): string {
  if (list === undefined) return '';
  let markup = '';
  for (const { domain, identifier } of list) {
    if (domain.trim() === '' || identifier.trim() === '') continue;
    const of = escapeXmlAttribute(domain.trim(), true);
    markup += `<IdReference identifier="${escapeXmlAttribute(identifier.trim(), true)}" domain="${of}"/>`;
  }
  return markup;
}

function classifications(line: CartLine, writesNames: boolean): string {
  let markup = '';
  for (const entry of line.classifications) markup += classification(entry, writesNames);
  return markup;
}

/**
 * '' without a domain, because the DTD requires one. The code is the content, which every reader accepts. If the shop
 * sent a name, the name is the content and the code is in the attribute (1.2.036 and later).
 */
function classification({ domain, code, name }: Classification, writesNames: boolean): string {
  const content = escapeTrimmedXmlText(code, true);
  if (content === '' || domain.trim() === '') return '';
  const named = writesNames && name !== undefined ? escapeTrimmedXmlText(name, true) : '';
  const start = `<Classification domain="${escapeXmlAttribute(domain.trim(), true)}"`;
  return named === ''
    ? `${start}>${content}</Classification>`
    : `${start} code="${escapeXmlAttribute(code.trim(), true)}">${named}</Classification>`;
}

/** '' if one order unit is one price unit. */
function priceBasisQuantity({ priceBasis, conversionFactor = '1' }: CartLine, unit: string, priceUnit: string): string {
  if (priceBasis === '1' && conversionFactor === '1' && priceUnit === unit) return '';
  const factors = `quantity="${priceBasis}" conversionFactor="${conversionFactor}"`;
  return `<PriceBasisQuantity ${factors}><UnitOfMeasure>${priceUnit}</UnitOfMeasure></PriceBasisQuantity>`;
}

/**
 * Extrinsics of the mapping, then the custom fields if the connection wants them. If both have a name, the mapped one
 * is written.
 */
function extrinsics({ customFields, outgoing }: MappedLine, writesCustomFields: boolean): string {
  const mapped = outgoing?.extrinsics ?? [];
  let markup = '';
  for (const { name, value } of mapped) markup += extrinsic(name, value);
  if (!writesCustomFields) return markup;
  for (const name in customFields)
    if (!mapped.some((entry) => entry.name === name)) markup += extrinsic(name, customFields[name]);
  return markup;
}

function extrinsic(name: string, value: string | undefined): string {
  const content = value === undefined ? '' : escapeTrimmedXmlText(value, true);
  return content === '' ? '' : `<Extrinsic name="${escapeXmlAttribute(name, true)}">${content}</Extrinsic>`;
}
