import { describe, expect, it } from '@jest/globals';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import type { CxmlDocument } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';

const HEAD =
  '<From><Credential domain="DUNS"><Identity>1</Identity></Credential></From><To><Credential domain="DUNS">' +
  '<Identity>2</Identity></Credential></To>';
const SENDER =
  '<Sender><Credential domain="DUNS"><Identity>1</Identity><SharedSecret>s</SharedSecret></Credential><UserAgent>' +
  'Buyer 1</UserAgent></Sender>';
const ITEM_ID = '<ItemID><SupplierPartID>A</SupplierPartID></ItemID>';

interface Parts {
  doctype?: string;
  payloadId?: string;
  sender?: string;
  body: string;
}

function document({
  doctype = '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
  payloadId = '1@guide.example',
  sender = SENDER,
  body,
}: Parts): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n${doctype}\n<cXML payloadID="${payloadId}" ` +
    `timestamp="2000-08-03T08:49:11+00:00"><Header>${HEAD}${sender}</Header>${body}</cXML>`
  );
}

const setup = (content: string): string =>
  '<Request><PunchOutSetupRequest operation="create"><BuyerCookie>c</BuyerCookie><BrowserFormPost><URL>' +
  `https://erp.example.com/</URL></BrowserFormPost>${content}</PunchOutSetupRequest></Request>`;

function read(text: string): CxmlDocument {
  const parsed = parseCxml(text);
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.value;
}

function readSetup(text: string) {
  const parsed = read(text);
  if (parsed.kind !== 'PunchOutSetupRequest') throw new Error(parsed.kind);
  return parsed;
}

/** Findings by the DTD and by the additional rules. */
const findings = (text: string): string[] => checkCxmlDocument(text, '1.2.014').map(({ error }) => error);

describe('errors of the official guide are accepted by the parser and reported by the checker', () => {
  it('cxml.md 10.1: SelectedItem before SupplierSetup', () => {
    const text = document({
      body: setup(
        `<SelectedItem>${ITEM_ID}</SelectedItem><SupplierSetup><URL>https://shop.example.com/</URL></SupplierSetup>`,
      ),
    });
    expect(readSetup(text).setup).toMatchObject({
      supplierSetupUrl: 'https://shop.example.com/',
      request: { selectedItem: { supplierPartId: 'A' } },
    });
    expect(findings(text)).toEqual([expect.stringContaining("'SupplierSetup'")]);
  });

  it('cxml.md 10.2: UserAgent inside Credential', () => {
    const text = document({
      sender:
        '<Sender><Credential domain="DUNS"><Identity>1</Identity><SharedSecret>s</SharedSecret><UserAgent>Buyer ' +
        '1</UserAgent></Credential></Sender>',
      body: setup(''),
    });
    expect(readSetup(text).envelope).toMatchObject({
      sender: [{ domain: 'DUNS', identity: '1' }],
      sharedSecrets: [{ domain: 'DUNS', identity: '1', secret: 's' }],
    });
    expect(findings(text)).toEqual(expect.arrayContaining([expect.stringContaining("'UserAgent'")]));
  });

  it('cxml.md 10.3: dates without colon, and a stray > after creationDate', () => {
    const mac =
      '<CredentialMac type="FromSenderCredentials" algorithm="HMAC-SHA1-96" ' +
      'creationDate="2003-01-15T08:42:46-0800" expirationDate="2003-01-15T11:42:46-0800">' +
      'MnXkusp8Jj0lw3mf</CredentialMac>';
    const sender = (shown: string): string =>
      `<Sender><Credential domain="DUNS"><Identity>1</Identity>${shown}</Credential><UserAgent>Buyer ` +
      '1</UserAgent></Sender>';
    expect(readSetup(document({ sender: sender(mac), body: setup('') })).envelope.credentialMacs[0]).toMatchObject({
      creationDate: '2003-01-15T08:42:46-0800',
    });
    const stray = parseCxml(document({ sender: sender(mac.replace('-0800" exp', '-0800"> exp')), body: setup('') }));
    expect(stray).toMatchObject({ ok: true, value: { envelope: { credentialMacs: [{ expirationDate: '' }] } } });
  });

  it('cxml.md 10.4: DOCTYPE without SYSTEM is accepted: nothing is fetched', () => {
    expect(
      parseCxml(
        document({ doctype: '<!DOCTYPE cXML "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">', body: setup('') }),
      ),
    ).toMatchObject({ ok: true });
  });

  it('cxml.md 10.5: Optionz is not closed by Option: refused, with the place', () => {
    const text =
      '<cXML payloadID="1" timestamp="x"><Response><Status code="200" text="OK"/><ProfileResponse ' +
      'effectiveDate="x"><Transaction requestName="OrderRequest"><URL>u</URL>\n<Optionz name="a">b</Option>' +
      '</Transaction></ProfileResponse></Response></cXML>';
    expect(parseCxml(text)).toMatchObject({ ok: false, refusal: { code: 'INVALID_XML', details: { line: 2 } } });
  });

  it('cxml.md 10.6: a Total that is not the sum of the lines is read unchanged, and reported', () => {
    const text = document({
      body:
        '<Message><PunchOutOrderMessage><BuyerCookie>c</BuyerCookie><PunchOutOrderMessageHeader ' +
        'operationAllowed="edit"><Total><Money currency="USD">763.20</Money></Total></PunchOutOrderMessageHeader>' +
        `<ItemIn quantity="3">${ITEM_ID}<ItemDetail><UnitPrice><Money currency="USD">763.20</Money></UnitPrice>` +
        '<Description xml:lang="en">x</Description><UnitOfMeasure>EA</UnitOfMeasure><Classification domain="SPSC">' +
        '5136030000</Classification></ItemDetail></ItemIn></PunchOutOrderMessage></Message>',
    });
    expect(read(text)).toMatchObject({
      kind: 'PunchOutOrderMessage',
      message: { total: { amount: '763.20' }, lines: [{ quantity: '3' }] },
    });
    expect(findings(text)).toEqual(
      expect.arrayContaining([expect.stringContaining('Total is not the sum of the lines')]),
    );
  });

  it('cxml.md 10.7: Text= in a Status', () => {
    const text =
      '<cXML payloadID="1@x" timestamp="2000-08-03T08:49:11+00:00"><Response><Status code="400" Text="Bad ' +
      'Request">no cookie</Status></Response></cXML>';
    expect(read(text)).toMatchObject({
      kind: 'Response',
      response: { code: '400', text: 'Bad Request', reason: 'no cookie' },
    });
    expect(findings(text)).toEqual(expect.arrayContaining([expect.stringContaining("'Text'")]));
  });

  it('cxml.md 10.8: DateInfo inside ItemDetail', () => {
    const text = document({
      body: setup(
        `<ItemOut quantity="1">${ITEM_ID}<ItemDetail><UnitPrice><Money currency="USD">1</Money></UnitPrice>` +
          '<Description xml:lang="en">x</Description><UnitOfMeasure>EA</UnitOfMeasure><Classification ' +
          'domain="SPSC">1</Classification><DateInfo type="expectedShipmentDate" date="2000-01-01"/></ItemDetail>' +
          '</ItemOut>',
      ),
    });
    expect(readSetup(text).setup.request.items).toMatchObject([
      { supplierPartId: 'A', quantity: '1', claimedUnitPrice: { amount: '1', currency: 'USD' } },
    ]);
    expect(findings(text)).toEqual(expect.arrayContaining([expect.stringContaining("'DateInfo'")]));
  });

  it('cxml.md 10.9: payloadID without host', () => {
    const text = document({ payloadId: '933694607739', body: setup('') });
    expect(readSetup(text).envelope.payloadId).toBe('933694607739');
    expect(findings(text)).toEqual(["Element 'cXML': payloadID has no '@host'"]);
  });
});

describe('ItemOut of a setup request', () => {
  it('cxml.md 5.6: Distribution, Comments, requisitionID and dates are ignored', () => {
    const item =
      '<ItemOut quantity="2" lineNumber="7" requisitionID="R1" ' +
      `requestedDeliveryDate="2000-01-01T00:00:00+00:00">${ITEM_ID}<Distribution><Accounting name="x"><Segment ` +
      'type="a" id="b" description="c"/></Accounting><Charge><Money currency="USD">5</Money></Charge>' +
      '</Distribution><Comments xml:lang="en">as last time</Comments></ItemOut>';
    expect(readSetup(document({ body: setup(item) })).setup.request.items).toEqual([
      { supplierPartId: 'A', quantity: '2', lineNumber: '7' },
    ]);
  });

  it('cxml.md 6.3: ItemID and quantity are enough', () => {
    expect(
      readSetup(document({ body: setup(`<ItemOut quantity="1.5">${ITEM_ID}</ItemOut>`) })).setup.request.items,
    ).toEqual([{ supplierPartId: 'A', quantity: '1.5' }]);
  });

  it('cxml.md 7.7: a price has a price basis quantity', () => {
    const item =
      `<ItemOut quantity="100">${ITEM_ID}<ItemDetail><UnitPrice><Money currency="EUR">12.45</Money></UnitPrice>` +
      '<PriceBasisQuantity quantity="100" conversionFactor="1"><UnitOfMeasure>EA</UnitOfMeasure>' +
      '</PriceBasisQuantity></ItemDetail></ItemOut>';
    expect(readSetup(document({ body: setup(item) })).setup.request.items[0]?.claimedUnitPrice).toEqual({
      amount: '12.45',
      currency: 'EUR',
      basis: '100',
    });
    expect(
      readSetup(document({ body: setup(item.replace('conversionFactor="1"', 'conversionFactor="10"')) })).setup.request
        .items[0]?.claimedUnitPrice,
    ).toEqual({ amount: '124.5', currency: 'EUR', basis: '100' });
  });
});
