import { openBuy, openBuyKey, openBuyToken } from '../open-buy/open-buy-calls.js';
import type { RunningShop } from '../../support/running-shop.js';
import { type OperationCase, type OperationCases, accepted, refused } from './operation-case.js';

const tokenIn = async (shop: RunningShop): Promise<string> => openBuyToken(shop, (await openBuyKey(shop)).key);

/** Cases of an action; `path` has the version of older editions, or none. */
const ACTIONS: Record<string, (path: (action: string) => string) => OperationCase[]> = {
  openBuyAuthenticate: (path) => [
    accepted('a key', async (shop) =>
      openBuy(shop, path('authentication'), { credentials: (await openBuyKey(shop)).key, email: 'email@coupa.com' }),
    ),
    refused('a wrong key', (shop) => openBuy(shop, path('authentication'), { credentials: 'wrong' })),
    refused('no key', (shop) => openBuy(shop, path('authentication'), {})),
    refused('a body that is too large', (shop) => openBuy(shop, path('authentication'), ' '.repeat(100_000))),
  ],
  openBuySearch: (path) => [
    accepted('hits', async (shop) => openBuy(shop, path('search'), { query: 'SKU' }, await tokenIn(shop))),
    refused('no query', async (shop) => openBuy(shop, path('search'), {}, await tokenIn(shop))),
    refused('no token', (shop) => openBuy(shop, path('search'), { query: 'SKU' })),
  ],
  openBuyDetail: (path) => [
    accepted('an article', async (shop) =>
      openBuy(shop, path('detail'), { source_part_num: 'SKU-001' }, await tokenIn(shop)),
    ),
    refused('no article', async (shop) => openBuy(shop, path('detail'), {}, await tokenIn(shop))),
    refused('an unknown article', async (shop) =>
      openBuy(shop, path('detail'), { source_part_num: 'NO-SUCH' }, await tokenIn(shop)),
    ),
    refused('no token', (shop) => openBuy(shop, path('detail'), { source_part_num: 'SKU-001' })),
  ],
  openBuyCheckout: (path) => [
    accepted('items', async (shop) =>
      openBuy(shop, path('checkout'), { items: [{ source_part_num: 'SKU-001', quantity: 2 }] }, await tokenIn(shop)),
    ),
    accepted('one item', async (shop) =>
      openBuy(shop, path('checkout'), { source_part_num: 'SKU-001', quantity: '2' }, await tokenIn(shop)),
    ),
    refused('no items', async (shop) => openBuy(shop, path('checkout'), { items: [] }, await tokenIn(shop))),
    refused('no token', (shop) => openBuy(shop, path('checkout'), { source_part_num: 'SKU-001', quantity: 2 })),
  ],
};

export const OPEN_BUY_CASES: OperationCases = Object.fromEntries(
  Object.entries(ACTIONS).flatMap(([operationId, casesAt]) => [
    [operationId, casesAt((action) => action)],
    [`${operationId}V1`, casesAt((action) => `${action}/v1.0.0`)],
  ]),
);
