/** `headless-punchout/shopware`. */
export { shopwareShop, type ShopwareShopOptions } from './wiring/shopware-shop.js';
export { ShopwareStore } from './adapters/stores/shopware/shopware-store.js';
export type { ShopPaths, ShopwareStoreOptions } from './adapters/stores/shopware/shopware-options.js';
export type { AdminCredentials } from './adapters/stores/shopware/api/admin-api.js';
export type { ShopCustomer } from './adapters/stores/shopware/session/open-context.js';
export type { CustomerName } from './adapters/stores/shopware/session/shop-customers.js';
export type { OutboundAnswer, OutboundHttp, OutboundRequest } from './ports/outbound-http.js';
