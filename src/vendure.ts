/** `headless-punchout/vendure`. */
export { vendureShop, type VendureShopOptions } from './wiring/vendure-shop.js';
export { VendureStore } from './adapters/stores/vendure/vendure-store.js';
export type {
  ProductFields,
  ShopPaths,
  VendureCustomer,
  VendureStoreOptions,
} from './adapters/stores/vendure/vendure-options.js';
