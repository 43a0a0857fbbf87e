import type { CartRef } from '../domain/cart/cart.js';
import { CART_CASES } from './cart-cases.js';
import { CATALOGUE_CASES } from './catalogue-cases.js';
import { LINE_CASES } from './line-cases.js';
import { SHOP_CASES } from './shop-cases.js';
import { type Bench, missingParts, STORE_PARTS, type StoreCase, type StorePart } from './store-case.js';
import { type StoreUnderTest, transmissionOf } from './store-under-test.js';

/**
 * The functions of Jest, Vitest or node:test (`before` and `after` there) that the contract needs. Times are
 * milliseconds.
 */
export interface TestRunner {
  describe(name: string, define: () => void): unknown;
  it: DefineTest & { skip: DefineTest };
  beforeAll(run: () => Promise<void>, timeout?: number): unknown;
  afterAll(run: () => Promise<void>, timeout?: number): unknown;
}

export type DefineTest = (name: string, run: (...context: unknown[]) => Promise<void>, timeout?: number) => unknown;

/** A rule that a store breaks. */
export interface ContractFault {
  rule: string;
  fault: string;
}

/** A rule that was not checked, because the store lacks these parts. */
export interface SkippedRule {
  rule: string;
  without: readonly StorePart[];
}

/** The store keeps the contract where `faults` is empty. */
export interface ContractReport {
  faults: ContractFault[];
  skipped: SkippedRule[];
}

const CASES: readonly StoreCase[] = [...CART_CASES, ...LINE_CASES, ...SHOP_CASES, ...CATALOGUE_CASES];
/** A shop may take its time to index what was made for the test. */
const OPENING_MS = 300_000;

/**
 * What every `Store` must keep, as tests of `runner`; `open` gives a store with goods in it. Cases that need a part in
 * `without` are skipped. Vitest and node:test also skip a case whose part the opened store lacks. Jest cannot skip a
 * running test: there the case fails and says which part to add to `without` (`missingParts` lists them).
 */
export function storeContract(
  name: string,
  open: () => Promise<StoreUnderTest>,
  { describe, it, beforeAll, afterAll }: TestRunner,
  without: readonly StorePart[] = [],
): void {
  const unknown = without.filter((part) => !STORE_PARTS.includes(part));
  if (unknown.length > 0) throw new TypeError(`without: ${unknown.join(', ')} is not one of ${STORE_PARTS.join(', ')}`);
  describe(`Store contract: ${name}`, () => {
    const opened: { bench?: ReturnType<typeof benchOf> } = {};
    beforeAll(async () => {
      opened.bench = benchOf(await open());
    }, OPENING_MS);
    afterAll(async () => {
      await opened.bench?.close();
    }, OPENING_MS);
    for (const rule of CASES) {
      const define = neededBy(rule, without).length > 0 ? it.skip : it;
      // Rest parameters: Jest takes a test function with a named parameter for one that calls back.
      const run = async (...[context]: unknown[]): Promise<void> => {
        if (opened.bench === undefined) throw new Error('the store did not open');
        const missing = neededBy(rule, missingParts(opened.bench.shop));
        if (missing.length === 0) await rule.run(opened.bench);
        else skip(context, missing);
      };
      define(rule.name, run, rule.timeoutMs);
    }
  });
}

function neededBy({ needs }: StoreCase, missing: readonly StorePart[]): StorePart[] {
  return needs.filter((part) => missing.includes(part));
}

function skip(context: unknown, missing: readonly StorePart[]): void {
  if (!canSkip(context))
    throw new Error(
      `The store lacks ${missing.join(', ')}. Name it in \`without\` of storeContract to skip this case.`,
    );
  context.skip(`the store lacks ${missing.join(', ')}`);
}

/** The context of node:test is an object, that of Vitest a function. */
function canSkip(context: unknown): context is { skip(reason: string): unknown } {
  const hasMembers = (typeof context === 'object' && context !== null) || typeof context === 'function';
  return hasMembers && 'skip' in context && typeof context.skip === 'function';
}

/** The same without a test runner. */
export async function checkStore(open: () => Promise<StoreUnderTest>): Promise<ContractReport> {
  const bench = benchOf(await open());
  const missing = missingParts(bench.shop);
  const report: ContractReport = { faults: [], skipped: [] };
  try {
    for (const rule of CASES) {
      const without = neededBy(rule, missing);
      if (without.length > 0) {
        report.skipped.push({ rule: rule.name, without });
        continue;
      }
      try {
        await rule.run(bench);
      } catch (error) {
        report.faults.push({ rule: rule.name, fault: error instanceof Error ? error.message : String(error) });
      }
    }
  } finally {
    await bench.close();
  }
  return report;
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

export { missingParts, type StorePart, type StoreUnderTest, transmissionOf };
