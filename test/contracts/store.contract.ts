import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { storeContract as contract } from '../../src/testing/store-contract.js';
import type { StoreUnderTest } from '../../src/testing/store-under-test.js';

/** The published contract (`headless-punchout/testing`), run by Jest. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  contract(name, open, { describe, it, beforeAll, afterAll });
}

export { type StoreUnderTest, transmissionOf } from '../../src/testing/store-under-test.js';
