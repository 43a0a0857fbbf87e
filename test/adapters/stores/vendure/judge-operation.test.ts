import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { operationJudge } from '../../../../src/adapters/stores/vendure/proxy/vendure-proxy-policy.js';
import type { ProxiedCall, ProxyVerdict } from '../../../../src/ports/store/store-proxy-policy.js';
import { type Attempt, ATTEMPTS } from './attempts.js';

const judge = operationJudge([]);

function callOf({
  method = 'POST',
  query = '',
  contentType = 'application/json',
  path = '',
  body,
  raw = false,
}: Omit<Attempt, 'name' | 'raw'> & { raw?: boolean }): ProxiedCall {
  return {
    method,
    path,
    query,
    contentType: body === undefined ? undefined : contentType,
    body:
      body === undefined
        ? undefined
        : typeof body === 'string' && (raw || contentType !== 'application/json')
          ? body
          : JSON.stringify(body),
  };
}

function passed(verdict: ProxyVerdict): {
  query: string;
  variables: unknown;
  operationName?: string;
  effect: string;
  parameters: string;
} {
  if (!verdict.ok) throw new Error(verdict.reason);
  const { body = '', effect, query } = verdict.call;
  return { ...(JSON.parse(body) as { query: string; variables: unknown }), effect, parameters: query };
}

describe('the Shop API during a punchout', () => {
  it(`${ATTEMPTS.length} attempts to order, to change accounts or prices, or to read other orders are refused`, () => {
    expect(ATTEMPTS.length).toBeGreaterThan(150);
    expect(ATTEMPTS.filter((attempt) => judge(callOf(attempt)).ok).map(({ name }) => name)).toEqual([]);
  });

  it('shopping passes: a query as a read, a mutation as a write', () => {
    expect(
      passed(
        judge(
          callOf({
            body: {
              query:
                'query Q($t: String) { search(input: { term: $t }) { items { sku } } activeOrder { ...O } } ' +
                'fragment O on Order { id lines { id quantity } customer { emailAddress } }',
              variables: { t: 'pen' },
            },
          }),
        ),
      ),
    ).toMatchObject({ effect: 'read', variables: { t: 'pen' }, operationName: 'Q' });
    for (const mutation of [
      'addItemToOrder(productVariantId: "1", quantity: 2) { __typename }',
      'adjustOrderLine(orderLineId: "1", quantity: 2) { __typename }',
      'removeOrderLine(orderLineId: "1") { __typename }',
      'removeAllOrderLines { __typename }',
      'applyCouponCode(couponCode: "TEN") { __typename }',
      'removeCouponCode(couponCode: "TEN") { id }',
      'addItemsToOrder(inputs: [{ productVariantId: "1", quantity: 2 }]) { order { id } }',
    ]) {
      expect(passed(judge(callOf({ body: { query: `mutation { ${mutation} }` } })))).toMatchObject({ effect: 'write' });
    }
    expect(
      passed(
        judge(
          callOf({
            body: {
              query: 'mutation ($i: [AddItemInput!]!) { addItemsToOrder(inputs: $i) { order { id } } }',
              variables: { i: [{ productVariantId: '1', quantity: 2 }] },
            },
          }),
        ),
      ).effect,
    ).toBe('write');
    expect(
      passed(
        judge(
          callOf({
            method: 'GET',
            query:
              `query=${encodeURIComponent('query A { activeOrder { id } } query B { activeChannel { id } }')}` +
              '&operationName=B',
            body: undefined,
          }),
        ),
      ),
    ).toMatchObject({ effect: 'read', operationName: 'B' });
  });

  it('an accepted request is written again: one operation, the fragments it uses, no extensions', () => {
    const document =
      'query A { activeOrder { ...Used } } mutation B { logout { success } } fragment Used on Order ' +
      '{ id ...Deeper } fragment Deeper on Order { code } fragment Other on Customer { orders { totalItems } }';
    const { query, ...rest } = passed(
      judge(callOf({ body: { query: document, operationName: 'A', extensions: { persistedQuery: {} }, other: 1 } })),
    );
    expect(parse(query).definitions.map((definition) => ('name' in definition ? definition.name?.value : ''))).toEqual([
      'A',
      'Used',
      'Deeper',
    ]);
    expect(rest).toEqual({ variables: {}, operationName: 'A', effect: 'read', parameters: '' });
  });

  it('of repeated JSON members only the value that counted is sent on', () => {
    const { query, variables, operationName } = passed(
      judge(
        callOf({
          raw: true,
          body:
            '{"query":"mutation { logout { success } }","variables":{"a":1,"a":2},' +
            '"operationName":"X","query":"query Y { activeChannel { id } }","operationName":"Y"}',
        }),
      ),
    );
    expect({ query: query.replace(/\s+/g, ' '), variables, operationName }).toEqual({
      query: 'query Y { activeChannel { id } }',
      variables: { a: 2 },
      operationName: 'Y',
    });
  });

  it.each(['//', '/x', '/..', '/..;/', '/%2f', ';jsessionid=1', '/%2e', '\\', '/\u2215'])(
    'path %s: unknown',
    (path) => {
      expect(judge(callOf({ body: { query: '{ activeChannel { id } }' }, path })).ok).toBe(false);
    },
  );

  it('a value 20 to 2,000 levels deep is judged or refused, and never our fault', () => {
    for (const levels of [20, 100, 500, 1_000, 2_000]) {
      for (const query of [
        `{ search(input: ${'['.repeat(levels)}${']'.repeat(levels)}) { totalItems } }`,
        `mutation { addItemsToOrder(inputs: ${'['.repeat(levels)}${']'.repeat(levels)}) { __typename } }`,
      ]) {
        expect(() => judge(callOf({ body: { query } }))).not.toThrow();
      }
    }
  });

  it('the browser may choose the language, but not channel, currency and other parameters', () => {
    const body = { query: '{ activeChannel { id } }' };
    expect(
      passed(judge(callOf({ body, query: 'languageCode=de_AT&currencyCode=JPY&vendure-token=other' }))).parameters,
    ).toBe('languageCode=de_AT');
    expect(passed(judge(callOf({ body, query: 'languageCode=de%27%20or%201' }))).parameters).toBe('');
  });

  it("the shop's owner may allow more, by its field only", () => {
    const wider = operationJudge(['mutation setOrderShippingMethod', 'query me']);
    expect(
      wider(callOf({ body: { query: 'mutation { setOrderShippingMethod(shippingMethodId: ["1"]) { __typename } }' } }))
        .ok,
    ).toBe(true);
    expect(
      wider(callOf({ body: { query: 'query { setOrderShippingMethod(shippingMethodId: ["1"]) { __typename } }' } })).ok,
    ).toBe(false);
    expect(wider(callOf({ body: { query: '{ me { id } }' } })).ok).toBe(true);
    for (const rule of ['me', 'POST /x', 'mutation', 'query me { id }'])
      expect(() => operationJudge([rule])).toThrow(TypeError);
  });
});
