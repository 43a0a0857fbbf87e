import { describe, expect, it } from '@jest/globals';
import { cartEncoder } from '../../../src/adapters/cart-encoder/cart-encoder.js';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { ConnectorTransferEvent } from '../../../src/domain/transmission/connector-event.js';
import type { ConnectionMapping } from '../../../src/domain/mapping/mapping.js';
import type { Transmission } from '../../../src/domain/transmission/transmission.js';
import { CART, connectionWith, LINE, promotion, REQUEST } from '../../protocols/mapping/sample.js';

const encoder = cartEncoder('https://shop.example.com');

function event(
  transmission: Partial<Transmission>,
  mapping: ConnectionMapping = {},
  settings: object = {},
  cart: Partial<Cart> = {},
): ConnectorTransferEvent {
  const at = new Date(0);
  return {
    connection: connectionWith(mapping, settings),
    cart: { ...CART, ...cart },
    transmission: {
      tenantId: 'shop',
      transmissionId: `shop_${'a'.repeat(26)}`,
      connectionId: 'buyer',
      protocol: 'cxml',
      operation: 'create',
      status: 'active',
      request: REQUEST,
      buyerCookie: 'c',
      returnUrl: 'https://erp.example.com/',
      epoch: 1,
      cartRevision: 1,
      createdAt: at,
      startExpiresAt: at,
      startExpired: false,
      expiresAt: at,
      absoluteExpiresAt: at,
      ...transmission,
    },
  };
}

const withLine = (change: Partial<CartLine>): Partial<Cart> => ({
  lines: [LINE, { ...LINE, lineId: 'l2', ...change }],
});

describe('architecture.md decision 10: findings are stored with the payload, an invalid cart is not sent', () => {
  it.each(['cxml', 'oci'] as const)('%s: no list without findings', (protocol) => {
    const encoded = encoder.encode(event({ protocol }, { shipping: 'none' }));
    expect(encoded).toMatchObject({
      ok: true,
      value: { kind: protocol, summary: { itemsCount: '3', linesCount: 1, totalAmount: '30.00' } },
    });
    expect(encoded.ok && 'findings' in encoded.value).toBe(false);
  });

  it('warnings are in the payload, and survive JSON', () => {
    const encoded = encoder.encode(event({}, {}, {}, withLine({ classifications: [] })));
    expect(encoded.ok && JSON.parse(JSON.stringify(encoded.value.findings))).toEqual([
      {
        code: 'CLASSIFICATION_MISSING',
        severity: 'warning',
        line: 2,
        sku: 'SKU-1',
        field: 'Classification',
        message: expect.any(String),
        platform: 'cXML',
      },
    ]);
  });

  it('cxml.md 8: the cart is posted to the frame of the Extrinsic ReturnFrame, if it is a frame name', () => {
    const targetOf = (name: string, value: string): unknown => {
      const encoded = encoder.encode(
        event({ request: { ...REQUEST, extrinsics: [{ name, value }] } }, {}, { cxml: { frameTarget: '_top' } }),
      );
      return encoded.ok && encoded.value.target;
    };
    for (const [name, value] of [
      ['ReturnFrame', 'main'],
      ['returnframe', '_parent'],
      ['Return Frame', '_self'],
      ['return_frame', 'erp-1'],
    ] as const)
      expect(targetOf(name, value)).toBe(value);
    for (const keyword of ['_SELF', '_Parent']) expect(targetOf('ReturnFrame', keyword)).toBe(keyword.toLowerCase());
    for (const value of ['', '_blank', 'javascript:alert(1)', '"><script>', 'a b', '1x'])
      expect(targetOf('ReturnFrame', value)).toBe('_top');
    expect(targetOf('Frame', 'main')).toBe('_top');
  });

  it('an error stops the transfer, with line, field and reason', () => {
    expect(encoder.encode(event({}, {}, { profile: 'ariba' }, withLine({ sku: 'A{1}' })))).toEqual({
      ok: false,
      refusal: {
        code: 'CART_NOT_ENCODABLE',
        reason: 'Line 2, A{1}: The article number has "{", "}", which SAP Ariba rejects.',
        details: { line: 2, sku: 'A{1}', field: 'SupplierPartID' },
      },
    });
  });

  it('the preset of the profile keeps the description within its limit', () => {
    const long = withLine({ description: 'ä'.repeat(3000) });
    expect(encoder.encode(event({}, {}, { profile: 'ariba' }, long))).toMatchObject({ ok: true });
    const raw: ConnectionMapping = { cxml: { Description: { from: 'line.description' } } };
    expect(encoder.encode(event({}, raw, { profile: 'ariba' }, long))).toMatchObject({
      ok: false,
      refusal: { details: { field: 'Description' } },
    });
  });

  it('an inspect session returns for any cart', () => {
    const refused = { ...withLine({ sku: '?' }), ...{ lines: [promotion(), { ...LINE, sku: '?' }] } };
    const encoded = encoder.encode(
      event({ operation: 'inspect' }, { promotions: 'refuse' }, { profile: 'ariba' }, refused),
    );
    expect(encoded).toMatchObject({ ok: true, value: { summary: { linesCount: 0 } } });
  });

  it('shipping as a line counts in the summary and in the document', () => {
    expect(encoder.encode(event({ protocol: 'oci' }, {}, { oci: { shippingAsLine: true } }))).toMatchObject({
      ok: true,
      value: { summary: { linesCount: 2, totalAmount: '35.90' } },
    });
    expect(encoder.encode(event({}, { shipping: 'line' }))).toMatchObject({
      ok: true,
      value: { summary: { linesCount: 2, totalAmount: '35.90' } },
    });
  });

  describe('the summary counts the lines of the document', () => {
    const bundle = { ...LINE, lineId: 'b', kind: 'bundle' as const };
    const part = { ...LINE, lineId: 'p', parentLineId: 'b', unitPrice: '0.00' };
    const forShow = promotion({ unitPrice: '0.00', discountCode: 'FREIGHT' });
    const version5 = { ...REQUEST, oci: { version: '5.0', extra: [] } };
    const repost = { ...REQUEST, repost: { endCustomerId: 2, templateUser: 'u' } };
    const linesIn = (fields: { name: string; value: string }[]): number =>
      fields.reduce(
        (sum, { name, value }) =>
          sum +
          (/(?:^NEW_ITEM-QUANTITY\[|\[sku\]$)/.test(name) ? 1 : decodeURIComponent(value).split('<ItemIn ').length - 1),
        0,
      );

    it.each<[string, CartLine[], number, number, number, number]>([
      ['an article', [LINE], 1, 1, 1, 1],
      ['a promotion that costs nothing', [LINE, forShow], 1, 1, 1, 1],
      ['a discount', [LINE, promotion()], 2, 1, 1, 1],
      ['both', [LINE, promotion(), forShow], 2, 1, 1, 1],
      ['a bundle and its part', [bundle, part, forShow], 1, 1, 2, 1],
    ])('%s', (_, lines, cxml, oci, oci5, middleware) => {
      const summaryOf = (transmission: Partial<Transmission>): number => {
        const encoded = encoder.encode(event({ ...transmission, operation: 'create' }, {}, {}, { lines }));
        if (!encoded.ok) throw new Error(JSON.stringify(encoded));
        const { summary, fields } = encoded.value;
        expect(summary.linesCount).toBe(linesIn(fields));
        return summary.linesCount;
      };
      expect(
        [
          { protocol: 'cxml' as const },
          { protocol: 'oci' as const },
          { protocol: 'oci' as const, request: version5 },
          { protocol: 'repost' as const, request: repost },
        ].map(summaryOf),
      ).toEqual([cxml, oci, oci5, middleware]);
    });
  });

  it('connections saved before mappings existed are encoded as before', () => {
    const old = event({});
    const { mapping: _, profile: __, ...settings } = old.connection.settings;
    const { customFieldsAsExtrinsics: ___, ...cxml } = settings.cxml;
    expect(
      encoder.encode({ ...old, connection: { ...old.connection, settings: { ...settings, cxml } } }),
    ).toMatchObject({ ok: true });
  });
});
