import type { CartRef } from '../domain/cart/cart.js';
import { type Bench, STORE_CASES } from './store-cases.js';
import { type StoreUnderTest, transmissionOf } from './store-under-test.js';

/**
 * The four functions of a test runner that the contract needs; Jest and Vitest provide them. Times are milliseconds.
 */
export interface TestRunner {
  describe(name: string, define: () => void): unknown;
  it(name: string, run: () => Promise<void>, timeoutMs?: number): unknown;
  beforeAll(run: () => Promise<void>, timeoutMs?: number): unknown;
  afterAll(run: () => Promise<void>, timeoutMs?: number): unknown;
}

/** A rule that a store breaks. */
export interface ContractFault {
  rule: string;
  fault: string;
}

/** A shop may need time to index the test data. */
const OPENING_MS = 300_000;

/** The rules of every `Store`, as tests of `runner`; `open` returns a store with test products. */
export function storeContract(
  name: string,
  open: () => Promise<StoreUnderTest>,
  { describe, it, beforeAll, afterAll }: TestRunner,
): void {
  describe(`Store contract: ${name}`, () => {
    const opened: { bench?: ReturnType<typeof benchOf> } = {};
    beforeAll(async () => {
      opened.bench = benchOf(await open());
    }, OPENING_MS);
    afterAll(async () => {
      await opened.bench?.close();
    }, OPENING_MS);
    for (const { name: rule, timeoutMs, run } of STORE_CASES) {
      it(
        rule,
        async () => {
          if (opened.bench === undefined) throw new Error('the store did not open');
          await run(opened.bench);
        },
        timeoutMs,
      );
    }
  });
}

/**
 * The same without a test runner: returns every rule that the store breaks; an empty list means that it keeps the
 * contract.
 */
export async function checkStore(open: () => Promise<StoreUnderTest>): Promise<ContractFault[]> {
  const bench = benchOf(await open());
  const faults: ContractFault[] = [];
  try {
    for (const { name: rule, run } of STORE_CASES) {
      try {
        await run(bench);
      } catch (error) {
        faults.push({ rule, fault: error instanceof Error ? error.message : String(error) });
      }
    }
  } finally {
    await bench.close();
  }
  return faults;
}

function benchOf(shop: StoreUnderTest): Bench & { close(): Promise<void> } {
  const carts: CartRef[] = [];
  return {
    shop,
    async openCart(request = {}) {
      const cart = await shop.store.openCart(transmissionOf(shop, request));
      carts.push(cart);
      return cart;
    },
    async close() {
      for (const cart of carts) await shop.store.deleteCart(cart).catch(() => undefined);
      await shop.close();
    },
  };
}

export { type StoreUnderTest, transmissionOf };
