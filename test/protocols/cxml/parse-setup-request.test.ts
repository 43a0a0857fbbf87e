import { describe, expect, it } from '@jest/globals';
import type { CxmlDocument, CxmlSetup } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';

/** PunchFlow's setup request, as documented. */
const PUNCHFLOW_SETUP = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="1234567890" timestamp="2024-01-15T10:30:00Z">
<Header>
<From>
<Credential domain="NetworkId">
<Identity>buyer@company.com</Identity>
</Credential>
</From>
<To>
<Credential domain="DUNS">
<Identity>123456789</Identity>
</Credential>
</To>
<Sender>
<Credential domain="NetworkId">
<Identity>buyer@company.com</Identity>
<SharedSecret>SecretPassword123</SharedSecret>
</Credential>
</Sender>
</Header>
<Request>
<PunchOutSetupRequest operation="create">
<BuyerCookie>BUYER_COOKIE_123</BuyerCookie>
<Extrinsic name="UserEmail">user@company.com</Extrinsic>
<Extrinsic name="UserName">Max Mustermann</Extrinsic>
<Extrinsic name="CompanyCode">DE001</Extrinsic>
<BrowserFormPost>
<URL>https://erp.company.com/punchout/return</URL>
</BrowserFormPost>
<SupplierSetup>
<URL>https://api.punchflow.de/api/v1/punchout/catalog</URL>
</SupplierSetup>
</PunchOutSetupRequest>
</Request>
</cXML>`;

const PUNCHOUT = /<PunchOutSetupRequest[^]*<\/PunchOutSetupRequest>/;

function parsed(text: string): CxmlDocument {
  const result = parseCxml(Buffer.from(text), 'application/xml');
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

function setupOf(content: string, attributes = 'operation="create"', around = (text: string) => text): CxmlSetup {
  const document = parsed(
    around(
      PUNCHFLOW_SETUP.replace(PUNCHOUT, () => `<PunchOutSetupRequest ${attributes}>${content}</PunchOutSetupRequest>`),
    ),
  );
  if (document.kind !== 'PunchOutSetupRequest') throw new Error(document.kind);
  return document.setup;
}

function refusalOf(text: string) {
  const result = parseCxml(Buffer.from(text));
  return result.ok ? result.value.kind : result.refusal;
}

const COOKIE = '<BuyerCookie>c</BuyerCookie>';

describe('parseCxml: PunchFlow', () => {
  it('reads its setup request, with a Z timestamp and without UserAgent (cxml.md 1.5, 1.6, 2.2)', () => {
    const party = [{ domain: 'NetworkId', identity: 'buyer@company.com' }];
    const to = [{ domain: 'DUNS', identity: '123456789' }];
    expect(parsed(PUNCHFLOW_SETUP)).toEqual({
      kind: 'PunchOutSetupRequest',
      envelope: {
        payloadId: '1234567890',
        timestamp: '2024-01-15T10:30:00Z',
        deploymentMode: 'production',
        from: party,
        to,
        sender: party,
        sharedSecrets: [{ domain: 'NetworkId', identity: 'buyer@company.com', secret: 'SecretPassword123' }],
        credentialMacs: [],
        signed: false,
      },
      setup: {
        operation: 'create',
        buyerCookie: 'BUYER_COOKIE_123',
        returnUrl: 'https://erp.company.com/punchout/return',
        supplierSetupUrl: 'https://api.punchflow.de/api/v1/punchout/catalog',
        request: {
          payloadId: '1234567890',
          deploymentMode: 'production',
          buyer: { email: 'user@company.com', name: 'Max Mustermann' },
          extrinsics: [
            { name: 'UserEmail', value: 'user@company.com' },
            { name: 'UserName', value: 'Max Mustermann' },
            { name: 'CompanyCode', value: 'DE001' },
          ],
          items: [],
          parties: { from: party, to, sender: party },
        },
      },
    });
  });
});

describe('parseCxml: envelope', () => {
  it('cxml.md 1.1: blanks and a byte order mark before the document', () => {
    expect(parsed(`\ufeff\n  ${PUNCHFLOW_SETUP}`).kind).toBe('PunchOutSetupRequest');
  });

  it('cxml.md 1.2: no DOCTYPE, and DOCTYPEs of any version', () => {
    for (const doctype of [
      '',
      '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.1.007/cXML.dtd">',
      '<!DOCTYPE cXML SYSTEM "http://xml.cXML.org/schemas/cXML/1.2.071/cXML.dtd">',
    ]) {
      expect(parsed(PUNCHFLOW_SETUP.replace(/<!DOCTYPE.*>/, doctype)).kind).toBe('PunchOutSetupRequest');
    }
  });

  it('cxml.md 1.3: texts are trimmed, empty elements and attributes are absent', () => {
    const text = PUNCHFLOW_SETUP.replace('buyer@company.com', '\n  buyer@company.com\t')
      .replace('>SecretPassword123<', '>\n SecretPassword123 <')
      .replace('payloadID="1234567890"', 'payloadID=" "');
    const { envelope } = parsed(text);
    expect([envelope.from[0]?.identity, envelope.sharedSecrets[0]?.secret, envelope.payloadId]).toEqual([
      'buyer@company.com',
      'SecretPassword123',
      undefined,
    ]);
    expect(
      setupOf(
        `${COOKIE}<BrowserFormPost><URL> </URL></BrowserFormPost><Extrinsic name="UserEmail"/><Extrinsic ` +
          'name="a"> </Extrinsic>',
      ),
    ).toMatchObject({ request: { extrinsics: [], buyer: {} } });
    expect(setupOf(`${COOKIE}<BrowserFormPost><URL>\n https://a.example/x \n</URL></BrowserFormPost>`).returnUrl).toBe(
      'https://a.example/x',
    );
  });

  it('cxml.md 1.4: text/xml, application/xml, text/plain or no type; a wrong encoding', () => {
    for (const type of ['text/xml', 'text/xml; charset=UTF-8', 'application/xml', 'text/plain', undefined])
      expect(parseCxml(Buffer.from(PUNCHFLOW_SETUP), type).ok).toBe(true);
    expect(parsed(PUNCHFLOW_SETUP.replace('UTF-8', 'UTF-16')).kind).toBe('PunchOutSetupRequest');
  });

  it('cxml.md 1.5: a payloadID without @, or none, is accepted', () => {
    expect(parsed(PUNCHFLOW_SETUP.replace('payloadID="1234567890"', '')).envelope.payloadId).toBeUndefined();
    expect(parsed(PUNCHFLOW_SETUP.replace('1234567890', '933694607739')).envelope.payloadId).toBe('933694607739');
  });

  it.each([
    '2024-01-15T10:30:00Z',
    '2024-01-15T10:30:00',
    '2024-01-15T10:30:00-0500',
    '2020-09-25 15:30:43',
    '--T+00:00',
    'Mon May 19 18:29:48 +0000 2008',
  ])('cxml.md 1.6: timestamp %s is accepted', (timestamp) => {
    expect(parsed(PUNCHFLOW_SETUP.replace('2024-01-15T10:30:00Z', timestamp)).envelope.timestamp).toBe(timestamp);
  });

  it('cxml.md 1.7: the version attribute is ignored', () => {
    expect(parsed(PUNCHFLOW_SETUP.replace('<cXML ', '<cXML version="1.2.0.14" ')).kind).toBe('PunchOutSetupRequest');
  });

  it('cxml.md 1.8: the language of the root is the language of the request', () => {
    expect(
      setupOf(COOKIE, 'operation="create"', (text) => text.replace('<cXML ', '<cXML xml:lang="de-DE" ')).request
        .language,
    ).toBe('de-DE');
  });

  it('cxml.md 1.9: deploymentMode is production unless it is test', () => {
    expect(parsed(PUNCHFLOW_SETUP).envelope.deploymentMode).toBe('production');
    expect(
      setupOf(COOKIE, 'operation="create"', (text) => text.replace('<Request>', '<Request deploymentMode="test">'))
        .request.deploymentMode,
    ).toBe('test');
  });

  it('cxml.md 1.11: lower-case root and "Punchout" are accepted, other names must match exactly', () => {
    expect(parsed(PUNCHFLOW_SETUP.replaceAll('cXML>', 'cxml>').replace('<cXML ', '<cxml ')).kind).toBe(
      'PunchOutSetupRequest',
    );
    expect(parsed(PUNCHFLOW_SETUP.replaceAll('PunchOutSetupRequest', 'PunchoutSetupRequest')).kind).toBe(
      'PunchOutSetupRequest',
    );
    expect(parsed(PUNCHFLOW_SETUP.replaceAll('PunchOutSetupRequest', 'punchoutsetuprequest'))).toMatchObject({
      kind: 'unknown',
      name: 'punchoutsetuprequest',
    });
  });

  it('cxml.md 2.5, 2.6, 2.8, 2.9: credentials, marketplace mark, CredentialMac and signatures are told apart', () => {
    const from =
      '<Credential domain="DUNS"><Identity>1</Identity></Credential><Credential domain="AribaNetworkUserId" ' +
      'type="marketplace"><Identity>hub</Identity></Credential>';
    const mac =
      '<CredentialMac type="FromSenderCredentials" algorithm="HMAC-SHA1-96" ' +
      'creationDate="2003-01-15T08:42:46-08:00" expirationDate="2003-01-15T11:42:46-08:00"> cR6Jpz58nriXERDN ' +
      '</CredentialMac>';
    const text = PUNCHFLOW_SETUP.replace(/(<From>)[^]*(<\/From>)/, `$1${from}$2`)
      .replace(/<SharedSecret>.*<\/SharedSecret>/, mac)
      .replace('</Sender>', '<UserAgent>ERP 1</UserAgent></Sender>');
    expect(parsed(text).envelope).toMatchObject({
      from: [
        { domain: 'DUNS', identity: '1' },
        { domain: 'AribaNetworkUserId', identity: 'hub', type: 'marketplace' },
      ],
      credentialMacs: [
        {
          type: 'FromSenderCredentials',
          algorithm: 'HMAC-SHA1-96',
          creationDate: '2003-01-15T08:42:46-08:00',
          expirationDate: '2003-01-15T11:42:46-08:00',
          value: 'cR6Jpz58nriXERDN',
        },
      ],
      userAgent: 'ERP 1',
      signed: false,
    });
    expect(parsed(text).envelope.sharedSecrets).toEqual([]);
    expect(
      parsed(
        PUNCHFLOW_SETUP.replace(
          '<SharedSecret>SecretPassword123</SharedSecret>',
          '<DigitalSignature>abc</DigitalSignature>',
        ),
      ).envelope.signed,
    ).toBe(true);
    expect(
      parsed(
        PUNCHFLOW_SETUP.replace(
          '</cXML>',
          '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>a</ds:SignatureValue>' +
            '</ds:Signature></cXML>',
        ),
      ).envelope.signed,
    ).toBe(true);
  });

  it.each([
    [
      'Header',
      "Element 'cXML': Missing child element 'Header'",
      (text: string) => text.replace(/<Header>[^]*<\/Header>/, ''),
      3,
      1,
    ],
    [
      'From',
      "Element 'Header': Missing child element 'From'",
      (text: string) => text.replace(/<From>[^]*<\/From>/, ''),
      4,
      1,
    ],
    [
      'Sender',
      "Element 'Header': Missing child element 'Sender'",
      (text: string) => text.replace(/<Sender>[^]*<\/Sender>/, ''),
      4,
      1,
    ],
    [
      'Credential',
      "Element 'From': Missing child element 'Credential'",
      (text: string) => text.replace(/(<From>)[^]*(<\/From>)/, '$1<x>y</x>$2'),
      5,
      1,
    ],
    [
      'Identity',
      "Element 'Credential': Missing child element 'Identity'",
      (text: string) => text.replace('<Identity>buyer@company.com</Identity>', '<SharedSecret>s</SharedSecret>'),
      6,
      1,
    ],
    [
      'empty Identity',
      "Element 'Header': Missing child element 'From': it is there, but empty",
      (text: string) => text.replace('buyer@company.com', ' '),
      4,
      1,
    ],
    [
      'empty From',
      "Element 'Header': Missing child element 'From': it is there, but empty",
      (text: string) => text.replace(/(<From>)[^]*(<\/From>)/, '$1$2'),
      4,
      1,
    ],
    [
      'domain',
      "Element 'Credential': Missing attribute 'domain'",
      (text: string) => text.replace(' domain="NetworkId"', ''),
      6,
      1,
    ],
    [
      'Request',
      "Element 'cXML': Missing child element 'Request'",
      (text: string) => text.replace(/<Request>[^]*<\/Request>/, ''),
      3,
      1,
    ],
    [
      'cXML',
      "The root element is not 'cXML' but 'order', and it contains no cXML document",
      (text: string) => text.replace('<cXML ', '<order ').replace('</cXML>', '</order>'),
      3,
      1,
    ],
  ])(
    'PunchOut Session API, INVALID_XML: a missing %s is reported, with its place',
    (_, error, change, line, column) => {
      expect(refusalOf(change(PUNCHFLOW_SETUP))).toEqual({
        code: 'INVALID_XML',
        reason: error,
        details: { line, column, error },
      });
    },
  );

  it('cxml.md 3.6: a missing BuyerCookie is INVALID_REQUEST, an empty or blank one is accepted', () => {
    const error = "Element 'PunchOutSetupRequest': Missing child element 'BuyerCookie'";
    expect(refusalOf(PUNCHFLOW_SETUP.replace(/<BuyerCookie>.*<\/BuyerCookie>/, ''))).toEqual({
      code: 'INVALID_REQUEST',
      reason: error,
      details: { line: 23, column: 1, error },
    });
    expect(
      [
        '<BuyerCookie/>',
        '<BuyerCookie></BuyerCookie>',
        '<BuyerCookie> </BuyerCookie>',
        '<BuyerCookie><![CDATA[]]></BuyerCookie>',
      ].map((written) => setupOf(written).buyerCookie),
    ).toEqual(['', '', ' ', '']);
  });

  it('never repeats content of the document in a refusal', () => {
    const refusal = JSON.stringify(refusalOf(PUNCHFLOW_SETUP.replace('</Sender>', '<BuyerCookie')));
    expect(refusal).toContain('INVALID_XML');
    expect(refusal).not.toContain('SecretPassword123');
  });

  it('cxml.md 4.1: recognises a ProfileRequest; other requests by their name', () => {
    const around = (payload: string) => PUNCHFLOW_SETUP.replace(PUNCHOUT, payload);
    expect(parsed(around('<ProfileRequest/>'))).toMatchObject({
      kind: 'ProfileRequest',
      envelope: { sharedSecrets: [{ secret: 'SecretPassword123' }] },
    });
    expect(parsed(around('<OrderRequest><OrderRequestHeader orderID="1" type="delete"/></OrderRequest>')).kind).toBe(
      'OrderRequest',
    );
    expect(parsed(around('<StatusUpdateRequest/>'))).toMatchObject({ kind: 'unknown', name: 'StatusUpdateRequest' });
    expect(parsed(around(''))).toMatchObject({ kind: 'unknown', name: '' });
  });

  it('cxml.md 1.2 and architecture.md section 5: a document of more than 5 MiB is refused without parsing', () => {
    expect(parseCxml(Buffer.alloc(5 * 1024 * 1024 + 1, 'x'))).toMatchObject({
      ok: false,
      refusal: { code: 'REQUEST_TOO_LARGE' },
    });
  });
});

describe('parseCxml: PunchOutSetupRequest', () => {
  it('cxml.md 5.1: BuyerCookie is kept byte for byte', () => {
    for (const [written, read] of [
      ['{4A1B-x} ', '{4A1B-x} '],
      ['  a  b\n', '  a  b\n'],
      ['a&amp;b&#13;&#10;', 'a&b\r\n'],
      ['x'.repeat(300), 'x'.repeat(300)],
      ['<![CDATA[<c>]]>', '<c>'],
    ] as const) {
      expect(setupOf(`<BuyerCookie>${written}</BuyerCookie>`).buyerCookie).toBe(read);
    }
  });

  it('cxml.md 5.2: BrowserFormPost may be missing, and keeps its query and entities', () => {
    expect(setupOf(COOKIE).returnUrl).toBeUndefined();
    expect(
      setupOf(`${COOKIE}<BrowserFormPost><URL>https://a.example/p?x=1&amp;y=%20#z</URL></BrowserFormPost>`).returnUrl,
    ).toBe('https://a.example/p?x=1&y=%20#z');
  });

  it.each([
    ['operation="edit"', 'edit'],
    ['operation="INSPECT"', 'inspect'],
    ['operation="source"', 'source'],
    ['operation="dance"', 'dance'],
    ['', 'create'],
  ])('cxml.md 6.1: %s is operation %s', (attributes, operation) => {
    expect(setupOf(COOKIE, attributes).operation).toBe(operation);
  });

  it('cxml.md 5.4, 5.5, 11.5: children are found by name in any order, as Microsoft sends them', () => {
    const content =
      '<SupplierSetup><URL>https://s.example </URL></SupplierSetup><ItemOut quantity="1"><ItemDetail/><ItemID>' +
      '<SupplierPartAuxiliaryID>a</SupplierPartAuxiliaryID><SupplierPartID>p</SupplierPartID></ItemID></ItemOut>' +
      '<SelectedItem><ItemID><SupplierPartID>s</SupplierPartID></ItemID></SelectedItem><Extrinsic name="User ' +
      `email">u@x.example</Extrinsic><BrowserFormPost><URL>https://r.example</URL></BrowserFormPost>${COOKIE}`;
    expect(setupOf(content)).toMatchObject({
      buyerCookie: 'c',
      supplierSetupUrl: 'https://s.example',
      returnUrl: 'https://r.example',
      request: {
        buyer: { email: 'u@x.example' },
        selectedItem: { supplierPartId: 's' },
        items: [{ supplierPartId: 'p', auxiliaryId: 'a', quantity: '1' }],
      },
    });
  });

  const extrinsics = (values: Record<string, string>) =>
    Object.entries(values)
      .map(([name, value]) => `<Extrinsic name="${name}">${value}</Extrinsic>`)
      .join('');
  const contact = '<Contact role="buyer"><Name xml:lang="en">Ann Contact</Name><Email>ann@x.example</Email></Contact>';
  const shipTo =
    '<ShipTo><Address addressID="A1" isoCountryCode="DE"><Name xml:lang="de">Company GmbH</Name><PostalAddress>' +
    '<DeliverTo>Ann</DeliverTo><DeliverTo>Desk 4</DeliverTo><Street>Weg 1</Street><City>Köln</City><State>' +
    'NW</State><PostalCode>50667</PostalCode><Country isoCountryCode="DE">Deutschland</Country></PostalAddress>' +
    '<Email>dock@x.example</Email><Phone><TelephoneNumber><CountryCode isoCountryCode="DE">49</CountryCode>' +
    '<AreaOrCityCode>221</AreaOrCityCode><Number>123</Number></TelephoneNumber></Phone></Address></ShipTo>';

  it.each([
    [
      { UserEmail: 'a@x', UserName: 'A B', CompanyName: 'C', UniqueName: 'u1' },
      { email: 'a@x', name: 'A B', company: 'C', userId: 'u1' },
    ],
    [
      { 'User email': 'a@x', USERNAME: 'A B', company: 'C', user: 'u2' },
      { email: 'a@x', name: 'A B', company: 'C', userId: 'u2' },
    ],
    [
      { FirstName: 'A', LastName: 'B', UserFullName: 'no' },
      { email: 'ann@x.example', name: 'A B', company: 'Company GmbH' },
    ],
    [{ LastName: 'B' }, { email: 'ann@x.example', name: 'B', company: 'Company GmbH' }],
    [{ UserFullName: 'A B' }, { email: 'ann@x.example', name: 'A B', company: 'Company GmbH' }],
    [{}, { email: 'ann@x.example', name: 'Ann Contact', company: 'Company GmbH' }],
  ])('cxml.md 5.5: buyer from Extrinsics %j before Contact and ShipTo', (values, buyer) => {
    expect(setupOf(`${COOKIE}${extrinsics(values)}${contact}${shipTo}`).request.buyer).toEqual(buyer);
  });

  it('cxml.md 5.4: ShipTo in full', () => {
    expect(setupOf(`${COOKIE}${shipTo}`).request.shipTo).toEqual({
      addressId: 'A1',
      name: 'Company GmbH',
      deliverTo: ['Ann', 'Desk 4'],
      street: ['Weg 1'],
      city: 'Köln',
      state: 'NW',
      postalCode: '50667',
      countryCode: 'DE',
      countryName: 'Deutschland',
      email: 'dock@x.example',
      phone: '+49 221 123',
    });
    expect(setupOf(`${COOKIE}<ShipTo><Address><Name> </Name></Address></ShipTo>`).request.shipTo).toBeUndefined();
  });

  it('cxml.md 5.3: a SelectedItem without part number is ignored', () => {
    expect(
      setupOf(`${COOKIE}<SelectedItem><ItemID><SupplierPartID/></ItemID></SelectedItem>`).request.selectedItem,
    ).toBeUndefined();
  });

  const item = (attributes: string, money = '<Money currency="EUR">1,234.50</Money>') =>
    `<ItemOut ${attributes}><ItemID><SupplierPartID> P-1 </SupplierPartID><SupplierPartAuxiliaryID>\n  aux &amp; ` +
    `1\n</SupplierPartAuxiliaryID></ItemID><ItemDetail><UnitPrice>${money}</UnitPrice><Description xml:lang="en">` +
    '<ShortName>Chair</ShortName></Description></ItemDetail><Distribution/></ItemOut>';

  it('cxml.md 6.2, 7.3: ItemOut: trimmed auxiliary id, money without thousands separators, price as a claim', () => {
    expect(setupOf(COOKIE + item('quantity="2.5" lineNumber="10"')).request).toMatchObject({
      currency: 'EUR',
      items: [
        {
          supplierPartId: 'P-1',
          auxiliaryId: 'aux & 1',
          quantity: '2.5',
          lineNumber: '10',
          claimedUnitPrice: { amount: '1234.50', currency: 'EUR' },
          description: 'Chair',
        },
      ],
    });
    expect(setupOf(COOKIE + item('quantity=".5"', '<Money currency="EUR"> </Money>')).request.items).toEqual([
      { supplierPartId: 'P-1', auxiliaryId: 'aux & 1', quantity: '0.5', description: 'Chair' },
    ]);
  });

  it.each(['-1', 'abc', '1e9', '1 2', '0x10', 'NaN', '-0.001'])(
    'cxml.md 7.4: quantity %s is refused, and named',
    (quantity) => {
      const text = PUNCHFLOW_SETUP.replace(
        PUNCHOUT,
        `<PunchOutSetupRequest>${COOKIE}\n${item(`quantity="${quantity}"`)}</PunchOutSetupRequest>`,
      );
      const error = `Line 1: Element 'ItemOut', attribute 'quantity': not a decimal number of 0 or more: "${quantity}"`;
      expect(refusalOf(text)).toEqual({ code: 'INVALID_XML', reason: error, details: { line: 24, column: 1, error } });
    },
  );

  it('PunchOut Session API: an item without ItemID, SupplierPartID or quantity is refused, with its name', () => {
    const refusal = (content: string) =>
      refusalOf(PUNCHFLOW_SETUP.replace(PUNCHOUT, `<PunchOutSetupRequest>${COOKIE}${content}</PunchOutSetupRequest>`));
    expect(refusal('<ItemOut quantity="1"/>')).toMatchObject({
      reason: "Element 'ItemOut': Missing child element 'ItemID'",
    });
    expect(refusal('<ItemOut quantity="1"><ItemID/></ItemOut>')).toMatchObject({
      reason: "Element 'ItemOut': Missing child element 'ItemID': it is there, but empty",
    });
    expect(refusal('<ItemOut quantity="1"><ItemID><BuyerPartID>1</BuyerPartID></ItemID></ItemOut>')).toMatchObject({
      reason: "Element 'ItemID': Missing child element 'SupplierPartID'",
    });
    expect(refusal('<ItemOut><ItemID><SupplierPartID>1</SupplierPartID></ItemID></ItemOut>')).toMatchObject({
      reason: "Element 'ItemOut': Missing attribute 'quantity'",
    });
  });

  it('architecture.md section 5: 5,000 items are accepted, 5,001 are refused', () => {
    const content = (count: number) => COOKIE + item('quantity="1"').replace('<Distribution/>', '').repeat(count);
    expect(setupOf(content(5000)).request.items.length).toBe(5000);
    expect(
      refusalOf(PUNCHFLOW_SETUP.replace(PUNCHOUT, `<PunchOutSetupRequest>${content(5001)}</PunchOutSetupRequest>`)),
    ).toMatchObject({ code: 'REQUEST_TOO_LARGE', reason: "There are more than 5000 elements 'ItemOut'" });
  });
});
