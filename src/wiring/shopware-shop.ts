import { UndiciHttp } from '../adapters/outbound-http/undici-http.js';
import type { ShopwareStoreOptions } from '../adapters/stores/shopware/shopware-options.js';
import { ShopwareStore } from '../adapters/stores/shopware/shopware-store.js';
import type { CustomerSession } from '../domain/access/connection.js';
import type { StoreCustomer } from '../domain/access/store-customer.js';
import type { OutboundHttp } from '../ports/outbound-http.js';
import { PunchoutError } from '../domain/error-codes.js';
import type { Transmission } from '../domain/transmission/transmission.js';
import type { SharedTurns } from '../ports/store/store-extras.js';
import type { ConnectionRepository } from '../ports/access/connection-repository.js';

export interface ShopwareShopOptions extends Omit<
  ShopwareStoreOptions,
  'http' | 'sealingSecret' | 'customer' | 'session' | 'sharedTurns'
> {
  /** The customer of connections whose settings (`store.customer`) name none; without one those cannot log in. */
  customer?: StoreCustomer;
  /** Of connections whose settings (`store.session`) name none. Default switch-customer. */
  session?: CustomerSession;
  /** Passwords for `login`. */
  password?: (connection: { tenantId: string; connectionId: string }) => string | undefined;
  /** Default: one for each shop. */
  http?: ShopwareStoreOptions['http'];
  /** Default: the connector's secrets. */
  sealingSecret?: ShopwareStoreOptions['sealingSecret'];
}

/** What the connector gives to the function that makes its store. */
export interface ShopServices {
  /** The connector's own: the first is used, all are accepted. */
  secrets: readonly string[];
  /** A connection with its settings, remembered for some seconds. */
  findConnection: ConnectionRepository['find'];
  /** The order of cart reads and writes among processes. Absent without Redis. */
  sharedTurns?: SharedTurns;
  /** HTTP to a shop as part of a distributed trace: with spans, and with `traceparent`. */
  traced?: (send: OutboundHttp) => OutboundHttp;
}

/**
 * `createConnector({ store: shopwareShop({ … }) })`: a Shopware shop whose customers stand in the settings of the
 * connections, with the connector's secrets and HTTP of its own.
 */
export function shopwareShop({
  customer,
  session,
  password,
  http,
  sealingSecret,
  ...options
}: ShopwareShopOptions): (services: ShopServices) => ShopwareStore {
  return ({ secrets, findConnection, sharedTurns, traced = (untraced) => untraced }) => {
    const own = http === undefined ? new UndiciHttp() : undefined;
    const send = http ?? own?.send;
    if (send === undefined) throw new TypeError('no HTTP');
    const store = new ShopwareStore({
      ...options,
      http: traced(send),
      sharedTurns,
      sealingSecret: sealingSecret ?? secrets,
      async customer({ tenantId, connectionId, request }: Transmission) {
        const settings = (await findConnection(tenantId, connectionId))?.settings.store;
        const named = request.shopCustomer?.customer ?? settings?.customer ?? customer;
        if (named === undefined)
          throw new PunchoutError(
            'STORE_UNAVAILABLE',
            `connection ${tenantId}/${connectionId} names no customer of the shop (setting store.customer)`,
            { cure: 'set store.customer in the settings of this connection, or SHOPWARE_CUSTOMER for all' },
          );
        const secret = password?.({ tenantId, connectionId });
        return {
          ...('email' in named ? { email: named.email } : { customerNumber: named.number }),
          session: settings?.session ?? session ?? 'switch-customer',
          password: secret,
        };
      },
    });
    return own === undefined ? store : Object.assign(store, { close: () => own.close() });
  };
}
