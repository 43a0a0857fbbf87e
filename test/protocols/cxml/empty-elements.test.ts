import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';

const SETUP = readFileSync('test/fixtures/punchflow-setup.xml', 'utf8');
const CART = readFileSync('test/fixtures/punchflow-order-message.xml', 'utf8');
const EMPTY_CREDENTIALS = [
  '<Credential domain="DUNS"><Identity/></Credential>',
  '<Credential domain="DUNS"/>',
  '<Credential domain="x" type="marketplace"><Identity> </Identity><SharedSecret/></Credential>',
  '<Credential/>',
];

function read(text: string): unknown {
  const parsed = parseCxml(Buffer.from(text), 'text/xml', TRANSFER_LIMITS);
  return parsed.ok ? parsed.value : parsed.refusal;
}

describe('an element without content counts as absent (cxml.md 1.3)', () => {
  it.each(['From', 'To', 'Sender'].flatMap((party) => EMPTY_CREDENTIALS.map((empty) => [party, empty])))(
    'a setup whose %s has %s as well',
    (party, empty) => {
      expect(read(SETUP.replace(`</${party}>`, `${empty}</${party}>`))).toEqual(read(SETUP));
      expect(read(SETUP.replace(`<${party}>`, `<${party}>${empty}`))).toEqual(read(SETUP));
    },
  );

  it.each([
    '<ShipTo/>',
    '<ShipTo><Address><Name xml:lang="de"/><PostalAddress><Street/></PostalAddress></Address></ShipTo>',
    '<Contact role="endUser"><Name xml:lang="en"/><Email/></Contact>',
    '<SelectedItem><ItemID><SupplierPartID/></ItemID></SelectedItem>',
    '<SupplierSetup><URL/></SupplierSetup>',
    '<Extrinsic name="UserEmail"/>',
    '<ItemOut/>',
    '<x><y><z a=""/></y></x>',
  ])('a setup with %s', (empty) => {
    const withoutSupplier = SETUP.replace(/<SupplierSetup>[^]*<\/SupplierSetup>/, '');
    expect(read(withoutSupplier.replace('<BrowserFormPost>', `${empty}<BrowserFormPost>`))).toEqual(
      read(withoutSupplier),
    );
  });

  it.each([
    '<Shipping/>',
    '<Shipping><Money currency="EUR"/><Description xml:lang="en"/></Shipping>',
    '<Tax><Money currency="EUR"> </Money><Description xml:lang="en"/></Tax>',
    '<Tax><TaxDetail/></Tax>',
    '<ShipTo><Address/></ShipTo>',
    '<SupplierOrderInfo orderID=""/>',
  ])('a cart whose header has %s', (empty) => {
    expect(read(CART.replace('</Total>', `</Total>${empty}`))).toEqual(read(CART));
  });

  it.each([
    '<Shipping/>',
    '<Tax><Money currency="EUR"/><Description/></Tax>',
    '<Shipping><Money/></Shipping>',
    '<Extrinsic name="a"> </Extrinsic>',
  ])('a cart whose line has %s', (empty) => {
    expect(read(CART.replace('</ItemIn>', `${empty}</ItemIn>`))).toEqual(read(CART));
  });

  it.each(['<Total/>', '<Total><Money currency="EUR"/></Total>', '<Total><Money/></Total>', ''])(
    'a cart whose Total is %j',
    (total) => {
      expect(read(CART.replace(/<Total>[^]*<\/Total>/, total))).toMatchObject({
        message: { lines: expect.anything() },
      });
    },
  );

  it.each([
    ['', { from: [], to: [], sender: [] }],
    ['<Header/>', { from: [], to: [], sender: [] }],
    [
      '<Header><From><Credential domain="DUNS"><Identity/></Credential></From><To/><Sender><Credential ' +
        'domain="x"><Identity>y</Identity></Credential></Sender></Header>',
      { from: [], sender: [{ domain: 'x', identity: 'y' }] },
    ],
    ['<Header><From><Credential><Identity>a</Identity></Credential></From></Header>', { from: [], sender: [] }],
  ])('a cart whose Header is %j is accepted: the Header is not used', (header, envelope) => {
    expect(read(CART.replace(/<Header>[^]*<\/Header>/, header))).toMatchObject({
      kind: 'PunchOutOrderMessage',
      envelope,
    });
  });

  it('empty elements with a meaning stay: an empty request, a signature, a quantity', () => {
    expect(read(SETUP.replace(/<PunchOutSetupRequest[^]*<\/PunchOutSetupRequest>/, '<ProfileRequest/>'))).toMatchObject(
      { kind: 'ProfileRequest' },
    );
    expect(
      read(SETUP.replace('<SharedSecret>', '<DigitalSignature>abc</DigitalSignature><SharedSecret>')),
    ).toMatchObject({
      envelope: { signed: true },
    });
    expect(read(SETUP.replace('<BrowserFormPost>', '<ItemOut quantity="1"/><BrowserFormPost>'))).toMatchObject({
      reason: "Element 'ItemOut': Missing child element 'ItemID'",
    });
  });
});

describe('empty or unused elements next to complete ones cause no refusal', () => {
  it.each([
    '<DigitalSignature/>',
    '<DigitalSignature type="PK7 self-contained"> </DigitalSignature>',
    '<CredentialMac/>',
    '<CredentialMac type="FromSenderCredentials"/>',
  ])('a Sender with %s', (empty) => {
    const withEmpty = SETUP.replace('<SharedSecret>', `${empty}<SharedSecret>`);
    expect(withEmpty).not.toBe(SETUP);
    expect(read(withEmpty)).toEqual(read(SETUP));
  });

  it.each(
    ['From', 'To', 'Sender'].flatMap((party) =>
      ['<Credential domain="">', '<Credential>'].map((start) => [party, start]),
    ),
  )('a %s with %s next to the good one', (party, start) => {
    const unused = `${start}<Identity>x</Identity></Credential>`;
    expect(read(SETUP.replace(`<${party}>`, `<${party}>${unused}`))).toEqual(read(SETUP));
    expect(read(SETUP.replace(`</${party}>`, `${unused}</${party}>`))).toEqual(read(SETUP));
    const withoutIdentity = '<Credential domain="DUNS"><SharedSecret/><X>1</X></Credential>';
    expect(read(SETUP.replace(`<${party}>`, `<${party}>${withoutIdentity}`))).toEqual(read(SETUP));
  });

  it('a Sender without a complete Credential is refused with its first fault', () => {
    const bare = SETUP.replace(
      /<From>[^]*?<\/From>/,
      '<From><Credential domain=""><Identity>x</Identity></Credential></From>',
    );
    expect(read(bare)).toMatchObject({
      code: 'INVALID_XML',
      reason: "Element 'Credential': Missing attribute 'domain'",
    });
  });

  it.each(['<Status/>', '<Status code="" text=""/>', '<Status text=" "/>'])(
    'a cart without lines with %s',
    (status) => {
      const empty = CART.replace(/<ItemIn[^]*<\/ItemIn>/, '').replace(/<Status[^>]*>/, '');
      const withStatus = empty.replace('<PunchOutOrderMessage>', `${status}<PunchOutOrderMessage>`);
      expect(withStatus).toContain(status);
      expect(read(withStatus)).toEqual(read(empty));
    },
  );

  it('an ItemOut without a part number is kept if another one has it', () => {
    const good = '<ItemOut quantity="1"><ItemID><SupplierPartID>A</SupplierPartID></ItemID></ItemOut>';
    for (const id of ['', '<ItemID/>', '<ItemID><SupplierPartID> </SupplierPartID></ItemID>']) {
      const edit = SETUP.replace(
        '</PunchOutSetupRequest>',
        `${good}<ItemOut quantity="2">${id}</ItemOut></PunchOutSetupRequest>`,
      );
      expect(read(edit)).toMatchObject({
        setup: { request: { items: [{ supplierPartId: 'A' }, { supplierPartId: '', quantity: '2' }] } },
      });
      const reason = expect.stringMatching(/^Element 'ItemOut': Missing child element 'ItemID'/);
      expect(read(edit.replace(good, ''))).toMatchObject({ code: 'INVALID_XML', reason });
    }
  });
});
