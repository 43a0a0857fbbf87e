import type { ShopwareSettings, StoreSettings } from '../config/store-environment.js';
import type { VendureSettings } from '../config/vendure-environment.js';
import type { Store } from '../ports/store/store.js';
import { type ShopServices, shopwareShop } from './shopware-shop.js';
import { vendureShop } from './vendure-shop.js';

/** The store of the server's environment; the demo's own is made where its storefront is. */
export function serverStore(settings: Exclude<StoreSettings, { kind: 'demo' }>, services: ShopServices): Store {
  return settings.kind === 'vendure' ? vendureStore(settings, services) : shopwareStore(settings, services);
}

function shopwareStore(settings: ShopwareSettings, services: ShopServices): Store {
  const {
    url,
    accessKey,
    clientId,
    clientSecret,
    salesChannelId,
    frontendUrl,
    session,
    customer,
    passwords,
    cartPath,
    productPath,
    searchPath,
    classificationFields,
    units,
    unitField,
    timeouts,
  } = settings;
  const at = (path: string): string => `${frontendUrl ?? ''}${path}`;
  return shopwareShop({
    baseUrl: url,
    accessKey,
    admin: { clientId, clientSecret },
    salesChannelId,
    frontendUrl,
    paths: {
      home: at('/'),
      cart: at(cartPath ?? '/checkout/cart'),
      product: at(productPath ?? '/detail/{id}'),
      search: at(searchPath ?? '/search?search={query}'),
    },
    session,
    classificationFields,
    units,
    unitField,
    timeouts,
    customer,
    password: ({ tenantId, connectionId }) => passwords[`${tenantId}/${connectionId}`],
  })(services);
}

function vendureStore(
  {
    frontendUrl,
    cartPath,
    productPath,
    searchPath,
    shopApiUrl,
    channelToken,
    fields,
    shippingMethod,
    priceDigits,
    admin,
    timeouts,
  }: VendureSettings,
  services: ShopServices,
): Store {
  const at = (path: string): string => `${frontendUrl ?? ''}${path}`;
  return vendureShop({
    shopApiUrl,
    timeouts,
    channelToken,
    fields,
    shippingMethod,
    priceDigits,
    admin,
    frontendUrl,
    paths: {
      home: at('/'),
      cart: at(cartPath ?? '/cart'),
      product: at(productPath ?? '/products/{slug}'),
      search: at(searchPath ?? '/search?q={query}'),
    },
  })(services);
}
