/** `headless-punchout/vendure`. */
export { vendureShop, type VendureShopOptions } from './wiring/vendure-shop.js';
export { VendureStore } from './adapters/stores/vendure/vendure-store.js';
export type {
  ProductFields,
  ShopPaths,
  VendureCustomer,
  VendureStoreOptions,
} from './adapters/stores/vendure/vendure-options.js';
export type { AdminCredentials } from './adapters/stores/vendure/api/admin-api.js';
export type { AdminAccess } from './adapters/stores/vendure/vendure-options.js';
export type { OutboundAnswer, OutboundHttp, OutboundRequest } from './ports/outbound-http.js';
