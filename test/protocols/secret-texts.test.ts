import { expect, it } from '@jest/globals';
import { withSecretTexts, withTexts } from '../../src/protocols/secret-texts.js';

const hide = (text: string): string => `<${text.length}>`;

it('texts of secret names are changed, in objects, pairs and lists, at any depth; all others stay as they are', () => {
  const value = {
    password: 'abc',
    list: [
      { name: 'ApiKey', value: 'abc' },
      { name: 'CostCenter', value: '4711' },
      { name: 'p', value: 'abcd' },
    ],
    inside: { token: { deep: ['abc', 1, null, true, undefined] } },
    name: 'Password',
    amount: 12n,
  };
  expect(withSecretTexts(value, hide)).toEqual({
    password: '<3>',
    list: [
      { name: 'ApiKey', value: '<3>' },
      { name: 'CostCenter', value: '4711' },
      { name: 'p', value: '<4>' },
    ],
    inside: { token: { deep: ['<3>', 1, null, true, undefined] } },
    name: 'Password',
    amount: 12n,
  });
});

it.each([
  'https://erp.example/r?a=1&sap-password=abc',
  'https://user:abc@erp.example/',
  '<Password>abc</Password>',
  '&lt;Password&gt;abc&lt;/Password&gt;',
  '{"a":[{"api_key":"abc"}]}',
])('a text that contains a secret is changed: %s', (text) => {
  expect(withSecretTexts([text], hide)).toEqual([hide(text)]);
  expect(withSecretTexts([text], hide, { longest: text.length - 1 })).toEqual([text]);
});

it.each(['https://erp.example/r?page=2&q=a', 'a < b, 10 & 5', '{"a": [1, 2]}', '{no json', 'a\0b', '', '[redacted]'])(
  'one that shows none stays: %j',
  (text) => {
    expect(withSecretTexts({ text }, hide)).toEqual({ text });
  },
);

it('a value without a secret is not copied', () => {
  const value = { name: 'CostCenter', lines: [{ sku: 'A-1' }, { sku: 'B-2' }] };
  expect(withSecretTexts(value, hide)).toBe(value);
});

it('every text is passed to the function, and stays if it returns nothing', () => {
  expect(withTexts({ a: 'x', b: ['y', 1] }, (text) => (text === 'y' ? 'z' : undefined))).toEqual({
    a: 'x',
    b: ['z', 1],
  });
});
