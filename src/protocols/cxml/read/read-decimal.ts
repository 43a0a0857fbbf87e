import { type DecimalText, isDecimalText } from '../../../domain/decimal.js';
import { type XmlElement } from '../../xml/xml-element.js';
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

/** `quantity` of ItemIn and ItemOut: a decimal, never negative (RULES 7). */
export function readQuantity(item: XmlElement): DecimalText {
  const written = item.attribute('quantity');
  if (written === undefined) throw missingAttribute(item, 'quantity');
  const quantity = decimalOf(written);
  if (quantity === undefined || (quantity.startsWith('-') && /[1-9]/.test(quantity))) {
    throw new XmlFault(`Element '${item.name}', attribute 'quantity': not a decimal number of 0 or more`, item.line, item.column);
  }
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
