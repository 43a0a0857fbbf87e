import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '../../../src/domain/error-codes.js';
import type { CxmlDocument } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { describeWithReference, referenceText } from '../../support/reference.js';

function read(text: string): CxmlDocument | Refusal {
  const parsed = parseCxml(Buffer.from(text), 'text/xml');
  return parsed.ok ? parsed.value : parsed.refusal;
}

const PARTY = '<Credential domain="DUNS"><Identity>1</Identity></Credential>';
const BARE = `<Header><From>${PARTY}</From><To>${PARTY}</To><Sender>${PARTY}</Sender></Header>`;
const seen = (number: string): string => `: "${number}"; a comma may only part groups of three digits`;
const order = (line: string, header = ''): string =>
  `<cXML>${BARE}<Request><OrderRequest><OrderRequestHeader orderID="PO">${header}</OrderRequestHeader>` +
  `\n${line}</OrderRequest></Request></cXML>`;
const item = (quantity: string, detail = '', more = ''): string =>
  `<ItemOut quantity="${quantity}"><ItemID><SupplierPartID>A</SupplierPartID></ItemID>` +
  `<ItemDetail>${detail}</ItemDetail>${more}</ItemOut>`;
const money = (amount: string): string => `<Money currency="EUR">${amount}</Money>`;

describe('numbers in foreign cXML', () => {
  it('cxml.md 7.3, 7.4: an order may have commas between digit groups; empty optional numbers are absent', () => {
    expect(
      read(
        order(
          item('1,000', `<UnitPrice>${money('1,234,567.5')}</UnitPrice>`, `<Tax>${money('')}</Tax>`),
          `<Total>${money('')}</Total>`,
        ),
      ),
    ).toMatchObject({
      order: { lines: [{ quantity: '1000', unitPrice: { amount: '1234567.5' } }] },
    });
    expect(read(order(item('1', `<UnitPrice>${money(' ')}</UnitPrice>`)))).toHaveProperty(
      'order.lines.0.unitPrice',
      undefined,
    );
  });

  it.each([
    [
      'quantity',
      item('2.000,00'),
      `Line 1: Element 'ItemOut', attribute 'quantity': not a decimal number of 0 or more${seen('2.000,00')}`,
    ],
    [
      'UnitPrice',
      item('1', `<UnitPrice>${money('12,50')}</UnitPrice>`),
      `Line 1: Element 'Money': not a decimal number${seen('12,50')}`,
    ],
    [
      'UnitPrice of the second line',
      item('1') + item('1', `<UnitPrice>${money('TBD')}</UnitPrice>`),
      'Line 2: Element \'Money\': not a decimal number: "TBD"',
    ],
    [
      'PriceBasisQuantity',
      item('1', '<PriceBasisQuantity quantity="1,5" conversionFactor="1"/>'),
      `Line 1: Element 'PriceBasisQuantity', attribute 'quantity': not a decimal number${seen('1,5')}`,
    ],
    [
      'Tax',
      item('1', '', `<Tax>${money('1,23,456')}</Tax>`),
      `Line 1: Element 'Money': not a decimal number${seen('1,23,456')}`,
    ],
  ])('an order with an unreadable %s is refused, with line and field', (_, lines, reason) => {
    expect(read(order(lines))).toMatchObject({ code: 'INVALID_REQUEST', reason, details: { line: 2, error: reason } });
  });

  it.each(['Total', 'Shipping'])('an order with an unreadable %s is refused', (name) => {
    expect(read(order(item('1'), `<${name}>${money('4,90')}</${name}>`))).toMatchObject({
      code: 'INVALID_REQUEST',
      reason: `Element 'Money': not a decimal number${seen('4,90')}`,
    });
  });

  it('an edit with an unreadable price claim is refused, so that no claim is lost silently', () => {
    const edit = (amount: string): string =>
      `<cXML>${BARE}<Request><PunchOutSetupRequest operation="edit"><BuyerCookie>` +
      `c</BuyerCookie>${item('1', `<UnitPrice>${money(amount)}</UnitPrice>`)}</PunchOutSetupRequest></Request>` +
      '</cXML>';
    for (const amount of ['12,50', '1.250,00', '1 234', "1'234", 'a lot'])
      expect(read(edit(amount))).toMatchObject({
        code: 'INVALID_XML',
        reason: expect.stringContaining("Element 'Money': not a decimal number"),
      });
    expect(read(edit('1,250.00'))).toMatchObject({
      setup: { request: { items: [{ claimedUnitPrice: { amount: '1250.00' } }] } },
    });
  });
});

describe('a refusal of a wrong number names the line of the cart', () => {
  const line = (quantity: string, detail = '', more = ''): string =>
    `<ItemIn quantity="${quantity}"><ItemID><SupplierPartID>A</SupplierPartID></ItemID><ItemDetail>` +
    `<UnitPrice>${money('1')}</UnitPrice>${detail}</ItemDetail>${more}</ItemIn>`;
  const cart = (second: string): string =>
    `<cXML>${BARE}<Message><PunchOutOrderMessage><BuyerCookie>c</BuyerCookie>` +
    `<PunchOutOrderMessageHeader/>${line('1')}${second}</PunchOutOrderMessage></Message></cXML>`;
  const basis = (attributes: string): string => line('1', `<PriceBasisQuantity ${attributes}/>`);
  const notAbove = (name: string, value: string): string =>
    `Line 2: Element 'PriceBasisQuantity', attribute '${name}': not a decimal number above 0: "${value}"`;

  it.each([
    [basis('quantity="1" conversionFactor="0"'), notAbove('conversionFactor', '0')],
    [basis('quantity="1" conversionFactor="-1"'), notAbove('conversionFactor', '-1')],
    [basis('quantity="0.00"'), notAbove('quantity', '0.00')],
    [basis('quantity="-1"'), notAbove('quantity', '-1')],
    [basis('quantity="x"'), "Line 2: Element 'PriceBasisQuantity', attribute 'quantity': not a decimal number: \"x\""],
    [line('-2'), "Line 2: Element 'ItemIn', attribute 'quantity': not a decimal number of 0 or more: \"-2\""],
    [line('1', '', `<Tax>${money('TBD')}</Tax>`), 'Line 2: Element \'Money\': not a decimal number: "TBD"'],
    [line('1', '', `<Shipping>${money('free')}</Shipping>`), 'Line 2: Element \'Money\': not a decimal number: "free"'],
    [line('1').replace('>1<', '>one<'), 'Line 2: Element \'Money\': not a decimal number: "one"'],
    [line('1').replace('<ItemIn', '<ItemIn lineNumber="7"').replace('>1<', '>one<'), /^Line 7: /],
  ])('%s', (second, reason) => {
    const expected = typeof reason === 'string' ? reason : expect.stringMatching(reason);
    expect(read(cart(second))).toMatchObject({ code: 'INVALID_XML', reason: expected });
  });
});

describeWithReference('cases')('cases with a decimal comma', () => {
  it.each([
    [
      'cart-decimal-comma',
      'INVALID_XML',
      `Line 1: Element 'ItemIn', attribute 'quantity': not a decimal number of 0 or more${seen('1,5')}`,
      13,
    ],
    [
      'cart-german-number',
      'INVALID_XML',
      `Line 1: Element 'ItemIn', attribute 'quantity': not a decimal number of 0 or more${seen('2.000,00')}`,
      13,
    ],
    [
      'order-decimal-comma',
      'INVALID_REQUEST',
      `Line 1: Element 'ItemOut', attribute 'quantity': not a decimal number of 0 or more${seen('1,5')}`,
      14,
    ],
    [
      'setup-edit-decimal-comma',
      'INVALID_XML',
      `Line 1: Element 'ItemOut', attribute 'quantity': not a decimal number of 0 or more${seen('1,5')}`,
      13,
    ],
  ])('%s is refused, with line and field', (name, code, reason, line) => {
    expect(read(referenceText(`cases/${name}.xml`))).toMatchObject({
      code,
      reason,
      details: { line, column: expect.any(Number) },
    });
  });
});
