import type { RequestHandler } from 'express';
import { storeProxy, type StoreProxyOptions } from '../http/store-proxy/store-proxy.js';
import { cartOf, exclusiveWrite } from '../usecases/punchout/change-cart.js';
import { readyCart } from '../usecases/punchout/ready-cart.js';
import { addressesOf } from './addresses.js';
import type { BrowserSide } from './browser-side.js';
import { frontendOrigins } from './frontend-origins.js';
import type { Parts } from './parts.js';

/** The guarded proxy before the store's own API. Throws TypeError for a store that has none, or options that it cannot read. */
export function storeProxyMount(parts: Parts, { jar, browser, sessions, cors }: BrowserSide): (options?: StoreProxyOptions) => RequestHandler {
  const { store, transmissions, tenants, log } = parts;
  return (options = {}) => {
    if (store.proxyPolicy === undefined) throw new TypeError(`the store "${store.name}" has no API to guard (Store.proxyPolicy)`);
    const ready = readyCart({ transmissions, store });
    return storeProxy(
      {
        policy: store.proxyPolicy({ allow: options.allow ?? [] }),
        jar,
        browser,
        sessions,
        cors,
        publicOrigin: addressesOf(parts).publicUrl,
        frontendOrigins: frontendOrigins(tenants),
        cartOf: async ({ transmission }) => cartOf(await ready(transmission)),
        write: exclusiveWrite({ transmissions, store }),
        log,
      },
      options,
    );
  };
}
