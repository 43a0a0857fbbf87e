import { describe, expect, it } from '@jest/globals';
import { callJudge } from '../../../../src/adapters/stores/shopware/proxy/judge-call.js';

const judge = callJudge(['GET|POST /customer/wishlist']);

function judged(call: string, body?: object): unknown {
  const [method = '', target = ''] = call.split(' ');
  const [path = '', query = ''] = target.split('?');
  return judge({ method, path, query, contentType: body === undefined ? undefined : 'application/json', body: body === undefined ? undefined : JSON.stringify(body) });
}

describe('judge of Store API calls', () => {
  it.each([
    'GET /product?_criteria=H4sIAAAAAAAAA6tWKkktLlGyUlAqS8wpTQUAAAD__w',
    'GET /product-listing/0123456789abcdef0123456789abcdef?_criteria=H4sI&p=2',
    'GET /navigation/main-navigation/main-navigation?buildTree=true&depth=3&_criteria=H4sI',
    'GET /salutation',
    'GET /search?search=pen',
  ])('Shopware 6.7: %s reads, as its frontends ask it', (call) => {
    const [, target = ''] = call.split(' ');
    const [path, query = ''] = target.split('?');
    expect(judged(call)).toEqual({ ok: true, call: { method: 'GET', path, query, effect: 'read' } });
  });

  it.each(['POST /product?_criteria=H4sI', 'GET /product?_criteria[]=H4sI', 'GET /product?_criteria=H4sI&_method=DELETE', 'GET /product?+_criteria=H4sI', 'GET /customer/wishlist?_criteria=H4sI', 'GET /customer/wishlist?sw-context-token=x'])('%s: a parameter that is not for browsers', (call) => {
    expect(judged(call)).toEqual({ ok: false, reason: 'a parameter is not for browsers' });
  });

  it('criteria in a body have no underscore', () => {
    expect(judged('GET /product', { _criteria: 'H4sI' })).toMatchObject({ ok: false });
    expect(judged('POST /product', { limit: 1 })).toEqual({ ok: true, call: { method: 'POST', path: '/product', query: '', body: '{"limit":1}', effect: 'read' } });
  });
});
