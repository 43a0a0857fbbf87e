// The store contract in the test runner that the variable RUNNER names.
import type { StoreUnderTest } from 'headless-punchout/testing';
import { storeContract } from 'headless-punchout/testing';
import { MemoryStore } from './memory-store.mjs';

const runner = process.env['RUNNER'] ?? '';
const LACKS = [
  'breaks',
  'catalogue',
  'categories',
  'changeContext',
  'changed',
  'currency',
  'customers',
  'languages',
  'search',
] as const;
const open = async (): Promise<StoreUnderTest> => ({
  store: new MemoryStore(),
  tenantId: 'acme',
  connectionId: 'erp',
  plain: 'BOLT-M8',
  other: 'GLOVE-9',
  plainLine: { unitPrice: '12.40' },
  changed: [],
  languages: [],
  breaks: {},
  close: async () => undefined,
});
const { describe, it, ...hooks } = await import(runner);
storeContract(
  'memory store',
  open,
  { describe, it, beforeAll: hooks.beforeAll ?? hooks.before, afterAll: hooks.afterAll ?? hooks.after },
  // The rest is found missing when the store is open, which Jest cannot skip.
  runner === '@jest/globals' ? [...LACKS, 'soldOut', 'unbuyable', 'withdraw'] : LACKS,
);
