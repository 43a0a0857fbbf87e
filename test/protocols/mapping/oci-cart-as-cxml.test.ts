import { describe, expect, it } from '@jest/globals';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { applyMapping, writerSettings } from '../../../src/protocols/mapping/apply-mapping.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { cartOfOciItems } from '../../../src/protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../../src/protocols/oci/read/parse-cart-form.js';
import { orderMessageInput } from '../cxml/sample-cart.js';
import { CART, connectionWith, REQUEST } from './sample.js';

const FIELDS: [string, string][] = [
  ['VENDORMAT', 'A-1'],
  ['DESCRIPTION', 'Bolt'],
  ['QUANTITY', '1'],
  ['PRICE', '10'],
  ['CURRENCY', 'EUR'],
  ['MATNR', 'BM-1'],
  ['VENDOR', '1000'],
  ['CONTRACT', 'C-1'],
  ['CUST_FIELD1', 'c1'],
  ['EXT_QUOTE_ID', 'Q-77'],
  ['MANUFACTURER', 'Bolt Co'],
  ['GTIN', '4006381333931'],
  ['SERVICE', 'x'],
  ['EXT_PRODUCT_ID', 'key-9'],
  ['LEADTIME', '2-3 days'],
];

function documentOf(version: CxmlVersion): string {
  const form = parseOciCart(FIELDS.map(([field, value]) => ({ name: `NEW_ITEM-${field}[1]`, value })));
  const items = form.ok ? cartOfOciItems(form.value.items) : form;
  if (!items.ok) throw new Error(items.refusal.reason);
  const connection = connectionWith(
    {},
    { cxml: { supplier: { domain: 'DUNS', identity: '1' }, version, customFieldsAsExtrinsics: true } },
  );
  const mapped = applyMapping({
    cart: { ...CART, lines: items.value.lines },
    request: REQUEST,
    connection,
    protocol: 'cxml',
  });
  const written = mapped.ok
    ? writePunchOutOrderMessage(
        orderMessageInput({ cart: mapped.value, settings: writerSettings(connection) }, version),
      )
    : mapped;
  if (!written.ok) throw new Error(written.refusal.reason);
  return written.value.document;
}

describe("a shop's OCI cart in a cXML session", () => {
  it.each([
    'VENDOR:1000',
    'CONTRACT:C-1',
    'CUST_FIELD1:c1',
    'EXT_QUOTE_ID:Q-77',
    'GTIN:4006381333931',
    'SERVICE:X',
    'EXT_PRODUCT_ID:key-9',
    'LEADTIME:2-3 days',
  ])('the field %s is an Extrinsic of its name', (field) => {
    const [name, value] = field.split(':');
    expect(documentOf('1.2.014')).toContain(`<Extrinsic name="${name}">${value}</Extrinsic>`);
  });

  it('MATNR is BuyerPartID, and an Extrinsic if the DTD has no BuyerPartID', () => {
    expect(documentOf('1.2.050')).toContain('<BuyerPartID>BM-1</BuyerPartID>');
    expect(documentOf('1.2.050')).not.toContain('MATNR');
    expect(documentOf('1.2.014')).toContain('<Extrinsic name="MATNR">BM-1</Extrinsic>');
  });

  it('MANUFACTURER is ManufacturerName only', () => {
    expect(documentOf('1.2.014')).toContain('<ManufacturerName>Bolt Co</ManufacturerName>');
    expect(documentOf('1.2.014')).not.toContain('"MANUFACTURER"');
  });
});
