import type { RequestHandler } from 'express';
import { usualBuyer } from '../../adapters/cart-encoder/sample-cart.js';
import { encodeLive } from '../../adapters/index-encoder/encode-live.js';
import { admitConnection } from '../../http/callers/admission.js';
import { exchangeLog } from '../../http/exchange-log.js';
import { openBuyRouter } from '../../http/open-buy/router.js';
import { openBuyRoutes } from '../../http/open-buy/routes.js';
import { authenticateKey } from '../../usecases/access/authenticate-key.js';
import { openBuyAccess } from '../../usecases/access/open-buy-access.js';
import { liveItems } from '../../usecases/catalogue/live-items.js';
import { priceItems } from '../../usecases/catalogue/price-items.js';
import { searchCatalogue } from '../../usecases/catalogue/search-catalogue.js';
import { showItem } from '../../usecases/catalogue/show-item.js';
import type { Parts } from '../shared-use-cases.js';
import { addressesOf } from './browser-side.js';

type OpenBuyParts = Pick<
  Parts,
  | 'accessTokens'
  | 'admission'
  | 'apiKeys'
  | 'chooseCustomer'
  | 'connections'
  | 'guesses'
  | 'lately'
  | 'log'
  | 'noteExchange'
  | 'oauthClients'
  | 'openBuyTokens'
  | 'options'
  | 'readBody'
  | 'secrets'
  | 'store'
>;

/** `/open-buy` (Coupa's Open Buy). */
export function openBuyFamily(parts: OpenBuyParts): RequestHandler {
  const { admission, apiKeys, connections, guesses, lately, log } = parts;
  const { demoEnabled } = addressesOf(parts);
  const access = openBuyAccess({
    apiKeys,
    connections,
    clients: parts.oauthClients,
    tokens: parts.openBuyTokens,
    accessTokens: parts.accessTokens,
    ownerOfKey: authenticateKey({ apiKeys, guesses, lately, demoEnabled }),
    demoEnabled,
  });
  const { store, chooseCustomer } = parts;
  const itemsFor = liveItems({ store, encode: encodeLive, chooseCustomer, buyerOf: usualBuyer });
  return openBuyRouter({
    actions: openBuyRoutes({
      access,
      admit: admitConnection(admission),
      guessAddress: admission.guessAddress,
      search: searchCatalogue({ store, itemsFor }),
      detail: showItem({ itemsFor }),
      checkout: priceItems({ itemsFor }),
    }),
    limitAddress: admission.limitAddress,
    readBody: parts.readBody,
    exchanges: exchangeLog(parts.noteExchange, log),
    log,
  });
}
