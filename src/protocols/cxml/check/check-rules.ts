import { cartTotal } from '../../../domain/cart/cart-total.js';
import { compare, type Decimal, isDecimalText, parseDecimal } from '../../../domain/decimal.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { XmlFault } from '../../xml/xml-fault.js';
import { bundlesOfMessage } from '../bundles-of-message.js';
import { readOrderLine } from '../read/read-order-line.js';
import type { AttributeRule } from './content-models.js';

/** Rules that no DTD can check, as warnings: payloadID (cxml.md 1.5), timestamp (1.6), secrets (2) and Total (7). */
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
  const secret = root
    .descendant('Header', 'Sender')
    ?.children.find((credential) => credential.child('SharedSecret') !== undefined);
  if (secret !== undefined) warn(secret, 'a one-way message must not carry a SharedSecret');
  const cart = message.child('PunchOutOrderMessage');
  const total = cart?.descendant('PunchOutOrderMessageHeader', 'Total', 'Money');
  const sum = cart && sumOfLines(cart, total?.attribute('currency') ?? '');
  if (total !== undefined && sum !== undefined && !amountIs(total, sum))
    warn(total, 'Total is not the sum of the lines');
  return findings;
}

/** Sum of the lines whose price counts; undefined when one of them cannot be read. */
function sumOfLines(cart: XmlElement, currency: string): Decimal | undefined {
  try {
    const lines = cart.children.filter(({ name }) => name === 'ItemIn').map(readOrderLine);
    const places = bundlesOfMessage(lines);
    const priced = lines.map(({ quantity, unitPrice, priceBasis }, index) => ({
      quantity,
      unitPrice: unitPrice.amount,
      priceBasis: priceBasis?.quantity ?? '1',
      conversionFactor: priceBasis?.conversionFactor,
      lineId: places[index]?.lineId,
      parentLineId: places[index]?.parentLineId,
      pricedAt: places[index]?.pricedAt,
    }));
    return parseDecimal(cartTotal(priced, currency));
  } catch (thrown) {
    if (thrown instanceof XmlFault) return undefined;
    throw thrown;
  }
}

function amountIs(money: XmlElement, sum: Decimal): boolean {
  const text = money.trimmedText() ?? '';
  return isDecimalText(text) && compare(parseDecimal(text), sum) === 0;
}

export interface IdUse {
  defined: Set<string>;
  referenced: { id: string; element: XmlElement }[];
}

const NMTOKEN = /^[\w.:\u00b7\u00c0-\uffff-]+$/;
const NAME = /^[A-Za-z_:\u00c0-\uffff][\w.:\u00b7\u00c0-\uffff-]*$/;

/** Checks one element for required, unknown and wrongly valued attributes, and collects its IDs. */
export function checkAttributes(
  element: XmlElement,
  rules: ReadonlyMap<string, AttributeRule>,
  findings: CxmlFinding[],
  ids: IdUse,
): void {
  const report = (error: string): void => {
    findings.push({
      line: element.line,
      column: element.column,
      element: element.name,
      error: `Element '${element.name}': ${error}`,
      severity: 'error',
    });
  };
  for (const [name, rule] of rules)
    if (rule.required && element.rawAttribute(name) === undefined) report(`Missing attribute '${name}'`);
  for (const { name, value } of element.attributes) {
    const rule = rules.get(name);
    if (rule === undefined) report(`Unknown attribute '${name}'`);
    else checkValue(name, value, rule, report);
    if (rule?.kind === 'IDREF') ids.referenced.push({ id: value, element });
    if (rule?.kind === 'ID') {
      if (ids.defined.has(value)) report(`The ID in '${name}' is used twice`);
      ids.defined.add(value);
    }
  }
}

function checkValue(name: string, value: string, rule: AttributeRule, report: (error: string) => void): void {
  if (rule.values?.includes(value) === false) report(`Attribute '${name}' must be one of ${rule.values.join(', ')}`);
  if (rule.kind === 'NMTOKEN' && !NMTOKEN.test(value)) report(`Attribute '${name}' is not a name token`);
  if ((rule.kind === 'ID' || rule.kind === 'IDREF') && !NAME.test(value)) report(`Attribute '${name}' is not a name`);
}

/** One fault of a document, at its 1-based place. */
export interface CxmlFinding {
  line: number;
  column: number;
  /** Name of the element; '' where the document is not even well-formed. */
  element: string;
  /** Worded like PunchFlow's INVALID_XML: "Element 'ItemIn': Missing child element 'ItemID'". */
  error: string;
  /** `error`: not valid by the DTD. `warning`: valid, but breaks a rule that a DTD cannot check. */
  severity: 'error' | 'warning';
}
