import { type Outcome, accept, refuse } from '../error-codes.js';
import type { OrderSteps } from '../orders/connect-order.js';

/** The shop owner. All data belongs to a tenant; first column of every key. */
export interface Tenant {
  /** `^[a-z][a-z0-9]{2,15}$` (session context). */
  tenantId: string;
  name: string;
  settings: TenantSettings;
}

export interface TenantSettings {
  /** Origins of shop frontends that may call us with JSON; they count as same-site (architecture.md decision 1). */
  frontendOrigins: string[];
  /** ISO 4217 of figures without a currency; EUR when absent. */
  currency?: string;
  /** Public keys (JWK with `kid` and `alg`) of the shop's customer tokens; they verify Emporix's `saas-token`. */
  customerKeys?: CustomerKey[];
  /** Allowed steps between order statuses; DEFAULT_ORDER_STEPS when absent. */
  orderSteps?: OrderSteps;
  /** Days that the message log keeps documents; DEFAULT_MESSAGE_DAYS when absent. */
  messageDays?: number;
  /** Days that transferred carts are kept; DEFAULT_CART_DAYS when absent. */
  cartDays?: number;
  /** Days after its call-up that an ended session is kept; DEFAULT_SESSION_DAYS when absent. */
  sessionDays?: number;
  /** Defaults for connections and for API keys. */
  connectionDefaults?: Partial<AccessPolicy>;
}

/** A public JSON Web Key. */
export interface CustomerKey {
  kid: string;
  alg: string;
  [part: string]: unknown;
}

export const DEFAULT_MESSAGE_DAYS = 30;
export const DEFAULT_CART_DAYS = 90;
/** As long as audit rows. */
export const DEFAULT_SESSION_DAYS = 400;

export const TENANT_ID = /^[a-z][a-z0-9]{2,15}$/;

/** Unicode characters. */
export const LONGEST_TENANT_NAME = 200;

/** A name for people as it is kept, without spaces at its ends. Refuses with INVALID_REQUEST at `name`. */
export function tenantName(entered: string): Outcome<string> {
  const name = entered.trim();
  const { length } = Array.from(name);
  return length === 0 || length > LONGEST_TENANT_NAME
    ? refuse('INVALID_REQUEST', `A name has 1 to ${LONGEST_TENANT_NAME} characters.`, { field: 'name' })
    : accept(name);
}

/** Access limits and session lifetime: set by a tenant for all of its connections, or by a single connection. */
export interface AccessPolicy {
  /** Minutes without activity until the session ends. */
  idleMinutes: number;
  /** Minutes after which the session ends in any case. */
  absoluteMinutes: number;
  /** An opaque reference, or a signed JWT that expires after five minutes. */
  startToken: StartTokenForm;
  /** Addresses and networks (CIDR) that credentials are accepted from; empty: all. */
  allowedAddresses: string[];
  /** Call-ups per minute from all addresses; 0: no limit. With an API key: requests of that key. */
  requestsPerMinute: number;
  /** The same for each client address; 0: no limit. */
  requestsPerAddress: number;
}

export type StartTokenForm = 'opaque' | 'jwt';

/**
 * 60 minutes, as in the PunchOut Session API, extended by activity. No buying organisation makes 100 call-ups a second.
 */
export const DEFAULT_ACCESS_POLICY: AccessPolicy = {
  idleMinutes: 60,
  absoluteMinutes: 480,
  startToken: 'opaque',
  allowedAddresses: [],
  requestsPerMinute: 6_000,
  requestsPerAddress: 0,
};

/** For API keys: a frontend may send a request for each page of each buyer. */
export const DEFAULT_KEY_POLICY: AccessPolicy = { ...DEFAULT_ACCESS_POLICY, requestsPerMinute: 60_000 };

/** Lifetime of a JWT start token; `startLinkSeconds` does not change it. */
export const JWT_START_SECONDS = 300;
