import { describe, expect, it } from '@jest/globals';
import { cartEncoder } from '../../../src/adapters/cart-encoder/cart-encoder.js';
import { sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import type { Connection, CxmlVersion } from '../../../src/domain/access/connection.js';
import type { Cart } from '../../../src/domain/cart/cart.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import type { Protocol } from '../../../src/domain/transmission/protocol.js';
import type { Transmission } from '../../../src/domain/transmission/transmission.js';
import { cartOfOrderMessage } from '../../../src/protocols/cxml/cart-of-order-message.js';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { lineWith, settingsWith } from '../../protocols/oci/sample-cart.js';
import { itWithReference, referenceText } from '../../support/reference.js';

interface Wish {
  protocol?: Protocol;
  version?: CxmlVersion;
}
interface Sent {
  document: string;
  fields: NameValue[];
  total: string;
  /** `2 lineNumber: reason`; without a number for the cart as a whole. */
  named: string[];
}

/** A cart that a shop posted as a cXML document, as it is sent to the buyer. */
function sent(document: string, { protocol = 'cxml', version = '1.2.050' }: Wish = {}): Sent {
  const parsed = parseCxml(document, undefined, TRANSFER_LIMITS);
  const read =
    parsed.ok && parsed.value.kind === 'PunchOutOrderMessage' ? cartOfOrderMessage(parsed.value.message) : parsed;
  if (!read.ok || read.value === 'unchanged' || !('cart' in read.value)) throw new Error(JSON.stringify(read));
  const { cart, notCarried: lost } = read.value;
  const base = settingsWith();
  const settings = { ...base, cxml: { ...base.cxml, version, fieldNames: 'cXML' as const } };
  const connection: Connection = { tenantId: 't', connectionId: 'c', name: 'c', protocol, demo: false, settings };
  const encoded = cartEncoder('https://shop.example').encode({
    transmission: sampleTransmission(connection),
    connection,
    cart: { ...cart, cartId: 'c', contentMark: '', language: cart.language ?? 'en' },
    given: { protocol: 'cxml', notCarried: lost },
  });
  if (!encoded.ok) throw new Error(JSON.stringify(encoded));
  const { fields, summary, notCarried = [] } = encoded.value;
  return {
    document: fields[0]?.value ?? '',
    fields,
    total: summary.totalAmount,
    named: notCarried.map(({ line, field, reason }) => `${line === undefined ? '' : `${line} `}${field}: ${reason}`),
  };
}

const PARTY = '<Credential domain="DUNS"><Identity>1</Identity></Credential>';
const money = (amount: string): string => `<Money currency="EUR">${amount}</Money>`;

function message(lines: string[], total = '', header = ''): string {
  const sum = total === '' ? '' : `<Total>${money(total)}</Total>`;
  return (
    `<cXML payloadID="a@b" timestamp="2026-01-01T00:00:00+00:00"><Header><From>${PARTY}</From><To>${PARTY}</To>` +
    `<Sender>${PARTY}<UserAgent>t</UserAgent></Sender></Header><Message><PunchOutOrderMessage>` +
    `<BuyerCookie>c</BuyerCookie>` +
    `<PunchOutOrderMessageHeader ` +
    `operationAllowed="edit">${sum}${header}</PunchOutOrderMessageHeader>${lines.join('')}</PunchOutOrderMessage>` +
    `</Message></cXML>`
  );
}

interface LineWish {
  attributes?: string;
  quantity?: string;
  detail?: string;
  more?: string;
}

const item = (
  sku: string,
  price: string,
  { attributes = '', quantity = '1', detail = '', more = '' }: LineWish = {},
): string =>
  `<ItemIn quantity="${quantity}" ${attributes}><ItemID><SupplierPartID>${sku}</SupplierPartID></ItemID><ItemDetail>` +
  `<UnitPrice>${money(price)}</UnitPrice><Description xml:lang="en">${sku}</Description>` +
  `<UnitOfMeasure>EA</UnitOfMeasure>${detail}</ItemDetail>${more}</ItemIn>`;

const basis = (quantity: string, factor: string): string =>
  `<PriceBasisQuantity quantity="${quantity}" conversionFactor="${factor}"><UnitOfMeasure>BX</UnitOfMeasure>` +
  `</PriceBasisQuantity>`;
const FACTOR = (line: number, factor: string): string =>
  `${line} PriceBasisQuantity: The Total of the document says that the conversion factor ${factor} is not applied: ` +
  'it is left out.';

describe('the Total decides whether conversion factors are applied', () => {
  const SAMPLE = 'cxml/samples/PunchOutOrderMessage/FriendsOfCXML__cxml-php__PunchoutOrderMessageAdvancedPricing.xml';
  itWithReference('cxml')('the sample of cxml-php: 2 at 104.99 for 2, factor 0.5, Total 104.99', () => {
    const { total, named } = sent(referenceText(SAMPLE));
    expect(total).toBe('104.99');
    expect(named.filter((one) => one.includes(' PriceBasisQuantity:'))).toEqual([FACTOR(1, '0.5')]);
  });

  it.each<[string, string[], string, string, string[]]>([
    [
      'the sum without them',
      [item('A', '2.00', { quantity: '3', detail: basis('1', '10') })],
      '6.00',
      '6.00',
      [FACTOR(1, '10')],
    ],
    ['the sum with them', [item('A', '2.00', { quantity: '3', detail: basis('1', '10') })], '60.00', '60.00', []],
    ['no Total', [item('A', '2.00', { quantity: '3', detail: basis('1', '10') })], '', '60.00', []],
    [
      'neither',
      [item('A', '2.00', { quantity: '3', detail: basis('1', '10') })],
      '61.00',
      '60.00',
      ['Total: The message says 61.00 EUR; the sum of its lines is 60.00 EUR, which is sent.'],
    ],
    [
      'the sum without them, of several lines',
      [
        item('A', '2.00', { detail: basis('1', '10') }),
        item('B', '1.00'),
        item('C', '4.00', { quantity: '2', detail: basis('4', '0.5') }),
      ],
      '5.00',
      '5.00',
      [FACTOR(1, '10'), FACTOR(3, '0.5')],
    ],
    [
      'the sum without them, and a part in the price of the line before',
      [
        item('A', '2.00', { attributes: 'lineNumber="1"', detail: basis('1', '10') }),
        item('B', '9.00', { attributes: 'lineNumber="2" parentLineNumber="1"' }),
      ],
      '2.00',
      '2.00',
      [FACTOR(1, '10')],
    ],
    ['the sum of both', [item('A', '2.00', { detail: basis('1', '1.0') })], '2.00', '2.00', []],
  ])('%s', (_, lines, total, sum, named) => {
    expect(sent(message(lines, total))).toMatchObject({ total: sum, named });
  });
});

describe('shipping and tax keep the language of their text', () => {
  const charge = (name: string, language: string, text: string): string =>
    `<${name}>${money('5.00')}<Description xml:lang="${language}">${text}</Description></${name}>`;
  it.each(['Shipping', 'Tax'])('%s of the cart and of a line', (name) => {
    const { document, named } = sent(
      message([item('A', '2.00', { more: charge(name, 'fr', 'Frais') })], '2.00', charge(name, 'de', 'Versand')),
    );
    expect(document).toContain('<Description xml:lang="de">Versand</Description>');
    expect(document).toContain('<Description xml:lang="fr">Frais</Description>');
    expect(named).toEqual([]);
  });

  it.each([
    [' xml:lang="fr"', 'fr'],
    [' xml:lang="en"', 'en'],
    ['', 'en'],
  ])('so does the name in ShipTo: %j', (attribute, language) => {
    const { document } = sent(
      message([item('A', '2.00')], '2.00', `<ShipTo><Address><Name${attribute}>Usine</Name></Address></ShipTo>`),
    );
    expect(document).toContain(`<Name xml:lang="${language}">Usine</Name>`);
  });

  it('the language of the cart is used where they name none, or have no text', () => {
    const { document } = sent(
      message(
        [item('A', '2.00')],
        '2.00',
        `<Shipping>${money('1')}<Description>Post</Description></Shipping>${charge('Tax', 'de', '')}`,
      ),
    );
    expect(document).toContain('<Description xml:lang="en">Post</Description>');
    expect(document).toContain('<Description xml:lang="en">Tax</Description>');
  });
});

describe('an invalid parent is reported with its fault', () => {
  const group = 'itemType="composite" compositeItemType="groupLevel"';
  it.each<[string, string[], string]>([
    [
      'the line itself',
      [item('A', '1.00', { attributes: `lineNumber="1" parentLineNumber="1" ${group}` })],
      '1 parentLineNumber: It is the number of this line: it becomes a separate line.',
    ],
    [
      'the line itself, which is no group',
      [item('A', '1.00', { attributes: 'lineNumber="7" parentLineNumber="007"' })],
      '1 parentLineNumber: It is the number of this line: it becomes a separate line.',
    ],
    [
      'a line below it',
      [
        item('A', '1.00', { attributes: `lineNumber="1" parentLineNumber="2" ${group}` }),
        item('B', '1.00', { attributes: `lineNumber="2" parentLineNumber="1" ${group}` }),
      ],
      '2 parentLineNumber: It makes the line a part of itself: it becomes a separate line.',
    ],
    [
      'no line',
      [item('A', '1.00', { attributes: 'lineNumber="1" parentLineNumber="9"' })],
      '1 parentLineNumber: No line has the number 9: it becomes a separate line.',
    ],
  ])('%s', (_, lines, named) => {
    expect(sent(message(lines)).named).toContain(named);
  });
});

describe('a line number that is not sent is reported', () => {
  it.each<[string, string[], string[]]>([
    [
      'two lines with one number',
      ['1', '1', '2'],
      ['2 lineNumber: A line before has the number 1 too: this one gets another.'],
    ],
    [
      'no number',
      ['A1', '2'],
      ['1 lineNumber: A1 is no whole number above 0 of at most 10 digits: the line gets another one.'],
    ],
    [
      'a zero in front',
      ['01', '2'],
      ['1 lineNumber: 01 is no whole number above 0 of at most 10 digits: the line gets another one.'],
    ],
    ['numbers that differ', ['10', '20'], []],
  ])('%s', (_, numbers, named) => {
    const lines = numbers.map((number, index) => item(`S${index}`, '1.00', { attributes: `lineNumber="${number}"` }));
    for (const version of ['1.2.014', '1.2.050'] as const)
      expect(sent(message(lines), { version }).named).toEqual(named);
  });
});

describe('a Classification without a domain', () => {
  it.each(['', 'domain=""', 'domain=" "'])('is not sent, but reported: %j', (attribute) => {
    const { document, named } = sent(
      message([item('A', '1.00', { detail: `<Classification ${attribute}>4711</Classification>` })]),
    );
    expect(document).not.toContain('domain=""');
    expect(document).not.toContain('4711');
    expect(document).toContain('<Classification domain=');
    expect(named).toEqual(['1 Classification: It has no domain, which cXML demands.']);
  });

  it('Classifications with a domain stay', () => {
    const { document } = sent(
      message([
        item('A', '1.00', {
          detail: '<Classification>4711</Classification><Classification domain="d">4712</Classification>',
        }),
      ]),
    );
    expect(document.match(/<Classification/g)).toHaveLength(1);
    expect(document).toContain('<Classification domain="d">4712</Classification>');
  });
});

describe('a discount without a separate line is reported', () => {
  it.each<Protocol>(['oci', 'repost'])('in a form for %s', (protocol) => {
    const { total, named, fields } = sent(
      message([item('A', '10.00', { quantity: '2' }), item('CREDIT', '-3.00')], '17.00'),
      { protocol },
    );
    expect(total).toBe('17.00');
    expect(fields.some(({ value }) => value.includes('CREDIT'))).toBe(false);
    expect(named.filter((one) => one.startsWith('2 '))).toEqual([
      '2 ItemIn: The discount is no line of its own: ' +
        'it is taken off the prices of the other lines (setting mapping.promotions).',
    ]);
  });

  it('in cXML it is a line', () => {
    const { total, named, document } = sent(
      message([item('A', '10.00', { quantity: '2' }), item('CREDIT', '-3.00')], '17.00'),
    );
    expect([total, named]).toEqual(['17.00', []]);
    expect(document).toContain('<SupplierPartID>CREDIT</SupplierPartID>');
  });
});

describe('an itemLevel group in a groupLevel one', () => {
  const lines = [
    item('H', '10.00', { attributes: 'lineNumber="1" itemType="composite" compositeItemType="groupLevel"' }),
    item('SUB', '4.00', {
      attributes: 'lineNumber="2" parentLineNumber="1" itemType="composite" compositeItemType="itemLevel"',
    }),
    item('P', '3.00', { attributes: 'lineNumber="3" parentLineNumber="2"' }),
  ];
  it('is not described as sent by its parts, which are not sent either', () => {
    const { document, named } = sent(message(lines, '10.00'), { version: '1.2.014' });
    expect(document.match(/<ItemIn/g)).toHaveLength(1);
    const only = 'DTD 1.2.014 has no parts of bundles: only the bundle is sent, and its price includes this part.';
    expect(named).toEqual(expect.arrayContaining([`2 ItemIn: ${only}`, `3 ItemIn: ${only}`]));
    expect(named.join()).not.toContain('the parts of this one are sent');
  });

  it('has no price that counts, and neither have its parts', () => {
    expect(sent(message(lines, '10.00')).named).toEqual([
      '2 UnitPrice: The line is a part of a groupLevel group: the price of the group counts, its own does not.',
    ]);
  });
});

describe('discount codes that an edit does not restore are reported', () => {
  const connection: Connection = {
    tenantId: 't',
    connectionId: 'c',
    name: 'c',
    protocol: 'repost',
    demo: false,
    settings: settingsWith(),
  };
  const LONG = 'L'.repeat(60);

  function named(
    productKey: string,
    discountCodes: string[],
    wish: Partial<Transmission> = {},
    settings = connection.settings,
  ): string[] {
    const cart: Cart = {
      cartId: 'c',
      contentMark: '',
      currency: 'EUR',
      language: 'en',
      lines: [lineWith({ productKey, auxiliaryId: productKey })],
      discountCodes,
    };
    const transmission = { ...sampleTransmission({ ...connection, protocol: wish.protocol ?? 'repost' }), ...wish };
    const encoded = cartEncoder('https://shop.example').encode({
      transmission,
      connection: { ...connection, settings },
      cart,
    });
    if (!encoded.ok) throw new Error(JSON.stringify(encoded));
    const { notCarried = [], findings = [] } = encoded.value;
    const codes = notCarried.filter(({ field }) => field === 'discountCode');
    expect(findings.filter(({ field }) => field === 'discountCode')).toHaveLength(codes.length);
    return codes.map(({ reason }) => reason);
  }

  it.each(['repost', 'cxml'] as const)('%s: a restored code is not reported', (protocol) => {
    expect(named('19852', ['TEN', 'TEN', 'FREIGHT'], { protocol })).toEqual([]);
  });

  it.each(['repost', 'cxml'] as const)(
    '%s: a code that is too long is reported, with the message to the buyer',
    (protocol) => {
      expect(named('19852', ['TEN', LONG], { protocol })).toEqual([
        `${'L'.repeat(40)}: the code is too long for the id of a line. ` +
          'After an edit the buyer is told to enter it again.',
      ]);
    },
  );

  it('a code that fits into no id is reported', () => {
    expect(named('k'.repeat(110), ['TEN'])).toEqual([
      'TEN: no id of a line has room for the code. After an edit the buyer has to enter it again.',
    ]);
  });

  it('repost: a code is reported where the connection keeps codes out of product_id', () => {
    const repost = {
      templateUsers: [],
      roleCeiling: 'buyer' as const,
      endCustomers: [],
      sendApiKey: false,
      codesInProductId: false,
    };
    expect(named('19852', ['TEN'], {}, { ...connection.settings, repost })).toEqual([
      'TEN: the connection sends no codes in product_id. After an edit the buyer has to enter it again.',
    ]);
  });

  it('not for OCI, which has no edit, nor for an inspect session, which sends nothing', () => {
    expect(named('19852', [LONG], { protocol: 'oci' })).toEqual([]);
    expect(named('19852', [LONG], { operation: 'inspect' })).toEqual([]);
  });
});
