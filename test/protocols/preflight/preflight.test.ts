import { describe, expect, it } from '@jest/globals';
import { findProfile } from '../../../src/config/profiles.js';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import { PROFILE_NAMES, type ProfileName } from '../../../src/domain/access/connection.js';
import type { MappedCart, MappedLine } from '../../../src/domain/mapping/mapping.js';
import type { PreflightFinding } from '../../../src/domain/transmission/transfer-payload.js';
import { preflight } from '../../../src/protocols/preflight/preflight.js';
import { unitKind } from '../../../src/protocols/preflight/line-findings.js';
import { connectionWith, LINE } from '../mapping/sample.js';

const GOOD: CartLine = { ...LINE, unit: 'EA' };

function findings(
  profile: ProfileName,
  lines: Partial<MappedLine>[],
  cart: Partial<MappedCart> = {},
  settings: object = {},
): PreflightFinding[] {
  const { preflight: rules, protocol } = findProfile(profile);
  const mapped: MappedCart = {
    cartId: 'c',
    contentMark: 'm',
    currency: 'EUR',
    language: 'de',
    lines: lines.map((line) => ({ ...GOOD, ...line })),
    ...cart,
  };
  return preflight(mapped, { rules, protocol, settings: connectionWith({}, settings).settings, request: {} });
}

const told = (profile: ProfileName, line: Partial<MappedLine>, settings?: object): string[] =>
  findings(profile, [line], {}, settings).map(({ severity, field }) => `${severity} ${field}`);

describe('architecture.md decision 10: pre-flight', () => {
  it('an ordinary line has no findings for any platform', () => {
    for (const profile of PROFILE_NAMES) expect(findings(profile, [{}])).toEqual([]);
  });

  it('cxml.md 11.1: Ariba rejects ? { } in part ids', () => {
    for (const character of '?{}') {
      expect(findings('ariba', [{}, { sku: `A${character}1` }])).toEqual([
        {
          code: 'PART_ID_CHARACTERS',
          severity: 'error',
          line: 2,
          sku: `A${character}1`,
          field: 'SupplierPartID',
          message: expect.stringContaining(`"${character}"`),
          platform: 'SAP Ariba',
        },
      ]);
      expect(told('jaggaer', { sku: `A${character}1` })).toEqual([]);
    }
    expect(told('ariba', { auxiliaryId: '{1}' })).toEqual(['warning SupplierPartAuxiliaryID']);
  });

  it('cxml.md 11.1: Ariba takes descriptions of 2000 bytes, not characters', () => {
    expect(told('ariba', { description: 'ä'.repeat(1000) })).toEqual([]);
    expect(told('ariba', { description: `${'ä'.repeat(1000)}.` })).toEqual(['error Description']);
    expect(told('ariba', { description: ' ', name: 'ä'.repeat(1001) })).toEqual(['error Description']);
  });

  it('cxml.md 11.2: JAGGAER takes ids of 100 characters and keeps descriptions of 256', () => {
    expect(told('jaggaer', { sku: '😀'.repeat(100), description: '😀'.repeat(256) })).toEqual([]);
    expect(told('jaggaer', { sku: 'x'.repeat(101), description: 'x'.repeat(257) })).toEqual([
      'error SupplierPartID',
      'warning Description',
    ]);
  });

  it('cxml.md 11.1: Ariba shows article numbers of 128 characters; longer ones are sent with a warning', () => {
    expect(told('ariba', { sku: '😀'.repeat(128) })).toEqual([]);
    expect(told('ariba', { sku: 'x'.repeat(129) })).toEqual(['warning SupplierPartID']);
    expect(told('ariba', { sku: `${'x'.repeat(129)}?` })).toEqual(['error SupplierPartID', 'warning SupplierPartID']);
    expect(told('coupa', { sku: 'x'.repeat(129) })).toEqual([]);
  });

  it('cxml.md 11.2: JAGGAER accepts 100 characters of a manufacturer', () => {
    expect(told('jaggaer', { manufacturerName: '😀'.repeat(100), manufacturerPartId: 'x'.repeat(100) })).toEqual([]);
    expect(told('jaggaer', { manufacturerName: 'x'.repeat(101) })).toEqual(['warning ManufacturerName']);
    expect(told('jaggaer', { manufacturerPartId: 'x'.repeat(101) })).toEqual(['warning ManufacturerPartID']);
    expect(told('ariba', { manufacturerName: 'x'.repeat(101) })).toEqual([]);
  });

  it('cxml.md 11.3: a requisition line of Coupa holds 255 characters of description and manufacturer', () => {
    const full = '😀'.repeat(255);
    expect(told('coupa', { description: full, manufacturerName: full, manufacturerPartId: full })).toEqual([]);
    expect(told('coupa', { description: `${full}.` })).toEqual(['warning Description']);
    expect(told('coupa', { manufacturerName: `${full}.` })).toEqual(['warning ManufacturerName']);
    expect(told('coupa', { manufacturerPartId: `${full}.` })).toEqual(['warning ManufacturerPartID']);
  });

  it('cxml.md 11.4: a requisition line of Oracle Fusion holds 240 characters of description', () => {
    expect(told('oracle', { description: '😀'.repeat(240) })).toEqual([]);
    expect(told('oracle', { description: 'x'.repeat(241) })).toEqual(['warning Description']);
  });

  it('cxml.md 11.6 and oci.md 9.3: an unknown unit becomes "Units" in Odoo; it wants no classification', () => {
    for (const profile of ['odoo-cxml', 'odoo-oci'] as const) {
      const [finding] = findings(profile, [{ unit: 'Stück', classifications: [] }]);
      expect(finding).toMatchObject({ severity: 'warning', platform: 'Odoo', code: 'UNIT_UNKNOWN' });
      expect(finding?.message).toContain('it becomes "Units"');
      expect(findings(profile, [{ classifications: [] }])).toEqual([]);
    }
  });

  it('oci.md 9.3: Odoo records an empty OCI cart as an error, and takes an empty cXML cart', () => {
    expect(findings('odoo-oci', [])).toMatchObject([{ severity: 'warning', code: 'CART_WITHOUT_LINES' }]);
    expect(findings('odoo-cxml', [])).toEqual([]);
  });

  it.each(['workday', 'ivalua', 'proactis'] as const)(
    'cxml.md 11.7: %s has the generic rules of cXML, under its own name',
    (profile) => {
      const { platform, ...rules } = findProfile(profile).preflight;
      const { platform: generic, ...genericRules } = findProfile('generic-cxml').preflight;
      expect(rules).toEqual(genericRules);
      expect([platform.toLowerCase(), generic]).toEqual([profile, 'cXML']);
      expect(told(profile, { unit: 'Stück', classifications: [] })).toEqual([
        'warning UnitOfMeasure',
        'warning Classification',
      ]);
    },
  );

  it('oci.md 9.1: Basware finds the category by the classification; else the generic rules of OCI apply', () => {
    const { platform, wantsClassification, ...rules } = findProfile('basware').preflight;
    expect({ platform, wantsClassification }).toEqual({ platform: 'Basware', wantsClassification: true });
    expect(findProfile('generic-oci').preflight).toEqual({ platform: 'OCI', wantsClassification: false, ...rules });
    expect(findings('basware', [{ classifications: [] }])).toMatchObject([
      { code: 'CLASSIFICATION_MISSING', severity: 'warning' },
    ]);
    expect(told('basware', { unit: 'Stück' })).toEqual(['error UNIT']);
  });

  it('oci.md 9.2: Unite has the generic rules of OCI', () => {
    expect(findProfile('unite').preflight).toEqual({ ...findProfile('generic-oci').preflight, platform: 'Unite' });
    expect(
      findings(
        'unite',
        Array.from({ length: 71 }, () => ({})),
      ),
    ).toMatchObject([{ code: 'MANY_LINES' }]);
  });

  it('cxml.md 7.6: a UNSPSC code with dashes, or without 8 or 10 digits, gets a warning', () => {
    const coded = (domain: string, code: string): Partial<MappedLine> => ({ classifications: [{ domain, code }] });
    for (const code of ['31161501', '3116150100', ' 31161501 '])
      expect(told('ariba', coded('UNSPSC', code))).toEqual([]);
    for (const [domain, code] of [
      ['UNSPSC', '31-16-15-01'],
      ['unspsc', '31.16.15.01'],
      ['UN/SPSC', '3116'],
      ['UNSPSC_V10', '31 16 15 01'],
    ] as const)
      expect(told('generic-cxml', coded(domain, code))).toEqual(['warning Classification']);
    expect(told('sap-oci4', coded('UNSPSC', '31-16-15-01'))).toEqual(['warning EXT_CATEGORY_ID']);
    expect(told('ariba', coded('eClass', '23-11-01-01'))).toEqual([]);
  });

  it('cxml.md 7.5, 11.2, 11.3, oci.md 3: unknown units', () => {
    expect(told('coupa', { unit: 'Stück' })).toEqual(['error UnitOfMeasure']);
    expect(told('jaggaer', { unit: 'Stück' })).toEqual(['warning UnitOfMeasure']);
    expect(told('sap-oci4', { unit: 'ea' })).toEqual(['error UNIT']);
    for (const profile of ['coupa', 'jaggaer', 'generic-cxml'] as const)
      expect(told(profile, { unit: 'Q9Q' })).toEqual(['warning UnitOfMeasure']);
    expect(told('sap-oci4', { unit: 'Q9Q' })).toEqual(['warning UNIT']);
    expect(findings('coupa', [{ unit: 'Q9Q' }])[0]?.message).toContain('is not a common UN/CEFACT code');
  });

  it('cxml.md 7.5: common codes', () => {
    for (const unit of [
      'EA',
      'H87',
      'C62',
      'BX',
      'KGM',
      'MTR',
      'HUR',
      'PCE',
      'LTR',
      'MTK',
      'MTQ',
      'SET',
      'PR',
      'DZN',
      'XBX',
      'TNE',
      'KWH',
      'DAY',
      'ANN',
      'MMT',
      'CMT',
      'GRM',
      'RO',
      'PK',
      'BG',
      'CT',
    ])
      expect(unitKind(unit)).toBe('common');
    for (const unit of ['BOX', 'QQ', '99']) expect(unitKind(unit)).toBe('uncommon');
    for (const unit of ['', 'E', 'ea', 'STÜ', 'PIECE', 'E A', 'X', '1.0']) expect(unitKind(unit)).toBe('malformed');
  });

  it('cxml.md 7.6: a line without classification gets the default, with a finding', () => {
    expect(told('oracle', { classifications: [] })).toEqual(['warning Classification']);
    expect(told('oracle', { classifications: [{ domain: 'UNSPSC', code: ' ' }] })).toEqual(['warning Classification']);
    expect(told('sap-oci4', { classifications: [] })).toEqual([]);
  });

  it('cxml.md 7.7: PriceBasisQuantity is not in DTD 1.2.014', () => {
    expect(told('generic-cxml', { priceBasis: '100', quantity: '100' })).toEqual(['warning PriceBasisQuantity']);
    expect(told('generic-cxml', { priceBasis: '100', quantity: '100' }, { cxml: { version: '1.2.050' } })).toEqual([]);
    expect(told('sap-oci4', { priceBasis: '100' })).toEqual([]);
  });

  it('decimals: shows the amount of a buyer who rounds prices, only if it differs', () => {
    expect(told('generic-cxml', { unitPrice: '9.667', quantity: '3' })).toEqual(['warning UnitPrice']);
    expect(findings('generic-cxml', [{ unitPrice: '9.667', quantity: '3' }])[0]?.message).toContain(
      'gets 29.01 for this line, not 29.00',
    );
    expect(told('generic-cxml', { unitPrice: '9.667', quantity: '1' })).toEqual([]);
    expect(told('generic-cxml', { unitPrice: '9.670', quantity: '3' })).toEqual([]);
    expect(told('generic-cxml', { unitPrice: 'x.yzzz' })).toEqual([]);
  });

  it('cxml.md 7.3: a negative price is legal but gets a warning', () => {
    expect(told('generic-cxml', { unitPrice: '-1.00', kind: 'promotion' })).toEqual(['warning UnitPrice']);
  });

  it('cxml.md 7.3: a currency other than that of the buyer', () => {
    expect(findings('coupa', [{}], { currency: 'USD' })).toMatchObject([
      { severity: 'warning', field: 'Money', message: expect.stringContaining('in USD, the buyer asked for EUR') },
    ]);
    expect(findings('sap-oci4', [{}], { currency: 'USD' })).toMatchObject([{ field: 'CURRENCY' }]);
  });

  it('cxml.md 11.4: Oracle and the empty cart', () => {
    expect(findings('oracle', [])).toMatchObject([
      { severity: 'warning', field: 'ItemIn', message: expect.stringContaining('null pointer') },
    ]);
    expect(findings('ariba', [])).toEqual([]);
  });

  it('oci.md 4: more lines than a PHP buyer reads', () => {
    const many = Array.from({ length: 71 }, () => ({}));
    expect(findings('generic-oci', many)).toMatchObject([
      { severity: 'warning', field: 'NEW_ITEM', message: expect.stringContaining('1,000 fields') },
    ]);
    expect(findings('generic-oci', many.slice(1))).toEqual([]);
    expect(findings('sap-oci4', many)).toEqual([]);
  });

  it('OCI has no header: lost shipping is reported', () => {
    const shipping = { amount: '5.90', description: 'Parcel' };
    expect(findings('sap-oci4', [{}], { shipping })).toMatchObject([{ severity: 'warning', field: 'shipping' }]);
    expect(findings('sap-oci4', [{}], { shipping: { ...shipping, amount: '0.00' } })).toEqual([]);
    expect(findings('ariba', [{}], { shipping })).toEqual([]);
  });

  it('OCI: the mapped article number is checked', () => {
    const rules = { ...findProfile('sap-oci4').preflight, partId: { forbidden: '#' } };
    const run = (line: MappedLine): unknown[] =>
      preflight(
        { cartId: 'c', contentMark: 'm', currency: 'EUR', language: 'de', lines: [line] },
        { rules, protocol: 'oci', settings: connectionWith({}).settings, request: {} },
      );
    expect(run({ ...GOOD, sku: 'a#' })).toHaveLength(1);
    expect(run({ ...GOOD, sku: 'a#', outgoing: { oci: new Map([['VENDORMAT', 'a']]) } })).toEqual([]);
  });

  it('errors come first, and at most 200 findings are kept', () => {
    const lines = [...Array.from({ length: 500 }, () => ({ classifications: [] })), { unit: 'Stück' }];
    const all = findings('coupa', lines);
    expect(all[0]).toMatchObject({ severity: 'error', line: 501 });
    expect(all).toHaveLength(201);
    expect(all.at(-1)?.message).toBe('301 further findings are not listed.');
  });
});
