import { describe, expect, it } from '@jest/globals';
import { cartEncoder } from '../../../src/adapters/cart-encoder/cart-encoder.js';
import { sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import type { Connection, CxmlVersion } from '../../../src/domain/access/connection.js';
import type { NotCarried } from '../../../src/domain/transmission/transfer-payload.js';
import { cartOfOrderMessage } from '../../../src/protocols/cxml/cart-of-order-message.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { contentModels } from '../../../src/protocols/cxml/check/content-models.js';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { settingsWith } from '../oci/sample-cart.js';
import { describeWithDtds, officialVerdict } from './official-dtds.js';

const VERSIONS = ['1.2.014', '1.2.050', '1.2.071'] as const;
const ELEMENTS = ['PunchOutOrderMessageHeader', 'ItemIn', 'ItemID', 'ItemDetail'] as const;

/** Elements that need more than plain text as content; `SAYS` is the expected output. */
const CHARGE = '<Money currency="EUR">7.77</Money><Description xml:lang="en">SAID</Description>';
const CONTENT: Record<string, string> = {
  Total: '<Total><Money currency="EUR">10.00</Money></Total>',
  ShipTo: '<ShipTo><Address><Name xml:lang="en">SAID</Name></Address></ShipTo>',
  Shipping: `<Shipping>${CHARGE}</Shipping>`,
  Tax: `<Tax>${CHARGE}</Tax>`,
  SupplierOrderInfo: '<SupplierOrderInfo orderID="SAID"/>',
  IdReference: '<IdReference domain="d" identifier="SAID"/>',
  PriceBasisQuantity:
    '<PriceBasisQuantity quantity="1" conversionFactor="1"><UnitOfMeasure>SAID</UnitOfMeasure></PriceBasisQuantity>',
  Description: '<Description xml:lang="en">SAID</Description>',
  Classification: '<Classification domain="d">SAID</Classification>',
  Extrinsic: '<Extrinsic name="e">SAID</Extrinsic>',
  LeadTime: '<LeadTime>977</LeadTime>',
};
/** Expected output. */
const SAYS: Record<string, string> = {
  Total: '<Total><Money currency="EUR">10.00</Money></Total>',
  LeadTime: '<LeadTime>977</LeadTime>',
  UnitPrice: '>10.00<',
};
/** Always present, so they cannot be added. */
const GIVEN = new Set(['ItemID', 'ItemDetail', 'SupplierPartID', 'UnitPrice', 'UnitOfMeasure']);

interface Place {
  element: (typeof ELEMENTS)[number];
  attribute?: string;
  child?: string;
}

function message({ element, attribute = '', child = '' }: Place): string {
  const at = (name: string, base: string, inner: string): string =>
    `<${name} ${base} ${element === name ? attribute : ''}>${inner}${element === name ? child : ''}</${name}>`;
  const id = at('ItemID', '', '<SupplierPartID>SKU-1</SupplierPartID>');
  const detail = at(
    'ItemDetail',
    '',
    '<UnitPrice><Money currency="EUR">10.00</Money></UnitPrice><UnitOfMeasure>EA</UnitOfMeasure>',
  );
  const header = at(
    'PunchOutOrderMessageHeader',
    attribute.startsWith('operationAllowed') ? '' : 'operationAllowed="edit"',
    child.startsWith('<Total') ? '' : '<Total><Money currency="EUR">10.00</Money></Total>',
  );
  return (
    '<cXML payloadID="a@b" timestamp="2026-01-01T00:00:00+00:00"><Header><From><Credential domain="d"><Identity>' +
    '1</Identity></Credential></From><To><Credential domain="d"><Identity>2</Identity></Credential></To><Sender>' +
    '<Credential domain="d"><Identity>1</Identity></Credential><UserAgent>t</UserAgent></Sender></Header><Message>' +
    '<PunchOutOrderMessage><BuyerCookie>' +
    `c</BuyerCookie>${header}` +
    `${at('ItemIn', attribute.startsWith('quantity=') ? '' : 'quantity="1"', id + detail)}</PunchOutOrderMessage>` +
    '</Message></cXML>'
  );
}

function transferred(text: string, version: CxmlVersion): { document: string; notCarried: NotCarried[] } {
  const parsed = parseCxml(text, undefined, TRANSFER_LIMITS);
  const cart =
    parsed.ok && parsed.value.kind === 'PunchOutOrderMessage' ? cartOfOrderMessage(parsed.value.message) : parsed;
  if (!cart.ok || typeof cart.value === 'string' || !('notCarried' in cart.value))
    throw new Error(JSON.stringify([text, cart]));
  const base = settingsWith();
  const settings = {
    ...base,
    cxml: { ...base.cxml, version, fieldNames: 'cXML' as const, customFieldsAsExtrinsics: true },
  };
  const connection: Connection = {
    tenantId: 't',
    connectionId: 'c',
    name: 'c',
    protocol: 'cxml',
    demo: false,
    settings,
  };
  const { cart: read, notCarried } = cart.value;
  const encoded = cartEncoder('https://shop.example').encode({
    transmission: sampleTransmission(connection),
    connection,
    cart: { ...read, cartId: 'c', contentMark: '', language: read.language ?? 'en' },
    given: { protocol: 'cxml', notCarried },
  });
  if (!encoded.ok) throw new Error(JSON.stringify(encoded));
  return { document: encoded.value.fields[0]?.value ?? '', notCarried: encoded.value.notCarried ?? [] };
}

/** Each allowed child and attribute of an element, with content. */
function places(element: Place['element']): [name: string, place: Place, says: string][] {
  const rule = contentModels('1.2.071').cxml.rules.get(element);
  if (rule === undefined) throw new Error(element);
  const children = [...rule.content.names]
    .filter((name) => !GIVEN.has(name))
    .map((name): [string, Place, string] => [
      name,
      { element, child: CONTENT[name] ?? `<${name}>SAID</${name}>` },
      SAYS[name] ?? 'SAID',
    ]);
  const attributes = [...rule.attributes].flatMap(([name, { values = ['977'] }]) =>
    values.map((value): [string, Place, string] => [
      name,
      { element, attribute: `${name}="${value}"` },
      `${name}="${value}"`,
    ]),
  );
  return [...children, ...attributes];
}

const SAMPLES = ELEMENTS.flatMap((element) =>
  places(element).map(([name, place, says]): [string, string, Place, string] => [
    `${element} / ${place.attribute ?? name}`,
    name,
    place,
    says,
  ]),
);
/** A line without itemType is an independent line. */
const NOTHING_TO_SAY = 'itemType="item"';

describe.each(VERSIONS)('every field of a shop cart, for a buyer of DTD %s', (version) => {
  it.each(SAMPLES)('cxml.md 7.2: %s is carried or reported', (_, name, place, says) => {
    const { document, notCarried } = transferred(message(place), version);
    const isCarried = document.includes(says) || says === NOTHING_TO_SAY;
    const isNamed = notCarried.some(
      ({ field }) => field.split(/[/@]/).includes(name) || (name === 'compositeItemType' && field === 'itemType'),
    );
    expect([isCarried || isNamed, notCarried]).toEqual([true, expect.anything()]);
    expect(checkCxmlDocument(document, version)).toEqual([]);
    if (isCarried) expect(notCarried.filter(({ field }) => field.split(/[/@]/).includes(name))).toEqual([]);
  });

  it('cxml.md 7.2: an element that no DTD has, and a repeated one, are reported', () => {
    const { notCarried } = transferred(
      message({
        element: 'ItemDetail',
        child: '<URL>a</URL><URL>b</URL><Colour>red</Colour><Empty/><LeadTime/>',
      }).replace('<PunchOutOrderMessage>', '<PunchOutOrderMessage><Coupon>1</Coupon>'),
      version,
    );
    expect(notCarried.map(({ field }) => field)).toEqual(['Coupon', 'ItemDetail/URL', 'ItemDetail/Colour']);
  });

  it('cxml.md 7.2: unknown parts inside a known element are reported', () => {
    const deep: [Place['element'], string, string][] = [
      ['ItemDetail', '<Description xml:lang="en" type="long">x</Description>', 'ItemDetail/Description@type'],
      [
        'ItemIn',
        '<Tax><Money currency="EUR" alternateAmount="1" alternateCurrency="USD">1</Money><Description ' +
          'xml:lang="en">x</Description></Tax>',
        'Tax/Money@alternateAmount',
      ],
      [
        'ItemIn',
        '<Shipping trackingId="7"><Money currency="EUR">1</Money><Description xml:lang="en">x</Description></Shipping>',
        'Shipping@trackingId',
      ],
      ['ItemIn', '<Tax><Money currency="USD">1</Money><Description xml:lang="en">x</Description></Tax>', 'Tax'],
      ['ItemDetail', '<Extrinsic name="a"><Money currency="EUR">1</Money></Extrinsic>', 'ItemDetail/Extrinsic/Money'],
      ['ItemDetail', '<Extrinsic>x</Extrinsic>', 'ItemDetail/Extrinsic'],
      ['ItemDetail', '<Extrinsic name="a">1</Extrinsic><Extrinsic name="a">2</Extrinsic>', 'Extrinsic'],
      ['ItemDetail', '<LeadTime>soon</LeadTime>', 'LeadTime'],
      [
        'PunchOutOrderMessageHeader',
        '<ShipTo><Address><Name xml:lang="en">x</Name><Phone><TelephoneNumber><Number>1</Number>' +
          '</TelephoneNumber></Phone></Address></ShipTo>',
        'PunchOutOrderMessageHeader/ShipTo/Address/Phone',
      ],
      [
        'PunchOutOrderMessageHeader',
        '<ShipTo><Address><Name xml:lang="en">x</Name><PostalAddress><City>y</City></PostalAddress></Address></ShipTo>',
        'ShipTo/Address/PostalAddress',
      ],
    ];
    for (const [element, child, field] of deep)
      expect(transferred(message({ element, child }), version).notCarried.map((entry) => entry.field)).toContain(field);
  });
});

describeWithDtds('by the official DTDs', () => {
  it.each(VERSIONS)('cxml.md 7.2: each of these carts is written as a valid document for %s', (version) => {
    for (const [title, , place] of SAMPLES)
      expect([title, officialVerdict(transferred(message(place), version).document, version)]).toEqual([title, '']);
  });
});
