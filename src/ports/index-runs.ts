import type { StoreCustomer } from '../domain/access/store-customer.js';
import type { CatalogueProduct } from '../domain/cart/catalogue-product.js';
import type { IndexCoverage, IndexFormat, IndexIssue, IndexRun } from '../domain/catalogue/catalogue-index.js';

export interface IndexRunKey {
  tenantId: string;
  connectionId: string;
  runId: number;
}

/** Whose index of a connection. */
export interface IndexOwner {
  tenantId: string;
  connectionId: string;
  /** Of ShipTo. Absent: the usual customer of the connection. */
  addressId?: string | undefined;
}

/** A run with the place where it goes on. */
export interface IndexWork extends IndexRun {
  /** Counts the pieces of work: a piece is kept only by who saw the number before it. */
  step: number;
  /** Of the settings with which it began. */
  settingsDigest: string;
  /** Where the reading goes on. */
  cursor?: string;
  /** The mark of the run before; absent: everything is read. */
  since?: string;
  /** Last product in the files. */
  place?: { sku: string; productKey: string };
  /** ISO 4217 and BCP 47, as the store said. */
  currency: string;
  language: string;
}

export interface IndexRuns {
  /**
   * Begins a run and queues its job, in one statement. With `incremental` it reads what changed since the last run that
   * ended with the same settings for the same owner and has a mark, where there is one. Undefined: one is running, or
   * there is no such connection.
   */
  begin(
    wish: IndexOwner & {
      customer?: StoreCustomer | undefined;
      formats: readonly IndexFormat[];
      incremental: boolean;
      settingsDigest: string;
      startedBy: string;
      /** For a schedule: its period, which is spent by this run. Undefined is answered too if it was spent before. */
      period?: Date | undefined;
    },
  ): Promise<IndexRun | undefined>;
  /**
   * Schedules whose current period has no run yet, at most `limit`, one of a connection: the usual customer goes first.
   * Without those whose connection is disabled or has a run that goes on. `at`: now where absent.
   */
  due(limit: number, at?: Date): Promise<DueIndex[]>;
  /** Newest first, at most 20. `only`: those of one owner. */
  list(tenantId: string, connectionId: string, only?: Pick<IndexOwner, 'addressId'>): Promise<IndexRun[]>;
  find(key: IndexRunKey): Promise<IndexWork | undefined>;
  /** Keeps a page of the store in the owner's catalogue. False: somebody else did this step. */
  keepPage(
    work: IndexWork,
    page: {
      products: readonly CatalogueProduct[];
      withdrawn: readonly string[];
      /** Absent: it was the last page; without `since`, what was not seen in this run leaves the catalogue. */
      next?: string | undefined;
      mark?: string | undefined;
      currency: string;
      language: string;
    },
  ): Promise<boolean>;
  /** The next products for the files, by article number. */
  nextProducts(
    work: IndexWork,
    limit: number,
  ): Promise<{ product: CatalogueProduct; productKey: string; repeatsText: boolean }[]>;
  /** Those of these ids that the files of the run have already. */
  emitted(
    work: IndexWork,
    ids: Partial<Record<IndexFormat, string[]>>,
  ): Promise<Partial<Record<IndexFormat, Set<string>>>>;
  /** Keeps a piece of each file. */
  keepPieces(
    work: IndexWork,
    piece: {
      place: { sku: string; productKey: string };
      products: number;
      texts: Partial<Record<IndexFormat, string>>;
      /** Of its products. */
      ids: Partial<Record<IndexFormat, string[]>>;
      items: Partial<Record<IndexFormat, number>>;
      issues: readonly IndexIssue[];
      coverage: IndexCoverage;
    },
  ): Promise<boolean>;
  /** Forgets some of the ids that `emitted` compares, of this run and of those before it. False: none was left. */
  forgetIds(work: IndexWork): Promise<boolean>;
  /**
   * Keeps what stands before and after the pieces, ends the run, and queues the push of its file. Of each owner the
   * newest 3 files of each format stay.
   */
  finish(work: IndexWork, frames: Partial<Record<IndexFormat, { head: string; tail: string }>>): Promise<boolean>;
  /** The newest file of a format. Undefined: the owner has none. */
  newestFile(owner: IndexOwner, format: IndexFormat): Promise<IndexFile | undefined>;
  /** The newest of each owner and format of a connection, at most 100; the usual customer goes first. */
  newestFiles(tenantId: string, connectionId: string): Promise<OwnedFile[]>;
  fail(key: IndexRunKey, reason: string): Promise<void>;
  /**
   * The next piece of a file after this one, of at most some hundred kilobytes; -1 for the first. Undefined: the run is
   * not done, or its files are not kept any more.
   */
  piece(key: IndexRunKey, format: IndexFormat, after: number): Promise<IndexPiece | undefined>;
}

export interface DueIndex extends IndexOwner {
  /** First moment of the period. */
  period: Date;
}

export interface IndexFile {
  runId: number;
  /** The same as long as the bytes are. Absent: the file was made by a version that made none. */
  digest?: string | undefined;
  /** Absent as the digest is. */
  bytes?: number | undefined;
  /** Since when the bytes are the same. */
  changedAt: Date;
}

export interface OwnedFile extends IndexFile {
  addressId?: string | undefined;
  format: IndexFormat;
}

export interface IndexPiece {
  content: string;
  /** `after` of the next piece; absent: this was the last one. */
  next?: number | undefined;
}
