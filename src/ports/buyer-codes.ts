import type { BuyerList } from '../domain/catalogue/catalogue-index.js';

/** Codes that a connection's buyer knows: classifications, and units. */
export interface BuyerCodes {
  /** How many each list has. 0: there is no such list. */
  counts(tenantId: string, connectionId: string): Promise<Record<BuyerList, number>>;
  /** Those of these codes that the list has. */
  known(tenantId: string, connectionId: string, list: BuyerList, codes: readonly string[]): Promise<Set<string>>;
  add(tenantId: string, connectionId: string, list: BuyerList, codes: readonly string[]): Promise<void>;
  /** Removes the whole list. */
  clear(tenantId: string, connectionId: string, list: BuyerList): Promise<void>;
}
