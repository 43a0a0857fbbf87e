import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import {
  acceptsJsonNotXml,
  isHarmlessLook,
  opensPage,
  prefersJson,
  requestSite,
} from '../../../src/http/callers/request-site.js';

function request(headers: Record<string, string>): Request {
  const get = (name: string): string | undefined => headers[name.toLowerCase()];
  return { method: 'GET', get, headers } as unknown as Request;
}

describe('where a request comes from (architecture.md decision 1)', () => {
  const OURS = 'https://punchout.shop.example';
  const LISTED = ['https://www.shop.example'];
  it.each<[string, Record<string, string>, string]>([
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 'same'],
    ['a typed address', { 'sec-fetch-site': 'none' }, 'same'],
    [
      'a script of a sibling subdomain',
      { 'sec-fetch-site': 'same-site', origin: 'https://blog.shop.example' },
      'cross',
    ],
    [
      'a link of a sibling subdomain',
      { 'sec-fetch-site': 'same-site', referer: 'https://blog.shop.example/post' },
      'cross',
    ],
    ['a link of a sibling subdomain without a Referer', { 'sec-fetch-site': 'same-site' }, 'cross'],
    [
      'a sandboxed frame of a sibling',
      { 'sec-fetch-site': 'same-site', origin: 'null', referer: 'https://www.shop.example/' },
      'cross',
    ],
    [
      'another port of our host',
      { 'sec-fetch-site': 'same-site', origin: 'https://punchout.shop.example:8443' },
      'cross',
    ],
    ['our host over http', { 'sec-fetch-site': 'same-site', origin: 'http://punchout.shop.example' }, 'cross'],
    ['a Referer that is no URL', { 'sec-fetch-site': 'same-site', referer: 'www.shop.example' }, 'cross'],
    ['a script of a listed subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://www.shop.example' }, 'same'],
    [
      'a link of a listed subdomain',
      { 'sec-fetch-site': 'same-site', referer: 'https://www.shop.example/cart' },
      'same',
    ],
    [
      'a link of a listed subdomain that names its origin only',
      { 'sec-fetch-site': 'same-site', referer: 'https://www.shop.example/' },
      'same',
    ],
    ['another site', { 'sec-fetch-site': 'cross-site', referer: 'https://www.shop.example/' }, 'cross'],
    ['another site that is listed', { 'sec-fetch-site': 'cross-site', origin: 'https://www.shop.example' }, 'same'],
    ['an unknown site', { 'sec-fetch-site': 'same-party', origin: 'https://blog.shop.example' }, 'cross'],
    ['an Origin alone', { origin: 'https://blog.shop.example' }, 'cross'],
    ['our Origin alone', { origin: OURS }, 'same'],
    ['no browser', {}, 'no_browser'],
  ])('%s', (_, headers, site) => expect(requestSite(request(headers), OURS, LISTED)).toBe(site));
});

describe('what an Accept header requests', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON;charset=UTF-8;q=0.5',
    'application/vnd.api+json',
    'application/problem+json; charset=utf-8, text/plain',
    'application/json, */*;q=0',
    'application/json;indent=2, text/xml;q=0, application/xml;q=0, */*',
  ])('JSON and no XML: %s', (accept) => expect(acceptsJsonNotXml(request({ accept }))).toBe(true));

  it.each([
    '',
    '*/*',
    'application/json, */*',
    'application/json, text/plain, */*;q=0.1',
    'application/json; charset=utf-8, application/xml',
    'text/*, application/json',
    'application/json;q=0',
    'text/html',
  ])('XML is accepted: %s', (accept) => expect(acceptsJsonNotXml(request({ accept }))).toBe(false));

  it.each([
    ['application/json; charset=utf-8', true],
    ['text/html;q=0.5, application/json;charset=utf-8', true],
    ['application/json, text/html', true],
    ['text/html, application/json', false],
    ['text/html, application/json;q=0.9', false],
    ['text/html', false],
    ['*/*', false],
  ])('JSON before a page: %s: %s', (accept, expected) => expect(prefersJson(request({ accept }))).toBe(expected));
});

describe('which requests open a page', () => {
  it.each(['document', 'iframe', 'frame', 'embed', 'object'])('Sec-Fetch-Dest %s does', (destination) => {
    const headers = { 'sec-fetch-dest': destination, 'sec-fetch-mode': 'navigate' };
    expect([opensPage(request(headers)), isHarmlessLook(request(headers))]).toEqual([true, false]);
  });

  it.each<Record<string, string>>([
    { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-mode': 'cors' },
    {},
  ])('%j does not', (headers) => expect(opensPage(request(headers))).toBe(false));
});
