import { describe, expect, it } from '@jest/globals';
import { parseFlatForm } from '../../../../src/protocols/form/parse-flat-form.js';
import { itemFieldName } from '../../../../src/protocols/oci/read/parse-cart-form.js';

const SPELLINGS = [
  'LONGTEXT_7',
  'LONGTEXT_7[]',
  'LONGTEXT_7[3]',
  'LONGTEXT_7:132',
  'LONGTEXT_7:132[]',
  'LONGTEXT_7:132[1]',
  'LONGTEXT_7:132[7]',
  'LONGTEXT_7:132[][7]',
  'LONGTEXT_7[]:132',
  'LONGTEXT_7:40[]',
  'LONGTEXT_07:132[]',
  'LONGTEXT[7]',
  'LONGTEXT[7]:132',
  'LONGTEXT[7]:132[]',
  'LONGTEXT[7]:132[1]',
  'LONGTEXT[7][]',
  'LONGTEXT[7][2]',
  'LONGTEXT[]:132[7]',
  'LONGTEXT:132[7]',
  'LONGTEXT:132[7][]',
  'LONGTEXT[][7]',
  'LONGTEXT_[7]',
  'LONGTEXT_:132[7]',
  'LONGTEXT7',
  'LONGTEXT7[]',
  'LONGTEXT7:132',
  'LONGTEXT7:132[]',
  'LONGTEXT7[7]',
  'LONGTEXT2[7]',
  'LONGTEXT7:132[7]',
  'LONGTEXT_EN[7]',
  'LONGTEXT_7:132[ ]',
  'LONGTEXT_7 :132[]',
  'LONGTEXT_7: 132 [ 1 ]',
  'LONGTEXT[ 7 ]',
  'LONGTEXT [7] : 132',
];

describe('names of OCI item fields', () => {
  it.each(SPELLINGS)(
    'oci.md 3: NEW_ITEM-%s is the long text of item 7, in any case and however its brackets are encoded',
    (spelling) => {
      const name = `NEW_ITEM-${spelling}`;
      const expected = { field: 'LONGTEXT', index: 7 };
      expect(itemFieldName(name)).toEqual(expected);
      expect(itemFieldName(name.toLowerCase())).toEqual(expected);
      expect(itemFieldName(encodeURIComponent(name))).toEqual(expected);
      expect(itemFieldName(encodeURIComponent(name).toLowerCase())).toEqual(expected);
      const form = parseFlatForm(Buffer.from(`${encodeURIComponent(name)}=text`), 'utf-8');
      expect(form.ok && itemFieldName(form.value[0]?.name ?? '')).toEqual(expected);
    },
  );

  it.each([
    'LONGTEXT',
    'LONGTEXT_',
    'LONGTEXT:132',
    'LONGTEXT[]',
    'LONGTEXT:132[]',
    'LONGTEXT_:132[]',
    'LONGTEXT[x]',
    'LONGTEXT_1234567890',
    'LONGTEXT_1:132[',
    'PRICE',
    'PRICE_1',
    'PRICE[1]:132',
    'PRICE[1][2]',
    'PRICE[]',
    '[1]',
  ])('NEW_ITEM-%s has no readable index', (name) => {
    expect(itemFieldName(`NEW_ITEM-${name}`)).toBe('no_index');
  });

  it('reads other fields in any case, and ignores names that are not item fields', () => {
    expect(itemFieldName('new_item-Price[012] ')).toEqual({ field: 'PRICE', index: 12 });
    expect(itemFieldName('NEW_ITEM-PRICE[ 12 ]')).toEqual({ field: 'PRICE', index: 12 });
    expect(itemFieldName('NEW_ITEM-PRICE%20%5B12%20%5D')).toEqual({ field: 'PRICE', index: 12 });
    expect(itemFieldName('NEW_ITEM-MY FIELD [3]')).toEqual({ field: 'MY FIELD', index: 3 });
    for (const name of ['~OkCode', 'NEW_ITEM_CERT', 'ITEM-PRICE[1]', 'NEW_ITEM'])
      expect(itemFieldName(name)).toBeUndefined();
  });
});
