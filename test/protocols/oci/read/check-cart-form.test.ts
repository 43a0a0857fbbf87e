import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkOciCartForm, type OciFinding } from '../../../../src/protocols/oci/read/check-cart-form.js';
import { readReturnPage } from '../../../../src/protocols/form/read-return-page.js';
import { describeWithReference, referenceText } from '../../../support/reference.js';

const GOOD = {
  DESCRIPTION: 'Widget',
  QUANTITY: '1.000',
  UNIT: 'EA',
  PRICE: '1.000',
  CURRENCY: 'EUR',
  PRICEUNIT: '1',
  VENDORMAT: 'SKU',
};

/** Findings for a good item with a change; undefined removes a field. */
function check(change: Record<string, string | undefined>): OciFinding[] {
  const fields = Object.entries({ ...GOOD, ...change }).flatMap(([field, value]) =>
    value === undefined ? [] : [{ name: field.startsWith('~') ? field : `NEW_ITEM-${field}[1]`, value }],
  );
  return checkOciCartForm(fields);
}

const finding = (severity: string, field: string): unknown => expect.objectContaining({ severity, field, index: 1 });

describe('OCI form checker', () => {
  it('oci.md 3: has no findings for a good item', () => {
    expect(check({})).toEqual([]);
    expect(check({ '~OkCode': 'ADDI', '~TARGET': '_top', '~CALLER': 'CTLG' })).toEqual([]);
    expect(
      check({ MATNR: '4711', DESCRIPTION: undefined, UNIT: undefined, PRICE: undefined, CURRENCY: undefined }),
    ).toEqual([]);
  });

  it('oci.md 3: lengths in characters', () => {
    for (const [field, longest] of Object.entries({
      DESCRIPTION: 40,
      VENDOR: 10,
      VENDORMAT: 40,
      MANUFACTCODE: 10,
      MANUFACTMAT: 40,
      MATGROUP: 10,
      CONTRACT: 10,
      EXT_QUOTE_ID: 35,
      EXT_PRODUCT_ID: 40,
      ATTACHMENT_TITLE: 255,
      SLD_SYS_NAME: 60,
      CUST_FIELD1: 10,
      CUST_FIELD2: 10,
      CUST_FIELD3: 10,
      CUST_FIELD4: 20,
      CUST_FIELD5: 50,
    })) {
      expect([field, check({ [field]: '😀'.repeat(longest) })]).toEqual([field, []]);
      expect([field, check({ [field]: 'x'.repeat(longest + 1) })]).toEqual([field, [finding('error', field)]]);
    }
    for (const [field, value] of [
      ['UNIT', 'BOXE'],
      ['PRICEUNIT', '100000'],
      ['LEADTIME', '100000'],
      ['SERVICE', 'XX'],
      ['CURRENCY', 'EUROPE'],
    ])
      expect(check({ [field ?? '']: value })).toContainEqual(finding('error', field ?? ''));
    expect(
      check({ EXT_SCHEMA_TYPE: 'x'.repeat(11), EXT_CATEGORY_ID: 'x'.repeat(61), EXT_CATEGORY: 'x'.repeat(41) }),
    ).toHaveLength(3);
  });

  it('oci.md 3, T53: number grammar', () => {
    for (const field of ['QUANTITY', 'PRICE']) {
      for (const value of [
        '1,000',
        '1e3',
        '0x10',
        '-1',
        '+1',
        ' 1.000',
        '1.0000',
        '123456789012.000',
        '1 000.000',
        '.5',
      ])
        expect([value, check({ [field]: value })]).toEqual([value, expect.arrayContaining([finding('error', field)])]);
      for (const value of ['1', '1.5', '1.00'])
        expect([value, check({ [field]: value })]).toEqual([value, [finding('warning', field)]]);
    }
    expect(check({ QUANTITY: '0.000' })).toEqual([finding('error', 'QUANTITY')]);
    expect(check({ PRICE: '0.000' })).toEqual([]);
    for (const value of ['0', '1.0', '-1', '1,5'])
      expect(check({ PRICEUNIT: value })).toEqual([finding('error', 'PRICEUNIT')]);
    expect(check({ LEADTIME: '2-3' })).toEqual([finding('error', 'LEADTIME')]);
  });

  it('oci.md 3: required and conditional fields', () => {
    for (const field of ['QUANTITY', 'DESCRIPTION', 'UNIT', 'CURRENCY'])
      expect(check({ [field]: undefined })).toEqual([finding('error', field)]);
    for (const field of ['QUANTITY', 'DESCRIPTION', 'UNIT', 'CURRENCY'])
      expect(check({ [field]: '' })).toEqual([finding('error', field)]);
    for (const field of ['PRICE', 'VENDORMAT'])
      expect(check({ [field]: undefined })).toEqual([finding('warning', field)]);
    for (const [field, needed] of [
      ['CONTRACT_ITEM', 'CONTRACT'],
      ['EXT_QUOTE_ITEM', 'EXT_QUOTE_ID'],
      ['EXT_CATEGORY_ID', 'EXT_SCHEMA_TYPE'],
      ['EXT_CATEGORY', 'EXT_SCHEMA_TYPE'],
    ] as const) {
      expect(check({ [field]: '1' })).toEqual([finding('error', needed)]);
      expect(check({ [field]: '1', [needed]: '2' })).toEqual([]);
    }
    expect(check({ MATNR: '1' })).toEqual([finding('warning', 'DESCRIPTION')]);
    expect(check({ MATNR: '1'.repeat(19), DESCRIPTION: undefined })).toEqual([finding('warning', 'MATNR')]);
  });

  it('oci.md 3: codes and addresses', () => {
    expect(check({ UNIT: 'pce' })).toEqual([finding('error', 'UNIT')]);
    expect(check({ CURRENCY: 'eur' })).toEqual([finding('error', 'CURRENCY')]);
    expect(check({ SERVICE: 'Y' })).toEqual([finding('error', 'SERVICE')]);
    expect(check({ ATTACHMENT: 'javascript:alert(1)' })).toEqual([finding('error', 'ATTACHMENT')]);
    expect(check({ ATTACHMENT_PURPOSE: 'D' })).toEqual([finding('warning', 'ATTACHMENT_PURPOSE')]);
    expect(check({ ITEM_TYPE: 'Z' })).toEqual([finding('error', 'ITEM_TYPE')]);
    expect(check({ ITEM_TYPE: 'L', PARENT_ID: '2' })).toEqual([finding('error', 'PARENT_ID')]);
    expect(check({ PARENT_ID: '1' })).toEqual([finding('error', 'ITEM_TYPE')]);
    expect(check({ DESCRIPTION: 'a\nb' })).toEqual([finding('error', 'DESCRIPTION')]);
  });

  it('oci.md 3: unknown, misspelled and repeated fields', () => {
    expect(check({ GTIN: '1' })).toEqual([finding('warning', 'GTIN')]);
    expect(checkOciCartForm([{ name: 'HEADER-PAGE', value: '1' }])).toEqual([
      { severity: 'warning', field: 'HEADER-PAGE', message: 'is no OCI field' },
    ]);
    for (const name of [
      'NEW_ITEM-LONGTEXT[1]',
      'NEW_ITEM-LONGTEXT_1:132[1]',
      'NEW_ITEM-LONGTEXT:132[1]',
      'NEW_ITEM-PRICE[]',
      'NEW_ITEM-PRICE',
      'new_item-PRICE[1]',
      'NEW_ITEM_PRICE[1]',
    ]) {
      expect(checkOciCartForm([{ name, value: '1' }])).toEqual([expect.objectContaining({ severity: 'error' })]);
    }
    const item = Object.entries(GOOD).map(([field, value]) => ({ name: `NEW_ITEM-${field}[1]`, value }));
    expect(checkOciCartForm([...item, { name: 'NEW_ITEM-PRICE[1]', value: '1.000' }])).toEqual([
      finding('error', 'PRICE'),
    ]);
    expect(checkOciCartForm([...item, { name: 'NEW_ITEM-LONGTEXT_1:132[]', value: 'x'.repeat(10_000) }])).toEqual([]);
  });

  it('oci.md 8.2: indexes from 1 without gaps, or from 0 if the buyer wants it', () => {
    const items = (...indexes: number[]): { name: string; value: string }[] =>
      indexes.flatMap((index) =>
        Object.entries(GOOD).map(([field, value]) => ({ name: `NEW_ITEM-${field}[${index}]`, value })),
      );
    expect(checkOciCartForm(items(2, 1, 3))).toEqual([]);
    expect(checkOciCartForm(items(1, 3, 5))).toEqual([expect.objectContaining({ severity: 'warning', index: 3 })]);
    expect(checkOciCartForm(items(0, 1))).toEqual([expect.objectContaining({ severity: 'warning', index: 0 })]);
    expect(checkOciCartForm(items(0, 1), { startIndex: 0 })).toEqual([]);
  });

  it('oci.md 3: pass-through fields', () => {
    expect(
      checkOciCartForm([
        { name: '~OKCODE', value: 'DELE' },
        { name: '~TARGET', value: 'javascript:alert(1)' },
      ]),
    ).toEqual([
      expect.objectContaining({ severity: 'warning', field: '~OKCODE' }),
      expect.objectContaining({ severity: 'error', field: '~TARGET' }),
    ]);
  });

  it('oci.md 4: warns of more fields than a PHP buyer reads', () => {
    expect(checkOciCartForm(Array.from({ length: 1001 }, () => ({ name: '~x', value: '' })))).toEqual([
      expect.objectContaining({ severity: 'warning', message: expect.stringContaining('PHP') }),
    ]);
  });

  it('is independent: imports only types', () => {
    const source = readFileSync(
      new URL('../../../../src/protocols/oci/read/check-cart-form.ts', import.meta.url),
      'utf8',
    );
    expect(source.match(/^import (?!type ).*$/gm)).toBeNull();
  });
});

describeWithReference('oci')('OCI forms of others, checked', () => {
  it('oci.md 3: finds the over-long description and odd numbers of the real background search', () => {
    const findings = checkOciCartForm(
      readReturnPage(referenceText('oci/samples/background-search_real_world.html')).forms[0]?.fields ?? [],
    );
    expect(findings).toContainEqual({
      severity: 'error',
      field: 'DESCRIPTION',
      index: 1,
      message: 'has 74 characters; 40 are allowed',
    });
    expect(findings).toContainEqual({
      severity: 'error',
      field: 'PRICEUNIT',
      index: 1,
      message: 'is not a whole number above 0',
    });
  });

  it('oci.md 3: finds each wrong spelling of LONGTEXT', () => {
    const findings = checkOciCartForm(
      readReturnPage(referenceText('oci/samples/cart_meplato_valid_invalid_longtext_html.html')).forms[0]?.fields ?? [],
    );
    expect(findings.filter(({ field }) => field === 'LONGTEXT')).toHaveLength(4);
  });
});
