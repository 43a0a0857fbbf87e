import { expect, it } from '@jest/globals';
import type { Response } from 'express';
import { referenceOf } from '../../../src/http/reference.js';

/** Of a request with this `X-Request-Id`. */
const response = (given?: string): Response => ({ locals: {}, req: { get: () => given } }) as unknown as Response;

it('one reference for one request, of ten letters and digits that cannot be misread', () => {
  const res = response();
  expect(referenceOf(res)).toBe(referenceOf(res));
  const many = Array.from({ length: 5_000 }, () => referenceOf(response()));
  expect(new Set(many).size).toBe(5_000);
  expect(many.filter((text) => !/^[0-9A-HJKMNP-TV-Z]{10}$/.test(text))).toEqual([]);
  // Each place takes each of the 32 characters.
  for (let place = 0; place < 10; place += 1) expect(new Set(many.map((text) => text[place])).size).toBe(32);
});

it("the caller's X-Request-Id is kept if it is an id, and is replaced otherwise", () => {
  const given = '4bf92f3577b34da6a3ce929d0e0e4736';
  expect(referenceOf(response(given))).toBe(given);
  for (const none of ['', 'short', 'a'.repeat(65), 'with a space in its text', 'line\nbreak-line-break'])
    expect(referenceOf(response(none))).toMatch(/^[0-9A-Z]{10}$/);
});
