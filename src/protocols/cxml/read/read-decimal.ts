import { type DecimalText, isDecimalText } from '../../../domain/decimal.js';
import type { ErrorCode } from '../../../domain/error-codes.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingAttribute, missingChild, XmlFault } from '../../xml/xml-fault.js';
import type { CxmlCharge, CxmlMoney } from '../cxml-document.js';

/** Decimal text of what a buyer wrote; commas may part thousands, never decimals (RULES 7, Money). */
export function decimalOf(text: string | undefined): DecimalText | undefined {
  if (text === undefined) return undefined;
  let digits = text.includes(',') ? text.replaceAll(',', '') : text;
  if (isDecimalText(digits)) return digits;
  digits = digits.trim().replace(/^\+/, '').replace(/^(-?)\./, '$10.').replace(/\.$/, '');
  return isDecimalText(digits) ? digits : undefined;
}

/** How a number that cannot be read is refused. */
export interface NumberRefusal {
  code: ErrorCode;
  /** Begins the sentence: `Line 2: `. */
  where: string;
}

const USUAL: NumberRefusal = { code: 'INVALID_XML', where: '' };

/**
 * A number that may be missing: the attribute of that name, or the text of the element. Empty counts as missing (RULES 1.3).
 * Throws an XmlFault where something stands there that is no number.
 */
export function optionalDecimal(element: XmlElement | undefined, attribute?: string, refusal = USUAL): DecimalText | undefined {
  const text = attribute === undefined ? element?.trimmedText() : element?.attribute(attribute);
  if (element === undefined || text === undefined) return undefined;
  return decimalOf(text) ?? fail(element, attribute, 'not a decimal number', refusal);
}

/** `quantity` of ItemIn and ItemOut: a decimal, never negative (RULES 7). */
export function readQuantity(item: XmlElement, refusal = USUAL): DecimalText {
  const written = item.attribute('quantity');
  if (written === undefined) throw missingAttribute(item, 'quantity');
  const quantity = decimalOf(written);
  if (quantity === undefined || (quantity.startsWith('-') && /[1-9]/.test(quantity))) fail(item, 'quantity', 'not a decimal number of 0 or more', refusal);
  return quantity.startsWith('-') ? quantity.slice(1) : quantity;
}

/** The Money that must stand in `parent`. */
export function readMoney(parent: XmlElement): CxmlMoney {
  const money = parent.child('Money');
  if (money === undefined) throw missingChild(parent, 'Money');
  const currency = money.attribute('currency');
  if (currency === undefined) throw missingAttribute(money, 'currency');
  const amount = decimalOf(money.trimmedText());
  if (amount === undefined) throw new XmlFault("Element 'Money': not a decimal number", money.line, money.column);
  return { amount, currency };
}

/** Shipping and Tax: Money and Description. */
export function readCharge(element: XmlElement | undefined): CxmlCharge | undefined {
  if (element === undefined) return undefined;
  const description = element.childText('Description');
  return { ...readMoney(element), ...(description === undefined ? {} : { description }) };
}

function fail({ name, line, column }: XmlElement, attribute: string | undefined, what: string, { code, where }: NumberRefusal): never {
  const place = attribute === undefined ? `Element '${name}'` : `Element '${name}', attribute '${attribute}'`;
  throw new XmlFault(`${where}${place}: ${what}`, line, column, code);
}
