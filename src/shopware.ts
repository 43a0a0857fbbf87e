/** `headless-punchout/shopware`. */
export { shopwareShop, type ShopwareShopOptions } from './wiring/shopware-shop.js';
export { ShopwareStore } from './adapters/stores/shopware/shopware-store.js';
export type { ShopPaths, ShopwareStoreOptions } from './adapters/stores/shopware/shopware-options.js';
