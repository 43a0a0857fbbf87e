import { currencyDigits } from '../../../domain/currency.js';
import { add, compare, type Decimal, divide, isDecimalText, multiply, parseDecimal, round } from '../../../domain/decimal.js';
import type { XmlElement } from '../../xml/xml-element.js';
import type { CxmlFinding } from './cxml-finding.js';

/** Rules that no DTD can check, as warnings: payloadID (RULES 1.5), timestamp (1.6), secrets (2) and Total (7). */
export function checkRules(root: XmlElement): CxmlFinding[] {
  const findings: CxmlFinding[] = [];
  const warn = ({ line, column, name }: XmlElement, error: string): void => {
    findings.push({ line, column, element: name, error: `Element '${name}': ${error}`, severity: 'warning' });
  };
  const payloadId = root.rawAttribute('payloadID');
  const timestamp = root.rawAttribute('timestamp');
  if (payloadId?.includes('@') === false) warn(root, "payloadID has no '@host'");
  if (timestamp !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/.test(timestamp)) {
    warn(root, 'timestamp is not of the form YYYY-MM-DDThh:mm:ss+00:00');
  }
  const message = root.child('Message');
  if (message === undefined) return findings;
  const secret = root.descendant('Header', 'Sender')?.children.find((credential) => credential.child('SharedSecret') !== undefined);
  if (secret !== undefined) warn(secret, 'a one-way message must not carry a SharedSecret');
  const cart = message.child('PunchOutOrderMessage');
  const total = cart?.descendant('PunchOutOrderMessageHeader', 'Total', 'Money');
  const sum = cart && sumOfLines(cart, total?.attribute('currency') ?? '');
  if (total !== undefined && sum !== undefined && !amountIs(total, sum)) warn(total, 'Total is not the sum of the lines');
  return findings;
}

/**
 * Quantity x price / basis of every line that is not part of another; undefined when a number cannot be read.
 * Strict, not `readDecimal`: this judges what we write ourselves.
 */
function sumOfLines(cart: XmlElement, currency: string): Decimal | undefined {
  const digits = currencyDigits(currency);
  let sum: Decimal = { units: 0n, scale: digits };
  for (const line of cart.children) {
    if (line.name !== 'ItemIn' || line.rawAttribute('parentLineNumber') !== undefined) continue;
    const detail = line.child('ItemDetail');
    const quantity = line.rawAttribute('quantity') ?? '';
    const price = detail?.descendant('UnitPrice', 'Money')?.trimmedText() ?? '';
    const basis = detail?.child('PriceBasisQuantity')?.attribute('quantity') ?? '1';
    if (![quantity, price, basis].every(isDecimalText) || !/[1-9]/.test(basis)) return undefined;
    const gross = multiply(parseDecimal(quantity), parseDecimal(price));
    sum = add(sum, basis === '1' ? round(gross, digits) : divide(gross, parseDecimal(basis), digits));
  }
  return sum;
}

function amountIs(money: XmlElement, sum: Decimal): boolean {
  const text = money.trimmedText() ?? '';
  return isDecimalText(text) && compare(parseDecimal(text), sum) === 0;
}
