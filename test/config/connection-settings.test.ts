import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { CONNECTION_SCHEMA, connectionSettings } from '../../src/config/connection-settings.js';
import { findProfile, profileFor } from '../../src/config/profiles.js';
import { type CxmlSettings, PROFILE_NAMES } from '../../src/domain/access/connection.js';
import { cxmlFormFields } from '../../src/protocols/cxml/cxml-form.js';
import { CXML_FIELDS, OCI_FIELDS } from '../../src/domain/mapping/mapping-fields.js';
import { SOURCE_PATHS, SOURCE_PREFIXES } from '../../src/domain/mapping/mapping.js';

const ORIGIN = { returnOrigins: ['https://erp.example.com'] };

function faultsOf(document: object): string[] {
  const checked = connectionSettings({ ...ORIGIN, ...document });
  return checked.ok ? [] : (checked.refusal.reason ?? '').split('; ');
}

function valid(document: object): Record<string, unknown> {
  const checked = connectionSettings({ ...ORIGIN, ...document });
  if (!checked.ok) throw new Error(checked.refusal.reason);
  return { ...checked.value };
}

it('the schema is a valid one, which its compilation does not check', () => {
  expect(new Ajv().validateSchema(CONNECTION_SCHEMA)).toBe(true);
});

describe('architecture.md decision 8: the mapping is one validated document', () => {
  it('every field and source of the vocabulary is valid', () => {
    const rules = (names: Iterable<string>): object =>
      Object.fromEntries([...names].map((name) => [name, { from: 'line.sku' }]));
    const mapping = {
      cxml: {
        ...rules(CXML_FIELDS),
        'Classification.UNSPSC': { from: 'line.sku' },
        'Extrinsic.Cost Center': { from: 'line.sku' },
      },
      oci: rules([...OCI_FIELDS.keys(), 'GTIN']),
      ociVendorFields: ['GTIN'],
    };
    expect(valid({ cxml: { version: '1.2.050' }, mapping })['mapping']).toEqual(mapping);
    for (const from of [...SOURCE_PATHS, ...SOURCE_PREFIXES.map((prefix) => `${prefix}x`)])
      expect(faultsOf({ mapping: { cxml: { Description: { from } } } })).toEqual([]);
  });

  it('every transform is valid', () => {
    const transforms = [
      'trim',
      'upper',
      'lower',
      { maxLength: 5 },
      { maxLength: 5, unit: 'bytes' },
      { pad: { length: 5, with: '0', side: 'end' } },
      { scale: { by: '-0.01', digits: 2 } },
      { lookup: { table: { a: 'b' }, otherwise: '' } },
      { remove: '?' },
    ];
    expect(faultsOf({ mapping: { cxml: { Description: { from: 'line.name', transforms } } } })).toEqual([]);
  });

  it('all faults are reported at once, each with its path, from the schema and from the names', () => {
    const faults = faultsOf({
      language: 'x y',
      mapping: {
        shipping: 'somewhere',
        promotions: 'hide',
        more: 1,
        cxml: {
          Quantity: { from: 'line.sku' },
          SupplierPartAuxiliaryID: { from: 'line.sku' },
          BuyerPartID: { fixed: 'x' },
          Description: { from: 'line.secret' },
          ShortName: {},
          URL: { from: 'line.url', fallbacks: ['line.sku', 'line.sku', 'line.sku', 'line.sku'] },
          LeadTime: { fixed: '1', transforms: ['upper'] },
          ManufacturerName: {
            from: 'line.name',
            transforms: [
              'reverse',
              { maxLength: 3, pad: { length: 1, with: '0' } },
              { unit: 'bytes', remove: 'x' },
              { scale: { by: '1,5' } },
            ],
          },
          'Extrinsic.': { fixed: 'x' },
          'Extrinsic.a\nb': { fixed: 'x' },
        },
        oci: {
          PRICE: { from: 'line.unitPrice' },
          GTIN: { from: 'line.gtin' },
          'PRICE[2]': { fixed: '1' },
          MATGROUP: { fixed: '12345678901' },
          SERVICE: { fixed: 'Y' },
          LONGTEXT_1: { fixed: 'x' },
        },
        ociVendorFields: ['gtin', 'LONGTEXT_1'],
        classifications: { domains: [], tables: { UNSPSC: { 1: { domain: 'X' } } } },
      },
    });
    for (const start of [
      'language: ',
      'mapping.shipping: ',
      'mapping.promotions: ',
      'mapping.more: there is no such setting',
      'mapping.cxml.Quantity: is no cXML field',
      'mapping.cxml.SupplierPartAuxiliaryID: is no cXML field',
      'mapping.cxml.BuyerPartID: DTD 1.2.014 has no BuyerPartID',
      'mapping.cxml.Description.from: is no source path',
      'mapping.cxml.ShortName: needs "from" or "fixed"',
      'mapping.cxml.URL.fallbacks: must NOT have more than 3 items',
      'mapping.cxml.LeadTime.transforms: are for values with "from"',
      'mapping.cxml.ManufacturerName.transforms.0: must be equal to one of the allowed values: trim, upper, lower',
      'mapping.cxml.ManufacturerName.transforms.3.scale.by: must be a decimal number',
      'mapping.cxml.Extrinsic.: is no cXML field',
      'mapping.cxml.Extrinsic.a\nb: is no cXML field',
      'mapping.oci.PRICE: follows from the cart',
      'mapping.oci.GTIN: is no OCI field',
      'mapping.oci.PRICE[2]: is no OCI field',
      'mapping.oci.MATGROUP.fixed: has more than the 10',
      'mapping.oci.SERVICE.fixed: is not what OCI has there',
      'mapping.oci.LONGTEXT_1: is no OCI field',
      'mapping.ociVendorFields.0: ',
      'mapping.ociVendorFields.1: ',
      'mapping.classifications.domains: ',
      "mapping.classifications.tables.UNSPSC.1: must have required property 'code'",
    ])
      expect(faults.filter((fault) => fault.startsWith(start)).length > 0 ? start : faults).toBe(start);
  });

  it('a transform is exactly one thing', () => {
    const faults = faultsOf({
      mapping: {
        cxml: {
          URL: {
            from: 'line.url',
            transforms: [{ maxLength: 3, remove: 'x' }, { remove: 'x', unit: 'bytes' }, { unit: 'bytes' }],
          },
        },
      },
    });
    expect(faults).toEqual([
      'mapping.cxml.URL.transforms.0: must have exactly one of maxLength, pad, scale, lookup, remove',
      'mapping.cxml.URL.transforms.1: "unit" goes with "maxLength" only',
      'mapping.cxml.URL.transforms.2: must have exactly one of maxLength, pad, scale, lookup, remove',
    ]);
  });

  it.each([
    null,
    5,
    'x',
    [],
    { mapping: null },
    { mapping: { cxml: [] } },
    { mapping: { oci: { MATNR: null } } },
    { returnOrigins: ['https://a.example'], cxml: 7, mapping: 7 },
  ])('%j is refused without an exception', (document) => {
    expect(connectionSettings(document)).toMatchObject({ ok: false, refusal: { code: 'INVALID_REQUEST' } });
  });

  it('names on the prototype are ordinary names', () => {
    const document: unknown = JSON.parse(
      '{"returnOrigins":["https://a.example"],"profile":"ariba","mapping":{"cxml":{"__proto__":{"from":"line.sku"}}}}',
    );
    const checked = connectionSettings(document);
    expect(checked).toMatchObject({
      ok: false,
      refusal: { reason: expect.stringContaining('mapping.cxml.__proto__: is no cXML field') },
    });
  });
});

describe('architecture.md decision 8: profiles', () => {
  it.each(PROFILE_NAMES)('%s: its presets are valid, and its rules are for its protocol', (profile) => {
    const settings = valid({ profile });
    expect(settings['profile']).toBe(profile);
    const { protocol } = findProfile(profile);
    expect(profileFor({ profile }, protocol).name).toBe(profile);
    expect(profileFor({ profile }, protocol === 'cxml' ? 'oci' : 'cxml').name).toBe(
      protocol === 'cxml' ? 'generic-oci' : 'generic-cxml',
    );
  });

  it('presets replace defaults, and own values replace presets, rule by rule', () => {
    expect(valid({ profile: 'sap-oci4' })).toMatchObject({ oci: { alwaysPassThrough: true } });
    expect(valid({ profile: 'sap-oci4', oci: { alwaysPassThrough: false } })).toMatchObject({
      oci: { alwaysPassThrough: false, charset: 'utf-8' },
    });
    const own = { from: 'line.sku' };
    expect(valid({ profile: 'ariba', mapping: { cxml: { Description: own, URL: own } } })['mapping']).toEqual({
      cxml: { Description: own, URL: own },
    });
    expect(valid({ profile: 'ariba', mapping: { cxml: { URL: own } } })).toMatchObject({
      mapping: { cxml: { URL: own, Description: { from: 'line.description' } } },
    });
  });

  it('saving saved settings again changes nothing', () => {
    for (const profile of PROFILE_NAMES) {
      const once = valid({ profile });
      expect(valid(once)).toEqual(once);
    }
  });

  it('cxml.md 11.6: the form that Odoo reads, without ShortName; an own value replaces a preset', () => {
    const { cxml } = valid({ profile: 'odoo-cxml' }) as { cxml: CxmlSettings };
    expect(cxml).toMatchObject({ shortName: false, version: '1.2.014' });
    expect(cxmlFormFields('<cXML/>', cxml).map(({ name }) => name)).toEqual(['cxml-urlencoded']);
    const both = valid({ profile: 'odoo-cxml', cxml: { encoding: 'both' } }) as { cxml: CxmlSettings };
    expect(both.cxml).toMatchObject({ encoding: 'both', fieldNames: 'cxml', shortName: false });
  });

  it('oci.md 9.2 and 9.3: Unite and Odoo call up by GET; Basware and unknown buyers must use POST', () => {
    expect(valid({ profile: 'odoo-oci' })).toMatchObject({ oci: { allowGet: true, charset: 'utf-8', startIndex: 1 } });
    expect(valid({ profile: 'unite' })).toMatchObject({ oci: { allowGet: true } });
    for (const profile of ['basware', 'generic-oci'])
      expect(valid({ profile })).toMatchObject({ oci: { allowGet: false } });
    expect(valid({ profile: 'unite', oci: { allowGet: false } })).toMatchObject({ oci: { allowGet: false } });
  });

  it('an unknown profile is a fault; without one the generic rules apply', () => {
    expect(faultsOf({ profile: 'sap' })).toEqual([expect.stringMatching(/^profile: .*ariba, coupa/)]);
    expect(profileFor({}, 'cxml').name).toBe('generic-cxml');
    expect(profileFor({}, 'oci').name).toBe('generic-oci');
  });

  it('a preset is never changed by a connection that uses it', () => {
    const before = JSON.stringify(findProfile('ariba').settings);
    valid({ profile: 'ariba', mapping: { cxml: { Description: { fixed: 'x' } } } });
    expect(JSON.stringify(findProfile('ariba').settings)).toBe(before);
  });
});

describe('return origins', () => {
  it.each([
    'https://erp.example.com',
    'https://erp.example.com/punchout/',
    'https://erp.example.com:8443',
    'http://localhost:3000',
    'http://127.0.0.1:3000/return',
    'http://[::1]:3000',
  ])('%s is accepted', (origin) => {
    expect(faultsOf({ returnOrigins: [origin] })).toEqual([]);
  });

  it.each([
    'http://erp.example.com',
    'http://localhost.example.com',
    'http://10.0.0.5',
    'https://erp.example.com?x=1',
    'https://u@erp.example.com',
    'erp.example.com',
    'ftp://erp.example.com',
    'https://',
  ])('%s is refused when it is set, because no cart could be sent there', (origin) => {
    expect(faultsOf({ returnOrigins: ['https://ok.example.com', origin] })).toEqual([
      expect.stringMatching(/^returnOrigins\.1: must be https, with a path at most: https:\/\/erp/),
    ]);
  });

  it('an http portal may frame our pages', () => {
    expect(faultsOf({ frameAncestors: ['http://portal.example.com'] })).toEqual([]);
    expect(faultsOf({ frameAncestors: ['portal.example.com'] })).toEqual([
      expect.stringMatching(/^frameAncestors\.0: is no http or https address/),
    ]);
  });
});
