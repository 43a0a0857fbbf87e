import type { BuyerList, IndexFormat, IndexRun, IndexSettings } from '../../../domain/catalogue/catalogue-index.js';
import type { StoreCustomer } from '../../../domain/access/store-customer.js';
import type { OwnedFile } from '../../../ports/index-runs.js';

export interface IndexesView {
  connectionId: string;
  name: string;
  /** Of the connection's platform. */
  usualFormat: IndexFormat;
  /** Newest first. */
  runs: readonly IndexRun[];
  /** The newest of each address id and format. */
  files: readonly Pick<OwnedFile, 'addressId' | 'format' | 'runId' | 'bytes' | 'changedAt'>[];
  /** Ids of ShipTo that have a customer. Absent: the table has none, or the connection ignores it. */
  addresses?: { ids: readonly string[]; /** Too many to choose from: one is typed. */ areMore: boolean };
  /** Absent: on demand only. */
  schedule?: IndexSettings | undefined;
  pushes: readonly PushLine[];
  /** Codes of each list. */
  lists: Readonly<Record<BuyerList, number>>;
  /** Where the buyer's system fetches, without the format. */
  fetchUrl: string;
  /** What Coupa calls: the paths of Open Buy stand below it. */
  openBuyUrl: string;
  mayMake: boolean;
  /** Keys are made in Access. */
  mayMakeKeys: boolean;
  /** What was chosen; absent: the usual. */
  entered?: { formats: readonly string[]; full: boolean; addressId: string };
  outcome?: { kind: 'done' } | { kind: 'refused'; reason: string };
}

export interface PushLine {
  /** Of ShipTo. Absent: the index of the usual customer. */
  addressId?: string;
  /** Without its query, which may hold a secret. */
  address: string;
  format: IndexFormat;
  hasAuthorization: boolean;
  sent?: { runId: number; at: Date };
  failed?: { at: Date; reason: string };
  /** Of the file that is not there yet. */
  next?: { kind: 'running' } | { kind: 'due'; at: Date } | { kind: 'given_up' };
}

export interface IndexRunView {
  connectionId: string;
  name: string;
  run: IndexRun;
}

/** Whose prices a run has. */
export interface WhoseLine {
  addressId?: string | undefined;
  customer?: StoreCustomer | undefined;
}

/** Page of the indexes of a connection. */
export function indexesAddress(base: string, connectionId: string): string {
  return `${base}/connections/${encodeURIComponent(connectionId)}/indexes`;
}
