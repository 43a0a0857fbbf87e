import { expect, it } from '@jest/globals';
import { cloneLogin } from '../../../../src/adapters/stores/vendure/session/clone-customers.js';
import { VendureStore } from '../../../../src/adapters/stores/vendure/vendure-store.js';
import type { OutboundHttp } from '../../../../src/ports/outbound-http.js';
import { transmissionOf } from '../../../contracts/store.contract.js';

const [OLD, OLDER, NEW] = ['old', 'older', 'new'].map(
  (name) => `${name} sealing secret of more than 32 characters`,
) as [string, string, string];

/** A shop with one customer: a clone made with `secret`. */
function shopWith(secret: string, transmissionId: string): { http: OutboundHttp; logins: () => number } {
  let logins = 0;
  const http: OutboundHttp = async ({ body = '' }) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: { password?: string } };
    const answer = (data: object) => ({
      status: 200,
      headers: { 'vendure-auth-token': 'token' },
      body: JSON.stringify({ data }),
    });
    if (query.includes('activeChannel'))
      return answer({
        activeChannel: {
          defaultLanguageCode: 'en',
          availableLanguageCodes: ['en'],
          defaultCurrencyCode: 'EUR',
          availableCurrencyCodes: ['EUR'],
        },
      });
    if (!query.includes('login')) return answer({ activeOrder: null });
    logins += 1;
    const fits = variables.password === cloneLogin(secret, transmissionId).password;
    return answer({
      login: fits
        ? { __typename: 'CurrentUser' }
        : { __typename: 'InvalidCredentialsError', errorCode: 'INVALID_CREDENTIALS_ERROR' },
    });
  };
  return { http, logins: () => logins };
}

it.each([
  [[NEW], NEW, 1],
  [[NEW, OLD], OLD, 2],
  [[NEW, OLD, OLDER], OLDER, 3],
  [[NEW, OLD], NEW, 1],
])('a clone made with any accepted secret logs in: %#', async (secrets, madeWith, tries) => {
  const transmission = { ...transmissionOf({ tenantId: 'acme', connectionId: 'c' }), clone: { customerId: '7' } };
  const { http, logins } = shopWith(madeWith, transmission.transmissionId);
  const store = new VendureStore({ shopApiUrl: 'https://shop.example/shop-api', sealingSecret: secrets, http });
  expect((await store.openCart(transmission)).id).toBe(transmission.transmissionId);
  expect(logins()).toBe(tries);
});

it('a clone of a removed secret is refused', async () => {
  const transmission = { ...transmissionOf({ tenantId: 'acme', connectionId: 'c' }), clone: { customerId: '7' } };
  const store = new VendureStore({
    shopApiUrl: 'https://shop.example/shop-api',
    sealingSecret: [NEW],
    http: shopWith(OLD, transmission.transmissionId).http,
  });
  await expect(store.openCart(transmission)).rejects.toThrow('INVALID_CREDENTIALS_ERROR');
});
