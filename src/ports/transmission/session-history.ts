import type { BuyerPerson } from '../../domain/transmission/setup-request.js';
import type { PayloadSummary } from '../../domain/transmission/transfer-payload.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { Transmission, TransmissionStatus } from '../../domain/transmission/transmission.js';

/** A tenant's transmissions, many at a time, as PunchFlow lists them. Row-level security stands behind every read. */
export interface SessionHistory {
  /** Newest first. */
  list(tenantId: string, filter: HistoryFilter, place: HistoryPlace): Promise<HistoryPage>;
  /** Those of `transmissionIds` that the tenant has, in no order. */
  findMany(tenantId: string, transmissionIds: readonly string[]): Promise<PastSession[]>;
}

export interface HistoryFilter {
  /** PunchFlow's word. */
  status?: 'active' | 'completed' | 'cancelled' | 'expired';
  protocol?: Protocol;
  /** Moment of the call-up, inclusive. */
  from?: Date;
  /** Moment of the call-up, exclusive. */
  before?: Date;
}

/** Rows to skip, or the row after which to go on. */
export type HistoryPlace = { limit: number } & ({ skip: number } | { after: HistoryMark });

/** A row's place: its moment to the microsecond (`2024-01-15T10:30:00.123456Z`) and its id. */
export interface HistoryMark {
  createdAt: string;
  transmissionId: string;
}

export interface HistoryPage {
  sessions: PastSession[];
  /** Counted up to `HISTORY_COUNT_CAP`. */
  total: number;
  /** There are more than `total`. */
  capped: boolean;
  /** Where the next page goes on; undefined on the last. */
  next?: HistoryMark;
}

/** An exact count grows with the table (architecture.md section 8). */
export const HISTORY_COUNT_CAP = 1_000;

/** As many rows may be skipped to reach a page by its number. */
export const HISTORY_MAX_SKIP = 10_000;

/** What is shown of a transmission without reading its whole call-up. */
export interface PastSession extends Pick<
  Transmission,
  'transmissionId' | 'connectionId' | 'protocol' | 'buyerCookie' | 'returnUrl' | 'createdAt' | 'expiresAt' | 'endedAt'
> {
  status: TransmissionStatus;
  buyer: BuyerPerson;
  lastSummary?: PayloadSummary;
}

/** What a tenant's punchouts sold, from daily roll-ups and the rows that are not folded into them yet: exact at once. */
export interface SalesFigures {
  /** Days are UTC days of the call-up (`YYYY-MM-DD`), both inclusive. */
  read(
    tenantId: string,
    range: { fromDay: string; toDay: string; groupBy: 'day' | 'week' | 'month'; currency: string; topProducts: number },
  ): Promise<Figures>;
  /** Folds up to `limit` facts into the roll-ups and says how many; any number of processes may. */
  fold(limit: number): Promise<number>;
}

export interface Figures {
  /** Ordered by bucket; those without sessions are left out. */
  buckets: FigureBucket[];
  /** By revenue in `currency`, the largest first. */
  products: { sku: string; name: string; quantity: string; revenue: string }[];
}

export interface FigureBucket {
  /** First day of the bucket (weeks begin on Monday). */
  date: string;
  /** Empty: starts of sessions, which have no currency. */
  currency: string;
  sessions: number;
  completed: number;
  /** Decimal text. */
  revenue: string;
}
