import { describe, expect, it } from '@jest/globals';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';

const ITEM_2 = `<ItemIn quantity="1">
<ItemID>
<SupplierPartID>SKU-002</SupplierPartID>
</ItemID>
<ItemDetail>
<UnitPrice>
<Money currency="EUR">300.01</Money>
</UnitPrice>
<Description xml:lang="de">Standard Gadget</Description>
<UnitOfMeasure>EA</UnitOfMeasure>
</ItemDetail>
</ItemIn>`;

const SHOP = '<Credential domain="NetworkId"><Identity>shop@punchflow.de</Identity></Credential>';
const BUYER = '<Credential domain="NetworkId"><Identity>buyer@company.com</Identity></Credential>';

/** PunchFlow's cart: not valid by any DTD, but accepted. */
const PUNCHFLOW_CART = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="order_123" timestamp="2024-01-15T10:45:00Z">
<Header><From>${SHOP}</From><To>${BUYER}</To><Sender>${SHOP}</Sender></Header>
<Message>
<PunchOutOrderMessage>
<BuyerCookie>BUYER_COOKIE_123</BuyerCookie>
<PunchOutOrderMessageHeader operationAllowed="create">
<Total>
<Money currency="EUR">1299.99</Money>
</Total>
</PunchOutOrderMessageHeader>
<ItemIn quantity="2">
<ItemID>
<SupplierPartID>SKU-001</SupplierPartID>
</ItemID>
<ItemDetail>
<UnitPrice>
<Money currency="EUR">499.99</Money>
</UnitPrice>
<Description xml:lang="de">Premium Widget</Description>
<UnitOfMeasure>EA</UnitOfMeasure>
<Classification domain="UNSPSC">12345678</Classification>
<ManufacturerName>WidgetCo</ManufacturerName>
<ManufacturerPartID>WID-001</ManufacturerPartID>
</ItemDetail>
</ItemIn>
${ITEM_2}
</PunchOutOrderMessage>
</Message>
</cXML>`;

function read(text: string) {
  const result = parseCxml(Buffer.from(text), 'application/xml', TRANSFER_LIMITS);
  if (!result.ok) return result.refusal;
  return result.value.kind === 'PunchOutOrderMessage' ? result.value.message : result.value.kind;
}

describe('reading a PunchOutOrderMessage', () => {
  it('PunchFlow: its cart, with unordered fields and without Classification', () => {
    expect(read(PUNCHFLOW_CART)).toEqual({
      buyerCookie: 'BUYER_COOKIE_123',
      operationAllowed: 'create',
      total: { amount: '1299.99', currency: 'EUR' },
      lines: [
        {
          quantity: '2',
          supplierPartId: 'SKU-001',
          unitPrice: { amount: '499.99', currency: 'EUR' },
          descriptions: [{ language: 'de', text: 'Premium Widget' }],
          unit: 'EA',
          classifications: [{ domain: 'UNSPSC', code: '12345678' }],
          manufacturerName: 'WidgetCo',
          manufacturerPartId: 'WID-001',
          extrinsics: [],
        },
        {
          quantity: '1',
          supplierPartId: 'SKU-002',
          unitPrice: { amount: '300.01', currency: 'EUR' },
          descriptions: [{ language: 'de', text: 'Standard Gadget' }],
          unit: 'EA',
          classifications: [],
          extrinsics: [],
        },
      ],
    });
  });

  it('PunchOut Session API: a cart without ItemID is refused with its message, at the place of the item', () => {
    const error = "Element 'ItemIn': Missing child element 'ItemID'";
    expect(read(PUNCHFLOW_CART.replace(/<ItemID>\n<SupplierPartID>SKU-002[^]*?<\/ItemID>/, ''))).toEqual({
      code: 'INVALID_XML',
      reason: error,
      details: { line: 28, column: 1, error },
    });
  });

  it.each([
    ['ItemDetail', /<ItemDetail>[^]*?<\/ItemDetail>/, "Element 'ItemIn': Missing child element 'ItemDetail'"],
    ['UnitPrice', /<UnitPrice>[^]*?<\/UnitPrice>/, "Element 'ItemDetail': Missing child element 'UnitPrice'"],
    [
      'Money',
      /<Money currency="EUR">499.99<\/Money>/,
      "Element 'ItemDetail': Missing child element 'UnitPrice': it is there, but empty",
    ],
    ['currency', / currency="EUR"(?=>499)/, "Element 'Money': Missing attribute 'currency'"],
    ['amount', /(?<=>)499.99/, "Element 'ItemDetail': Missing child element 'UnitPrice': it is there, but empty"],
    [
      'PunchOutOrderMessageHeader',
      /<PunchOutOrderMessageHeader[^]*<\/PunchOutOrderMessageHeader>/,
      "Element 'PunchOutOrderMessage': Missing child element 'PunchOutOrderMessageHeader'",
    ],
  ])('cxml.md 6.3: a missing %s is refused, with its name', (_, cut, reason) => {
    expect(read(PUNCHFLOW_CART.replace(cut, ''))).toMatchObject({ code: 'INVALID_XML', reason });
  });

  it('cxml.md 3.6: a cart without BuyerCookie is INVALID_REQUEST, an empty one is accepted', () => {
    expect(read(PUNCHFLOW_CART.replace(/<BuyerCookie>.*<\/BuyerCookie>/, ''))).toMatchObject({
      code: 'INVALID_REQUEST',
      reason: "Element 'PunchOutOrderMessage': Missing child element 'BuyerCookie'",
    });
    expect(read(PUNCHFLOW_CART.replace('BUYER_COOKIE_123', ''))).toMatchObject({ buyerCookie: '' });
  });

  it('cxml.md 7.2, 7.6 to 7.8: status, shipping, tax, price basis, bundles, classifications, extrinsics', () => {
    const text = PUNCHFLOW_CART.replace('<Message>', '<Message inReplyTo="r@x"><Status code="204" text="No Content"/>')
      .replace(
        '</Total>',
        '</Total><Shipping><Money currency="EUR">1,005.00</Money><Description xml:lang="de">Fracht</Description>' +
          '</Shipping><Tax><Money currency="EUR">19</Money></Tax><SupplierOrderInfo orderID="4711"/>',
      )
      .replace(
        ITEM_2,
        '<ItemIn quantity="1" lineNumber="2" parentLineNumber="1" itemType="item"><ItemID><SupplierPartID>' +
          'P</SupplierPartID><BuyerPartID>B</BuyerPartID></ItemID><ItemDetail><UnitPrice><Money currency="EUR">' +
          '-3.5</Money></UnitPrice><Description xml:lang="de" ShortName="kurz"/><Description xml:lang="en">' +
          '<ShortName>short</ShortName> long </Description><PriceBasisQuantity quantity="100" conversionFactor="1">' +
          '<UnitOfMeasure>EA</UnitOfMeasure></PriceBasisQuantity><Classification domain="a">1</Classification>' +
          '<Classification domain="b" code="2"/><LeadTime>3</LeadTime><Extrinsic name="e">1</Extrinsic>' +
          '</ItemDetail><Extrinsic name="f">2</Extrinsic></ItemIn>',
      );
    expect(read(text)).toMatchObject({
      inReplyTo: 'r@x',
      status: { code: '204', text: 'No Content' },
      shipping: { amount: '1005.00', currency: 'EUR', description: 'Fracht' },
      tax: { amount: '19', currency: 'EUR' },
      supplierOrderId: '4711',
      lines: [
        {},
        {
          lineNumber: '2',
          parentLineNumber: '1',
          itemType: 'item',
          buyerPartId: 'B',
          unitPrice: { amount: '-3.5', currency: 'EUR' },
          priceBasis: { quantity: '100', conversionFactor: '1', unit: 'EA' },
          descriptions: [
            { language: 'de', shortName: 'kurz' },
            { language: 'en', shortName: 'short', text: 'long' },
          ],
          classifications: [
            { domain: 'a', code: '1' },
            { domain: 'b', code: '2' },
          ],
          leadTime: '3',
          extrinsics: [
            { name: 'e', value: '1' },
            { name: 'f', value: '2' },
          ],
        },
      ],
    });
  });

  it('architecture.md section 5: 10,000 lines are accepted, 10,001 are refused', () => {
    const many = (count: number) => PUNCHFLOW_CART.replace(ITEM_2, ITEM_2.repeat(count - 1));
    expect(read(many(10_000))).toMatchObject({ buyerCookie: 'BUYER_COOKIE_123' });
    expect(read(many(10_001))).toMatchObject({
      code: 'REQUEST_TOO_LARGE',
      reason: "There are more than 10000 elements 'ItemIn'",
    });
  });

  it('cxml.md 1.5, 1.6, 2.7, 7.2: the checker reports DTD faults as errors and other faults as warnings', () => {
    const findings = checkCxmlDocument(
      PUNCHFLOW_CART.replace('1299.99', '1300.00').replace(
        '</Identity></Credential></Sender>',
        '</Identity><SharedSecret>s</SharedSecret></Credential></Sender>',
      ),
      '1.2.014',
    );
    expect(findings.map(({ line, severity, error }) => `${severity} ${line} ${error}`)).toEqual([
      "error 4 Element 'Sender': Missing child element 'UserAgent'",
      "error 25 Element 'ManufacturerPartID': not allowed here in 'ItemDetail'; expected is 'URL' or 'LeadTime' " +
        "or 'Extrinsic'",
      "error 32 Element 'ItemDetail': Missing child element 'Classification'",
      "warning 3 Element 'cXML': payloadID has no '@host'",
      "warning 3 Element 'cXML': timestamp is not of the form YYYY-MM-DDThh:mm:ss+00:00",
      "warning 4 Element 'Credential': a one-way message must not carry a SharedSecret",
      "warning 10 Element 'Money': Total is not the sum of the lines",
    ]);
    expect(findings.every(({ column }) => column > 0)).toBe(true);
  });

  it('cxml.md 10.8: the checker checks by content models, not by the examples of the guide', () => {
    const errors = (text: string) => checkCxmlDocument(text, '1.2.014').map(({ error }) => error);
    expect(
      errors(
        '<cXML payloadID="a@b" timestamp="2024-01-15T10:45:00+00:00"><Response><Status Text="OK" code="200"/>' +
          '</Response></cXML>',
      ),
    ).toEqual(["Element 'Status': Missing attribute 'text'", "Element 'Status': Unknown attribute 'Text'"]);
    expect(errors('<cXML><Response/></cXML>')).toContain("Element 'Response': Missing child element 'Status'");
    expect(errors('<cXML>')).toEqual([expect.stringContaining('"</cXML>" is missing')]);
  });
});
