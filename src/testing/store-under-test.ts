import assert from 'node:assert/strict';
import type { CartLine } from '../domain/cart/cart.js';
import type { DecimalText } from '../domain/decimal.js';
import type { SetupRequest } from '../domain/transmission/setup-request.js';
import { newTransmissionId, type Transmission } from '../domain/transmission/transmission.js';
import type { Store } from '../ports/store/store.js';

/** A store with test products, for one account of the shop. */
export interface StoreUnderTest {
  store: Store;
  /** Transmissions of this tenant and connection use that account. */
  tenantId: string;
  connectionId: string;
  /** Sold in any whole quantity up to 20, at a fixed price from 1 to 3. */
  plain: string;
  /** A second article of that kind. */
  other: string;
  /** Expected line for one piece of `plain`, as far as this shop knows it. */
  plainLine: Partial<CartLine>;
  /** Currently not available; absent if the shop has no such article. */
  soldOut?: string;
  /** Quantities that the shop changes: purchase steps, minimum and maximum quantities. */
  changed: { supplierPartId: string; requested: DecimalText; got: DecimalText }[];
  /** In the shop but not for sale, such as the parent of variants. */
  unbuyable?: string[];
  /** A currency other than the shop's default; absent for a shop with one currency. */
  currency?: { wish: string; got: string };
  /** Names of `plain` by language. */
  languages: { wish: string; tag: RegExp; name: string }[];
  /** A search word that finds `plain`; absent for a store without search. */
  searchWord?: string;
  /** A template user for new accounts; absent for a store without `customers`. */
  template?: string;
  /**
   * Removes an article from the shop while carts hold it, and returns a function that undoes it; absent for a store
   * that reports no changes (`Cart.notices`).
   */
  withdraw?: (sku: string) => Promise<() => Promise<void>>;
  /** Breaks the connection to the shop; the returned function repairs it. */
  breaks: Record<string, () => () => void>;
  close(): Promise<void>;
}

/** An active transmission, as passed to a store. */
export function transmissionOf(
  { tenantId, connectionId }: Pick<StoreUnderTest, 'tenantId' | 'connectionId'>,
  request: Partial<SetupRequest> = {},
): Transmission {
  const now = new Date();
  return {
    tenantId,
    connectionId,
    transmissionId: newTransmissionId(tenantId),
    protocol: 'cxml',
    operation: 'create',
    status: 'active',
    request: { deploymentMode: 'test', buyer: {}, extrinsics: [], items: [], ...request },
    buyerCookie: 'c',
    returnUrl: 'https://erp.example.com/',
    epoch: 1,
    cartRevision: 0,
    createdAt: now,
    startExpiresAt: now,
    startExpired: false,
    expiresAt: now,
    absoluteExpiresAt: now,
  };
}

/**
 * Asserts that `actual` has every field of `part`. A list matches a list of the same length, a RegExp matches a text.
 */
export function assertMatches(actual: unknown, part: unknown, where = 'value'): void {
  if (part instanceof RegExp) {
    assert.ok(
      typeof actual === 'string' && part.test(actual),
      `${where}: ${show(actual)} does not match ${String(part)}`,
    );
  } else if (Array.isArray(part)) {
    assert.ok(
      Array.isArray(actual) && actual.length === part.length,
      `${where}: ${show(actual)} is no list of ${part.length}`,
    );
    for (const [index, each] of part.entries()) assertMatches(actual[index], each, `${where}[${index}]`);
  } else if (typeof part === 'object' && part !== null) {
    assert.ok(typeof actual === 'object' && actual !== null, `${where}: ${show(actual)} is no object`);
    for (const [name, each] of Object.entries(part))
      assertMatches((actual as Record<string, unknown>)[name], each, `${where}.${name}`);
  } else assert.deepEqual(actual, part, `${where}: ${show(actual)} is not ${show(part)}`);
}

/** Asserts that `act` throws PunchoutError with that code; returns its message. */
export async function assertRefuses(act: () => Promise<unknown>, code: string, where: string): Promise<string> {
  let outcome: unknown;
  try {
    outcome = await act();
  } catch (error) {
    assertMatches(error, { name: 'PunchoutError', code }, where);
    return (error as Error).message;
  }
  assert.fail(`${where}: answered ${show(outcome)} instead of ${code}`);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 500);
}
