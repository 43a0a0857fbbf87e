import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { storeContract as contract, type DefineTest, type StorePart } from '../../src/testing/store-contract.js';
import type { StoreUnderTest } from '../../src/testing/store-under-test.js';

/** CI lets no test be skipped: cases for parts that a store of ours lacks are not defined. */
const ours = Object.assign<DefineTest, { skip: DefineTest }>((...test) => it(...test), { skip: () => undefined });

/** The published contract (`headless-punchout/testing`), run by Jest. */
export function storeContract(
  name: string,
  open: () => Promise<StoreUnderTest>,
  without: readonly StorePart[] = [],
): void {
  contract(name, open, { describe, it: ours, beforeAll, afterAll }, without);
}

export { missingParts, type StoreUnderTest, transmissionOf } from '../../src/testing/store-contract.js';
