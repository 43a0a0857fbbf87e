import { type DecimalText, readDecimal } from '../../../domain/decimal.js';
import type { ErrorCode } from '../../../domain/error-codes.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingAttribute, missingChild, XmlFault } from '../../xml/xml-fault.js';
import type { CxmlCharge, CxmlMoney } from '../cxml-document.js';

/** How an unreadable number is refused. */
export interface NumberRefusal {
  code: ErrorCode;
  /** Start of the sentence: `Line 2: `. */
  where: string;
}

/** Maximum number of characters of a wrong number that a refusal repeats. */
const MAX_SHOWN = 40;

const USUAL: NumberRefusal = { code: 'INVALID_XML', where: '' };

/** For the numbers of a line. Without a line number, `place` names the line. */
export function inLine(item: XmlElement, place: number, code: ErrorCode): NumberRefusal {
  return { code, where: `Line ${(item.attribute('lineNumber') ?? String(place)).slice(0, MAX_SHOWN)}: ` };
}

/**
 * A number as buyers and shops write it. Commas may separate groups of three digits, but not decimals (cxml.md 7,
 * Money).
 */
function cxmlDecimal(text: string): DecimalText | undefined {
  return readDecimal(text, { comma: 'groups' });
}

/**
 * Reads an optional number: the attribute of that name, or the text of the element. Empty counts as missing (cxml.md
 * 1.3). Throws an XmlFault for any other text that is not a number.
 */
export function optionalDecimal(
  element: XmlElement | undefined,
  attribute?: string,
  refusal = USUAL,
): DecimalText | undefined {
  const text = attribute === undefined ? element?.trimmedText() : element?.attribute(attribute);
  if (element === undefined || text === undefined) return undefined;
  return cxmlDecimal(text) ?? fail(element, attribute, 'not a decimal number', text, refusal);
}

/** `quantity` of ItemIn and ItemOut: a decimal of 0 or more (cxml.md 7). */
export function readQuantity(item: XmlElement, refusal = USUAL): DecimalText {
  const written = item.attribute('quantity');
  if (written === undefined) throw missingAttribute(item, 'quantity');
  const quantity = cxmlDecimal(written);
  return quantity === undefined || quantity.startsWith('-')
    ? fail(item, 'quantity', 'not a decimal number of 0 or more', written, refusal)
    : quantity;
}

/** Reads an optional attribute. A value that is not a number above 0 is a fault, because it would change the price. */
export function optionalFactor(element: XmlElement, attribute: string, refusal = USUAL): DecimalText | undefined {
  const factor = optionalDecimal(element, attribute, refusal);
  const isWrong = factor !== undefined && (factor.startsWith('-') || !/[1-9]/.test(factor));
  return isWrong
    ? fail(element, attribute, 'not a decimal number above 0', element.attribute(attribute) ?? '', refusal)
    : factor;
}

/** Reads the required Money in `parent`. */
export function readMoney(parent: XmlElement, refusal = USUAL): CxmlMoney {
  const money = parent.child('Money');
  if (money === undefined) throw missingChild(parent, 'Money');
  const currency = money.attribute('currency');
  if (currency === undefined) throw missingAttribute(money, 'currency');
  const amount = optionalDecimal(money, undefined, refusal);
  return amount === undefined ? fail(money, undefined, 'not a decimal number', '', refusal) : { amount, currency };
}

/** Reads an optional Money. A Money without a currency counts as missing. */
export function optionalMoney(parent: XmlElement | undefined, refusal = USUAL): CxmlMoney | undefined {
  const money = parent?.child('Money');
  const amount = optionalDecimal(money, undefined, refusal);
  const currency = money?.attribute('currency');
  return amount === undefined || currency === undefined ? undefined : { amount, currency };
}

/** Shipping and Tax: Money and Description. */
export function readCharge(element: XmlElement | undefined, refusal = USUAL): CxmlCharge | undefined {
  if (element === undefined) return undefined;
  const description = element.childText('Description');
  const language = description === undefined ? undefined : element.child('Description')?.attribute('xml:lang');
  return { ...readMoney(element, refusal), description, language };
}

function fail(
  { name, line, column }: XmlElement,
  attribute: string | undefined,
  what: string,
  text: string,
  { code, where }: NumberRefusal,
): never {
  const place = attribute === undefined ? `Element '${name}'` : `Element '${name}', attribute '${attribute}'`;
  const seen = text === '' ? '' : `: ${JSON.stringify(text.slice(0, MAX_SHOWN))}`;
  const hint = text.includes(',') ? '; a comma may only part groups of three digits' : '';
  throw new XmlFault(`${where}${place}: ${what}${seen}${hint}`, line, column, code);
}
