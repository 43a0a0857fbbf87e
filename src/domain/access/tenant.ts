import type { OrderSteps } from '../orders/connect-order.js';

/** The shop owner. Owns everything; first column of every key. */
export interface Tenant {
  /** `^[a-z][a-z0-9]{2,15}$` (session context). */
  tenantId: string;
  name: string;
  settings: TenantSettings;
}

export interface TenantSettings {
  /** Origins of shop frontends that may call us with JSON; they count as same-site (architecture.md decision 1). */
  frontendOrigins: string[];
  /** ISO 4217 of the figures that name no currency; EUR when absent. */
  currency?: string;
  /**
   * Public keys (JWK with `kid` and `alg`) of the shop's customer tokens; Emporix's `saas-token` is checked by them.
   */
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

/** Who may use credentials, how often, and how long a session lives: set by a tenant for all of its connections, by a connection for itself. */
export interface AccessPolicy {
  /** Minutes without activity until the session is over. */
  idleMinutes: number;
  /** Minutes after which the session is over in any case. */
  absoluteMinutes: number;
  /** A reference without meaning, or a signed JWT that dies after five minutes. */
  startToken: StartTokenForm;
  /** Addresses and networks (CIDR) that credentials are accepted from; empty: all. */
  allowedAddresses: string[];
  /** Call-ups a minute, from wherever they come; 0: no limit. With an API key: requests of that key. */
  requestsPerMinute: number;
  /** The same for each client address by itself; 0: no limit. */
  requestsPerAddress: number;
}

export type StartTokenForm = 'opaque' | 'jwt';

/**
 * 60 minutes, as the PunchOut Session API has it, prolonged by activity. 100 call-ups a second are more than a buying
 * organisation makes.
 */
export const DEFAULT_ACCESS_POLICY: AccessPolicy = {
  idleMinutes: 60,
  absoluteMinutes: 480,
  startToken: 'opaque',
  allowedAddresses: [],
  requestsPerMinute: 6_000,
  requestsPerAddress: 0,
};

/** For API keys: a frontend may ask with each page of each buyer. */
export const DEFAULT_KEY_POLICY: AccessPolicy = { ...DEFAULT_ACCESS_POLICY, requestsPerMinute: 60_000 };

/** Life of a JWT start token, whatever `startLinkSeconds` says. */
export const JWT_START_SECONDS = 300;
