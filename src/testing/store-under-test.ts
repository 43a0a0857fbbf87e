import assert from 'node:assert/strict';
import type { CartLine } from '../domain/cart/cart.js';
import type { DecimalText } from '../domain/decimal.js';
import type { SetupRequest } from '../domain/transmission/setup-request.js';
import { newTransmissionId, type Transmission } from '../domain/transmission/transmission.js';
import type { Store } from '../ports/store/store.js';

/** A store with goods in it, all for one account of the shop. */
export interface StoreUnderTest {
  store: Store;
  /** Transmissions that the store takes for that account. */
  tenantId: string;
  connectionId: string;
  /** Sold in any whole quantity up to 20, at one price from 1 to 3. */
  plain: string;
  /** Another of that kind. */
  other: string;
  /** A line of one piece of `plain`, as far as this shop knows it. */
  plainLine: Partial<CartLine>;
  /** Cannot be bought at the moment; absent where the shop has no such article. */
  soldOut?: string;
  /** Quantities that the shop changes: steps, least and greatest quantities. */
  changed: { supplierPartId: string; requested: DecimalText; got: DecimalText }[];
  /** In the shop and yet not to be bought, as the parent of variants. */
  unbuyable?: string[];
  /** A currency that is not the shop's own; absent for a shop of one currency. */
  currency?: { wish: string; got: string };
  /** Names of `plain` by language. */
  languages: { wish: string; tag: RegExp; name: string }[];
  /** A word that finds `plain`; absent for a store without search. */
  searchWord?: string;
  /** A user of the shop that accounts may be made after; absent for a store without `customers`. */
  template?: string;
  /**
   * Takes an article out of the shop while carts hold it, and gives back what undoes that; absent for a store that
   * reports no changes (`Cart.notices`).
   */
  withdraw?: (sku: string) => Promise<() => Promise<void>>;
  /** Breaks the way to the shop; the function returned mends it. */
  breaks: Record<string, () => () => void>;
  close(): Promise<void>;
}

/** An active transmission, as a store sees it. */
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

/** Every field of `part` stands in `actual`; a list matches a list of the same length, a RegExp a text. */
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

/** `act` throws PunchoutError with that code; its message is given back. */
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
