import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, oneof, option, property, record, string } from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { NOTICED_STATUSES, type OrderNotice } from '../../../src/domain/orders/order-notice.js';
import { type OrderNoticeInput, writeOrderNotice } from '../../../src/protocols/cxml/write/write-order-notice.js';
import { anyCharacter } from '../../fixtures/any-character.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';
import { describeWithDtds, officialVerdict } from './official-dtds.js';

const NOTICE: OrderNotice = {
  tenantId: 'demo',
  transactionId: '7',
  supplierShop: 1,
  status: 'in_process',
  connectionId: 'company-cxml',
  orderId: 'PO-1 <"&>',
  orderDate: '2024-01-15T10:30:00+00:00',
  orderPayloadId: 'po-1@buyer.example',
  supplierOrderId: '10042',
  noticedAt: new Date('2024-01-16T09:00:00Z'),
};
const TRACKING = { id: 'ABC123', url: 'https://track.example.com/?a=1&b=2', vendor: 'Müller & Söhne' };

function written(
  status: OrderNotice['status'],
  more: Partial<OrderNotice> = {},
  input: Partial<OrderNoticeInput> = {},
): string {
  return writeOrderNotice({
    notice: { ...NOTICE, status, ...more },
    payloadId: '1.7-1@shop.example',
    at: new Date('2024-01-16T09:00:01Z'),
    language: 'de',
    version: '1.2.071',
    supplier: { domain: 'DUNS', identity: '123456789' },
    buyer: { domain: 'NetworkId', identity: 'buyer@company.com' },
    userAgent: 'headless-punchout',
    ...input,
  });
}

const KINDS: [string, string][] = [
  ['accepted', written('in_process')],
  ['accepted, with our secret', written('in_process', {}, { sharedSecret: 'a<b&c' })],
  ['rejected', written('canceled')],
  ['rejected after it was accepted', written('canceled', {}, { replaces: '0.7-1@shop.example' })],
  ['shipped', written('shipped')],
  ['shipped, with tracking', written('shipped', { tracking: TRACKING })],
  ['shipped, with tracking of an old version', written('shipped', { tracking: TRACKING }, { version: '1.2.014' })],
  ['shipped, with a tracking address alone', written('shipped', { tracking: { url: TRACKING.url } })],
  ['shipped, with blanks', written('shipped', { tracking: { id: ' ', url: ' ', vendor: ' ' } })],
];

describeWithDtds('ConfirmationRequest and ShipNoticeRequest by the official DTD', () => {
  it.each(KINDS)('%s', (_, document) => {
    expect(officialVerdict(document, '1.2.071', 'Fulfill')).toBe('');
  });

  it.each<[string, OrderNotice['tracking']]>([
    ['the vendor (case counterparty-shipnotice-vendor-control)', { id: '1', vendor: '\u0001' }],
    ['the number', { id: '\u0001', vendor: 'DHL' }],
    ['the address', { id: '1', url: ' \u0007 ', vendor: 'DHL' }],
    ['all of it', { id: '\ufffe', url: '\u0000', vendor: '\ud800' }],
  ])('a tracking whose %s cannot be written in XML', (_, tracking) => {
    for (const version of ['1.2.014', '1.2.050', '1.2.071'] as const) {
      const document = written('shipped', { tracking }, { version });
      expect(officialVerdict(document, '1.2.071', 'Fulfill')).toBe('');
      expect(document.includes('<ShipControl>')).toBe(/^\d$/.test(tracking?.id ?? ''));
      expect(document).not.toMatch(/<(?:Comments|CarrierIdentifier|ShipmentIdentifier)[^>]*\/>|trackingURL=""/);
    }
  });

  it('is valid for any text in any field, in each kind and version', () => {
    const text = oneof(constantFrom(...NAUGHTY_STRINGS), string({ unit: anyCharacter, maxLength: 20 }));
    const maybe = option(text, { nil: undefined });
    const party = record({ domain: text, identity: text, type: maybe });
    const notice = record({
      orderId: text,
      orderDate: maybe,
      orderPayloadId: text,
      supplierOrderId: text,
      tracking: option(record({ id: maybe, url: maybe, vendor: maybe }), { nil: undefined }),
    });
    const input = record({
      payloadId: text,
      language: text,
      userAgent: text,
      sharedSecret: maybe,
      replaces: maybe,
      supplier: party,
      buyer: party,
      version: constantFrom('1.2.014', '1.2.050', '1.2.071'),
    });
    assert(
      property(constantFrom(...NOTICED_STATUSES), notice, input, (status, told, more) => {
        expect(officialVerdict(written(status, told, more), '1.2.071', 'Fulfill')).toBe('');
      }),
      { numRuns: 1_000, examples: NAUGHTY_STRINGS.map((one) => ['shipped', noticeOf(one), inputOf(one)]) },
    );
  });
});

function noticeOf(
  text: string,
): Pick<OrderNotice, 'orderId' | 'orderDate' | 'orderPayloadId' | 'supplierOrderId' | 'tracking'> {
  return {
    orderId: text,
    orderDate: text,
    orderPayloadId: text,
    supplierOrderId: text,
    tracking: { id: text, url: text, vendor: text },
  };
}

function inputOf(
  text: string,
): Pick<
  OrderNoticeInput,
  'payloadId' | 'language' | 'userAgent' | 'sharedSecret' | 'replaces' | 'supplier' | 'buyer' | 'version'
> {
  const party = { domain: text, identity: text, type: text };
  return {
    payloadId: text,
    language: text,
    userAgent: text,
    sharedSecret: text,
    replaces: text,
    supplier: party,
    buyer: party,
    version: '1.2.014',
  };
}

describe('ConfirmationRequest and ShipNoticeRequest', () => {
  const read = (document: string, path: string): string | undefined => {
    const tree = XmlDocument.fromString(document);
    try {
      return tree.get(path)?.content;
    } finally {
      tree.dispose();
    }
  };

  it('name the order and its document', () => {
    for (const [, document] of KINDS) {
      expect(read(document, '//OrderReference/@orderID')).toBe(NOTICE.orderId);
      expect(read(document, '//OrderReference/DocumentReference/@payloadID')).toBe('po-1@buyer.example');
      expect(read(document, '/cXML/Header/To/Credential/Identity')).toBe('buyer@company.com');
    }
  });

  it('accept, reject, and reject after accept', () => {
    expect([
      read(KINDS[0]![1], '//ConfirmationHeader/@type'),
      read(KINDS[0]![1], '//ConfirmationHeader/@operation'),
    ]).toEqual(['accept', 'new']);
    expect([
      read(KINDS[2]![1], '//ConfirmationHeader/@type'),
      read(KINDS[2]![1], '//ConfirmationHeader/@operation'),
    ]).toEqual(['reject', 'new']);
    expect([
      read(KINDS[3]![1], '//ConfirmationHeader/@operation'),
      read(KINDS[3]![1], '//ConfirmationHeader/DocumentReference/@payloadID'),
    ]).toEqual(['update', '0.7-1@shop.example']);
  });

  it('contain the tracking data in the form of the version', () => {
    const [followed, old] = [KINDS[5]![1], KINDS[6]![1]];
    expect([
      read(followed, '//CarrierIdentifier'),
      read(followed, '//ShipmentIdentifier'),
      read(followed, '//ShipmentIdentifier/@trackingURL'),
      read(followed, '//ShipNoticeHeader/@shipmentID'),
    ]).toEqual([TRACKING.vendor, TRACKING.id, TRACKING.url, TRACKING.id]);
    expect([read(old, '//ShipmentIdentifier/@trackingURL'), read(old, '//ShipNoticeHeader/Comments')]).toEqual([
      undefined,
      TRACKING.url,
    ]);
    expect(read(KINDS[4]![1], '//ShipNoticeHeader/@shipmentID')).toBe('10042');
  });

  it('contain our secret if there is one', () => {
    expect(read(KINDS[1]![1], '//Sender/Credential/SharedSecret')).toBe('a<b&c');
    expect(read(KINDS[0]![1], '//SharedSecret')).toBeUndefined();
  });
});
