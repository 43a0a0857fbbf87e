import type { AccessPolicy } from './access-policy.js';
import type { OrderSteps } from '../orders/order-status.js';

/** The shop owner. Owns everything; first column of every key. */
export interface Tenant {
  /** `^[a-z][a-z0-9]{2,15}$` (source 001). */
  tenantId: string;
  name: string;
  settings: TenantSettings;
}

export interface TenantSettings {
  /** Origins of shop frontends that may call us with JSON; they count as same-site (DESIGN decision 1). */
  frontendOrigins: string[];
  /** ISO 4217 of the figures that name no currency; EUR when absent. */
  currency?: string;
  /** Public keys (JWK with `kid` and `alg`) of the shop's customer tokens; source 001's `saas-token` is checked by them. */
  customerKeys?: CustomerKey[];
  /** Which order status may follow which; DEFAULT_ORDER_STEPS when absent. */
  orderSteps?: OrderSteps;
  /** Days that the message log keeps documents; 30 when absent. */
  messageDays?: number;
  /** Days that transferred carts are kept; 90 when absent. */
  cartDays?: number;
  /** What holds for every connection that does not say otherwise, and for API keys. */
  connectionDefaults?: Partial<AccessPolicy>;
}

/** A public JSON Web Key. */
export interface CustomerKey {
  kid: string;
  alg: string;
  [part: string]: unknown;
}

export const TENANT_ID = /^[a-z][a-z0-9]{2,15}$/;
