import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property } from 'fast-check';
import { callJudge } from '../../../../src/adapters/stores/shopware/proxy/judge-call.js';

const judge = callJudge(['GET|POST /customer/wishlist']);

function judged(call: string, body?: object): unknown {
  const [method = '', target = ''] = call.split(' ');
  const [path = '', query = ''] = target.split('?');
  return judge({
    method,
    path,
    query,
    contentType: body === undefined ? undefined : 'application/json',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

describe('allowed calls of the Store API', () => {
  it.each([
    'GET /product?_criteria=H4sIAAAAAAAAA6tWKkktLlGyUlAqS8wpTQUAAAD__w',
    'GET /product-listing/0123456789abcdef0123456789abcdef?_criteria=H4sI&p=2',
    'GET /navigation/main-navigation/main-navigation?buildTree=true&depth=3&_criteria=H4sI',
    'GET /salutation',
    'GET /search?search=pen',
  ])('Shopware 6.7: %s reads, as its frontends call it', (call) => {
    const [, target = ''] = call.split(' ');
    const [path, query = ''] = target.split('?');
    expect(judged(call)).toEqual({ ok: true, call: { method: 'GET', path, query, effect: 'read' } });
  });

  it.each([
    'POST /product?_criteria=H4sI',
    'GET /product?_criteria[]=H4sI',
    'GET /product?_criteria=H4sI&_method=DELETE',
    'GET /product?+_criteria=H4sI',
    'GET /customer/wishlist?_criteria=H4sI',
    'GET /customer/wishlist?sw-context-token=x',
  ])('%s: a parameter that browsers may not send', (call) => {
    expect(judged(call)).toEqual({ ok: false, reason: 'a parameter is not for browsers' });
  });

  /** Names as written in an address, and their form after PHP 8.2's parse_str; null: dropped. */
  const AS_PHP_READS: readonly [string, string | null][] = [
    ['.method', '_method'],
    ['%20.method', '_method'],
    ['%20%20_method', '_method'],
    ['+_method', '_method'],
    ['_method%00x', '_method'],
    ['_meth.od', '_meth_od'],
    ['%5Bmethod', null],
    ['%5Fmethod', '_method'],
    ['_method%5B%5D', '_method'],
    ['_method%5Bx', '_method_x'],
    ['.method%5B', '_method_'],
    ['_METHOD', '_METHOD'],
    ['x%5By.z', 'x_y_z'],
    ['x.y%5Ba.b%5D', 'x_y'],
    ['sw.context.token', 'sw_context_token'],
    ['sw%20context-token', 'sw_context-token'],
    ['sw-context-token%00', 'sw-context-token'],
    ['sw%5Bcontext-token', 'sw_context-token'],
    ['token%00', 'token'],
    ['%00token', null],
    ['a%5B%20_method%5D', 'a'],
    ['a%5Bb%5D%5Bc%5D', 'a'],
    ['sw%5B-context%5D-token', 'sw'],
    ['_method%20', '_method_'],
    ['_method.', '_method_'],
    ['a%5D_method', 'a]_method'],
  ];

  /** php_register_variable_ex in C, for names decoded by PHP 8.2. */
  function phpName(name: string): string | null {
    const text = (name.split('\0', 1)[0] ?? '').replace(/^ +/, '');
    const open = text.indexOf('[');
    if (text === '' || open === 0) return null;
    const [before, behind] = open < 0 ? [text, ''] : [text.slice(0, open), text.slice(open)];
    const plain = before.replace(/[ .]/g, '_');
    if (open < 0 || behind.includes(']')) return plain;
    return `${plain}_${behind.slice(1).replace(/[ .]/g, '_')}`;
  }

  it('the name parsing of the next tests equals that of PHP', () => {
    for (const [name, read] of AS_PHP_READS)
      expect([name, phpName(decodeURIComponent(name.replaceAll('+', ' ')))]).toEqual([name, read]);
  });

  it.each(['POST /product', 'GET /product', 'POST /customer/wishlist', 'GET /customer/wishlist'])(
    '%s: no spelling of a name becomes another HTTP method or another cart in PHP',
    (call) => {
      const strange = AS_PHP_READS.filter(([, read]) => read !== null && /^(_|token$|sw[_-])/i.test(read)).map(
        ([name]) => name,
      );
      expect(strange.length).toBeGreaterThan(12);
      for (const name of strange)
        expect([name, judged(`${call}?p=1&${name}=DELETE`)]).toEqual([
          name,
          { ok: false, reason: 'a parameter is not for browsers' },
        ]);
    },
  );

  it('an accepted name is the same name in PHP, and none that only the shop may set', () => {
    const part = constantFrom(
      '_',
      '.',
      ' ',
      '[',
      ']',
      '[]',
      '\0',
      '\t',
      '-',
      '%',
      '+',
      '&',
      '=',
      ';',
      'a',
      'Z',
      '0',
      'method',
      '_method',
      'METHOD',
      'token',
      'sw',
      'sw-',
      'context-token',
      'é',
      '＿',
      '\u200b',
      '\u00a0',
    );
    assert(
      property(array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const name = parts.join('');
        const verdict = judge({
          method: 'POST',
          path: '/product',
          query: `${encodeURIComponent(name)}=DELETE`,
          contentType: undefined,
          body: undefined,
        });
        if (!verdict.ok) return;
        const [sent = ''] = new URLSearchParams(verdict.call.query).keys();
        expect(sent).toBe(name);
        expect(phpName(name)).toBe(name.split('[', 1)[0]);
        expect(name).not.toMatch(/^(_|token$|token\[|sw[-_])/i);
      }),
      { numRuns: 5_000 },
    );
  });

  it('names that frontends use are accepted', () => {
    const query =
      'p=2&limit=24&order=name-asc&min-price=1&filter[0][type]=equals&filter[0][field]=product.active' +
      '&includes[product][]=id&no-aggregations=1&associations[media][limit]=1';
    expect(judged(`GET /product?${query}`)).toEqual({
      ok: true,
      call: { method: 'GET', path: '/product', query: new URLSearchParams(query).toString(), effect: 'read' },
    });
  });

  it.each([
    '_method',
    ' _method',
    '.method',
    '[method',
    '\0_method',
    '\t_method',
    'token',
    'sw-context-token',
    'sw.context-token',
    'sw_context',
  ])('a member %j of a body is refused', (name) => {
    expect(judged('POST /product', { [name]: 'DELETE' })).toEqual({
      ok: false,
      reason: 'a parameter is not for browsers',
    });
  });

  it('the parsed call is sent on: of a repeated member the value that counted', () => {
    const twice = (body: string) =>
      judge({
        method: 'POST',
        path: '/checkout/cart/line-item',
        query: '_method=DELETE',
        contentType: 'application/json',
        body,
      });
    const line = '"items":[{"id":"a","type":"product","quantity":1}]';
    expect(twice(`{"items":[{"id":"a","type":"credit","price":1}],${line}}`)).toEqual({
      ok: true,
      call: { method: 'POST', path: '/checkout/cart/line-item', query: '', body: `{${line}}`, effect: 'write' },
    });
    expect(twice('{"items":[{"id":"a","type":"product","type":"credit"}]}')).toMatchObject({ ok: false });
    expect(twice('{"items":[{"id":"a","quantity":1e999}]}')).toEqual({
      ok: false,
      reason: 'fields of a line must be text or numbers',
    });
  });

  it.each([
    '//product',
    '/product/',
    '/product//x',
    '/product%2f..%2fcheckout',
    '/product/..;/checkout/order',
    '/product;jsessionid=1',
    '/./product',
    '/product/../checkout/order',
    '/ｐroduct',
    '/product\u200b',
    '/product%00',
    '/Product',
    '\\product',
    '/product?x',
  ])('path %s is not on the list', (path) => {
    for (const method of ['GET', 'POST'])
      expect(judge({ method, path, query: '', contentType: undefined, body: undefined }).ok).toBe(false);
  });

  it('a deeply nested body is refused in every call', () => {
    for (const levels of [101, 10_000, 100_000]) {
      for (const deep of ['['.repeat(levels) + ']'.repeat(levels), `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`]) {
        for (const [method, path] of [
          ['POST', '/product'],
          ['POST', '/checkout/cart/line-item'],
          ['PATCH', '/context'],
          ['DELETE', '/checkout/cart/line-item'],
          ['POST', '/customer/wishlist'],
        ] as const) {
          expect(judge({ method, path, query: '', contentType: 'application/json', body: `{"a":${deep}}` })).toEqual({
            ok: false,
            reason: 'the body must be a JSON object',
          });
        }
      }
    }
  });

  it('criteria in a body have no underscore', () => {
    expect(judged('GET /product', { _criteria: 'H4sI' })).toMatchObject({ ok: false });
    expect(judged('POST /product', { limit: 1 })).toEqual({
      ok: true,
      call: { method: 'POST', path: '/product', query: '', body: '{"limit":1}', effect: 'read' },
    });
  });
});
