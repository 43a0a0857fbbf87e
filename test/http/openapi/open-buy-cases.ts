import { openBuy, openBuyKey, openBuyToken } from '../open-buy/open-buy-calls.js';
import { type OperationCases, accepted, refused } from './operation-case.js';

export const OPEN_BUY_CASES: OperationCases = {
  openBuyAuthenticate: [
    accepted('a key', async (shop) =>
      openBuy(shop, 'authentication', { credentials: (await openBuyKey(shop)).key, email: 'email@coupa.com' }),
    ),
    refused('a wrong key', (shop) => openBuy(shop, 'authentication', { credentials: 'wrong' })),
    refused('no key', (shop) => openBuy(shop, 'authentication', {})),
    refused('a body that is too large', (shop) => openBuy(shop, 'authentication', ' '.repeat(100_000))),
  ],
  openBuySearch: [
    accepted('hits', async (shop) =>
      openBuy(shop, 'search', { query: 'SKU' }, await openBuyToken(shop, (await openBuyKey(shop)).key)),
    ),
    refused('no query', async (shop) =>
      openBuy(shop, 'search', {}, await openBuyToken(shop, (await openBuyKey(shop)).key)),
    ),
    refused('no token', (shop) => openBuy(shop, 'search', { query: 'SKU' })),
  ],
};
