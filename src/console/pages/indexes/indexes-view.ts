import type { BuyerList, IndexFormat, IndexRun, IndexSettings } from '../../../domain/catalogue/catalogue-index.js';
import type { IndexFile } from '../../../ports/index-runs.js';

export interface IndexesView {
  connectionId: string;
  name: string;
  /** Of the connection's platform. */
  usualFormat: IndexFormat;
  /** Newest first. */
  runs: readonly IndexRun[];
  /** The newest of each format. */
  files: readonly (Pick<IndexFile, 'runId' | 'bytes' | 'changedAt'> & { format: IndexFormat })[];
  /** Absent: on demand only. */
  schedule?: IndexSettings | undefined;
  push?: PushLine;
  /** Codes of each list. */
  lists: Readonly<Record<BuyerList, number>>;
  /** Where the buyer's system fetches, without the format. */
  fetchUrl: string;
  mayMake: boolean;
  /** Keys are made in Access. */
  mayMakeKeys: boolean;
  /** What was chosen; absent: the usual. */
  entered?: { formats: readonly string[]; full: boolean };
  outcome?: { kind: 'done' } | { kind: 'refused'; reason: string };
}

export interface PushLine {
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

/** Page of the indexes of a connection. */
export function indexesAddress(base: string, connectionId: string): string {
  return `${base}/connections/${encodeURIComponent(connectionId)}/indexes`;
}
