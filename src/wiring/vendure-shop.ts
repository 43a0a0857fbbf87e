import { UndiciHttp } from '../adapters/outbound-http/undici-http.js';
import type { VendureStoreOptions } from '../adapters/stores/vendure/vendure-options.js';
import { VendureStore } from '../adapters/stores/vendure/vendure-store.js';
import type { ShopServices } from './shopware-shop.js';

export interface VendureShopOptions extends Omit<VendureStoreOptions, 'http' | 'sealingSecret'> {
  /** Default: one for each shop. */
  http?: VendureStoreOptions['http'];
  /** Default: the connector's secrets. */
  sealingSecret?: VendureStoreOptions['sealingSecret'];
}

/**
 * `createConnector({ store: vendureShop({ … }) })`: a Vendure shop, with the connector's secrets and HTTP of its own.
 */
export function vendureShop({
  http,
  sealingSecret,
  ...options
}: VendureShopOptions): (services: Pick<ShopServices, 'secrets' | 'traced'>) => VendureStore {
  return ({ secrets, traced = (untraced) => untraced }) => {
    const own = http === undefined ? new UndiciHttp() : undefined;
    const send = http ?? own?.send;
    if (send === undefined) throw new TypeError('no HTTP');
    const store = new VendureStore({ ...options, http: traced(send), sealingSecret: sealingSecret ?? secrets });
    return own === undefined ? store : Object.assign(store, { close: () => own.close() });
  };
}
