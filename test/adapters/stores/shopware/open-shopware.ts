import { UndiciHttp } from '../../../../src/adapters/outbound-http/undici-http.js';
import type { OutboundHttp } from '../../../../src/ports/outbound-http.js';
import type { ShopwareStoreOptions } from '../../../../src/adapters/stores/shopware/shopware-options.js';
import { ShopwareStore } from '../../../../src/adapters/stores/shopware/shopware-store.js';
import { SALES_CHANNEL_ID } from './double/shop-data.js';
import { ACCESS_KEY, ADMIN, ShopwareDouble } from './double/shopware-double.js';

export const SEALING_SECRET = 'a sealing secret of thirty-two characters or more';

/** Options to change; undefined removes one. */
export type Changed<Options> = { [Name in keyof Options]?: Options[Name] | undefined };

/** A running double, and stores on it. */
export async function openShopware(): Promise<{
  double: ShopwareDouble;
  storeWith: (options?: Changed<ShopwareStoreOptions>) => ShopwareStore;
  baseUrl: string;
  http: OutboundHttp;
  close: () => Promise<void>;
}> {
  const double = new ShopwareDouble();
  const baseUrl = await double.start();
  const http = new UndiciHttp();
  return {
    double,
    baseUrl,
    http: http.send,
    storeWith: (changed = {}) => {
      const options: ShopwareStoreOptions = {
        baseUrl: `${baseUrl}/`,
        accessKey: ACCESS_KEY,
        admin: ADMIN,
        salesChannelId: SALES_CHANNEL_ID,
        customer: () => ({ customerNumber: 'C-1001' }),
        sealingSecret: SEALING_SECRET,
        http: http.send,
        timeouts: { requestMs: 20_000, operationMs: 30_000 },
        classificationFields: { UNSPSC: 'custom_unspsc', eClass: 'productOciEClass' },
      };
      return new ShopwareStore(Object.assign(options, changed));
    },
    close: async () => {
      await http.close();
      await double.stop();
    },
  };
}
