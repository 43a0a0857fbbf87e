import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-limits.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';

const SETUP = readFileSync('test/fixtures/source-002-setup.xml', 'utf8');
const CART = readFileSync('test/fixtures/source-002-order-message.xml', 'utf8');
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

describe('an element that says nothing counts as absent (RULES 1.3)', () => {
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
      '<Header><From><Credential domain="DUNS"><Identity/></Credential></From><To/><Sender><Credential domain="x"><Identity>y</Identity></Credential></Sender></Header>',
      { from: [], sender: [{ domain: 'x', identity: 'y' }] },
    ],
    ['<Header><From><Credential><Identity>a</Identity></Credential></From></Header>', { from: [], sender: [] }],
  ])('a cart whose Header is %j is read: nothing of it is used', (header, envelope) => {
    expect(read(CART.replace(/<Header>[^]*<\/Header>/, header))).toMatchObject({
      kind: 'PunchOutOrderMessage',
      envelope,
    });
  });

  it('what means something by itself stays: a request without content, a signature, a quantity', () => {
    expect(read(SETUP.replace(/<PunchOutSetupRequest[^]*<\/PunchOutSetupRequest>/, '<ProfileRequest/>'))).toMatchObject(
      { kind: 'ProfileRequest' },
    );
    expect(read(SETUP.replace('<SharedSecret>', '<DigitalSignature/><SharedSecret>'))).toMatchObject({
      envelope: { signed: true },
    });
    expect(read(SETUP.replace('<BrowserFormPost>', '<ItemOut quantity="1"/><BrowserFormPost>'))).toMatchObject({
      reason: "Element 'ItemOut': Missing child element 'ItemID'",
    });
  });
});
