import { describe, expect, it } from '@jest/globals';
import {
  type FieldRule,
  type Transform,
  isSourcePath,
  SOURCE_PATHS,
  SOURCE_PREFIXES,
} from '../../../src/domain/mapping/mapping.js';
import { fieldValue, transformValue } from '../../../src/protocols/mapping/field-rule.js';
import type { SourceContext } from '../../../src/protocols/mapping/read-source.js';
import { CART, connectionWith, LINE, REQUEST } from './sample.js';

const context: SourceContext = {
  line: LINE,
  lineNumber: 7,
  cart: CART,
  request: REQUEST,
  connection: connectionWith({}),
};
const valueOf = (rule: FieldRule, over: Partial<SourceContext> = {}): string | undefined =>
  fieldValue(rule)({ ...context, ...over });

const EXPECTED: Record<string, string> = {
  'line.number': '7',
  'line.sku': 'SKU-1',
  'line.productKey': 'key-1',
  'line.auxiliaryId': 'aux-1',
  'line.kind': 'product',
  'line.name': 'Müller bolt',
  'line.description': 'A long\ntext',
  'line.unit': 'piece',
  'line.quantity': '3',
  'line.unitPrice': '10.00',
  'line.priceBasis': '1',
  'line.manufacturerPartId': 'M-1',
  'line.manufacturerName': 'Nordwerk',
  'line.gtin': '4006381333931',
  'line.url': 'https://shop.example.com/1',
  'line.imageUrl': 'https://shop.example.com/1.jpg',
  'line.leadTimeDays': '14',
  'line.taxRate': '19',
  'line.taxAmount': '5.70',
  'request.payloadId': 'p@buyer',
  'request.deploymentMode': 'test',
  'request.language': 'de-DE',
  'request.currency': 'EUR',
  'request.buyer.email': 'b@buyer.example',
  'request.buyer.name': 'Bea',
  'request.buyer.company': 'Buyer AG',
  'request.buyer.userId': 'bea',
  'request.shipTo.addressId': 'A1',
  'request.shipTo.name': 'Werk 1',
  'request.shipTo.deliverTo': 'Bea, Tor 3',
  'request.shipTo.street': 'Weg 1, Hof',
  'request.shipTo.city': 'Ulm',
  'request.shipTo.state': 'BW',
  'request.shipTo.postalCode': '89073',
  'request.shipTo.countryCode': 'DE',
  'request.shipTo.countryName': 'Deutschland',
  'request.shipTo.email': 's@buyer.example',
  'request.shipTo.phone': '0731',
  'request.oci.version': '4.0',
  'request.oci.function': 'DETAIL',
  'request.oci.vendor': '100042',
  'connection.tenantId': 'shop',
  'connection.connectionId': 'buyer',
  'connection.name': 'Buyer AG',
  'connection.language': 'en',
  'connection.currency': 'EUR',
  'connection.supplier.domain': 'NetworkId',
  'connection.supplier.identity': 'supplier',
  'connection.vendor': '4242',
  'cart.cartId': 'c1',
  'cart.currency': 'EUR',
  'cart.language': 'de',
  'cart.shipping.amount': '5.90',
  'cart.shipping.description': 'Parcel',
  'cart.shipping.code': 'DHL',
  'cart.tax.amount': '6.82',
  'cart.tax.description': 'VAT',
  'cart.tax.code': '19',
};

describe('architecture.md decision 8: source paths', () => {
  it.each(SOURCE_PATHS)('%s', (path) => {
    expect(EXPECTED[path]).toBeDefined();
    expect(valueOf({ from: path })).toBe(EXPECTED[path]);
  });

  it.each([
    ['line.classification.unspsc', '31161501'],
    ['line.classification.eClass', '23-11-01-01'],
    ['line.classificationName.UNSPSC', 'Bolts'],
    ['line.customFields.costCenter', '4711'],
    ['request.extrinsic.UserEmail', 'x@buyer.example'],
    ['request.extrinsic.Dept', 'Lab'],
    ['request.oci.extra.kostl', '0815'],
  ])('%s', (path, expected) => {
    expect(valueOf({ from: path })).toBe(expected);
  });

  it('the test above uses every prefix', () => {
    for (const prefix of SOURCE_PREFIXES) expect(isSourcePath(`${prefix}x`)).toBe(true);
    expect(SOURCE_PREFIXES).toHaveLength(5);
  });

  it('a path outside of the vocabulary is refused', () => {
    for (const path of [
      '',
      'line',
      'line.',
      'line.secret',
      'line.customFields.',
      'line.customFields. ',
      'request.buyer',
      '__proto__',
      'constructor',
      `line.customFields.${'x'.repeat(101)}`,
    ])
      expect(isSourcePath(path)).toBe(false);
    expect(() => fieldValue({ from: 'line.secret' })).toThrow(RangeError);
  });

  it('names on the prototype are not custom fields', () => {
    expect(valueOf({ from: 'line.customFields.constructor', fixed: 'F' })).toBe('F');
    expect(valueOf({ from: 'line.customFields.__proto__', fixed: 'F' })).toBe('F');
  });

  it('a request without the parts gives no value', () => {
    const request = { deploymentMode: 'production' as const, buyer: {}, extrinsics: [], items: [] };
    for (const path of SOURCE_PATHS.filter((name) => /^request\.(shipTo|oci|buyer)/.test(name)))
      expect(valueOf({ from: path }, { request })).toBeUndefined();
    expect(valueOf({ from: 'request.oci.extra.x' }, { request })).toBeUndefined();
  });
});

describe('architecture.md decision 8: transforms', () => {
  it.each<[Transform, string, string]>([
    ['trim', '  a b ', 'a b'],
    ['upper', 'straße', 'STRASSE'],
    ['lower', 'ÄB', 'äb'],
    [{ maxLength: 3 }, 'abcd', 'abc'],
    [{ maxLength: 3, unit: 'characters' }, 'ab😀d', 'ab😀'],
    [{ maxLength: 3, unit: 'bytes' }, 'aäö', 'aä'],
    [{ maxLength: 5, unit: 'bytes' }, 'a😀b', 'a😀'],
    [{ maxLength: 4, unit: 'bytes' }, 'a😀b', 'a'],
    [{ maxLength: 4, unit: 'bytes' }, 'abcd', 'abcd'],
    [{ pad: { length: 6, with: '0' } }, '42', '000042'],
    [{ pad: { length: 4, with: '.', side: 'end' } }, '4😀', '4😀..'],
    [{ pad: { length: 1, with: '0' } }, '42', '42'],
    [{ scale: { by: '7' } }, ' 2 ', '14'],
    [{ scale: { by: '0.01' } }, '19', '0.19'],
    [{ scale: { by: '0.01', digits: 1 } }, '25', '0.3'],
    [{ scale: { by: '100', digits: 2 } }, '0.19', '19.00'],
    [{ scale: { by: '2' } }, '1,5', ''],
    [{ lookup: { table: { a: 'A' } } }, 'a', 'A'],
    [{ lookup: { table: { a: 'A' } } }, 'b', ''],
    [{ lookup: { table: { a: 'A' }, otherwise: 'Z' } }, 'b', 'Z'],
    [{ lookup: { table: { a: 'A' } } }, 'constructor', ''],
    [{ remove: '?{}' }, 'a?{b}😀', 'ab😀'],
  ])('%j of %j is %j', (transform, value, expected) => {
    expect(transformValue(value, transform)).toBe(expected);
  });

  it('bytes: never more than the maximum, never half a character', () => {
    for (let max = 1; max < 30; max += 1) {
      const cut = transformValue('e\u0301👩‍👩‍👧ß漢字 end', { maxLength: max, unit: 'bytes' });
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
      expect(Buffer.from(cut, 'utf8').toString('utf8')).toBe(cut);
    }
  });
});

describe('architecture.md decision 8: a rule', () => {
  it('the first source that is not empty wins, up to three fallbacks', () => {
    const rule: FieldRule = {
      from: 'line.manufacturerPartId',
      fallbacks: ['line.gtin', 'line.customFields.none', 'line.sku'],
    };
    expect(valueOf(rule)).toBe('M-1');
    expect(valueOf(rule, { line: { ...LINE, manufacturerPartId: ' ' } })).toBe('4006381333931');
    expect(valueOf(rule, { line: { ...LINE, manufacturerPartId: '', gtin: '' } })).toBe('SKU-1');
  });

  it('then the unchanged fixed value, then the default of the writer', () => {
    expect(valueOf({ from: 'line.customFields.none', fixed: ' f ', transforms: ['upper', 'trim'] })).toBe(' f ');
    expect(valueOf({ fixed: 'X' })).toBe('X');
    expect(valueOf({ from: 'line.customFields.none' })).toBeUndefined();
  });

  it('transforms run in order; a source that they empty is skipped', () => {
    expect(
      valueOf({ from: 'line.name', transforms: ['upper', { maxLength: 3 }, { pad: { length: 5, with: '-' } }] }),
    ).toBe('--MÜL');
    expect(
      valueOf({
        from: 'line.unit',
        fallbacks: ['line.sku'],
        transforms: [{ lookup: { table: { 'SKU-1': 'known' } } }],
      }),
    ).toBe('known');
  });

  it('padding never creates a value', () => {
    expect(
      valueOf({ from: 'line.customFields.none', transforms: [{ pad: { length: 5, with: '0' } }] }),
    ).toBeUndefined();
  });
});
