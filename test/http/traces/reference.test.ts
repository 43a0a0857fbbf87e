import { expect, it } from '@jest/globals';
import type { Response } from 'express';
import { referenceOf } from '../../../src/http/reference.js';

const response = (): Response => ({ locals: {} }) as Response;

it('one reference for one request, of ten letters and digits that cannot be misread', () => {
  const res = response();
  expect(referenceOf(res)).toBe(referenceOf(res));
  const many = Array.from({ length: 5_000 }, () => referenceOf(response()));
  expect(new Set(many).size).toBe(5_000);
  expect(many.filter((text) => !/^[0-9A-HJKMNP-TV-Z]{10}$/.test(text))).toEqual([]);
  // Each place takes each of the 32 characters.
  for (let place = 0; place < 10; place += 1) expect(new Set(many.map((text) => text[place])).size).toBe(32);
});
