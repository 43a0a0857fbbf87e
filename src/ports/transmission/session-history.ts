import type { BuyerPerson } from '../../domain/transmission/setup-request.js';
import type { PayloadSummary } from '../../domain/transmission/transfer-payload.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { Transmission, TransmissionStatus } from '../../domain/transmission/transmission.js';

/** A tenant's transmissions in lists, as PunchFlow shows them. Row-level security protects every read as well. */
export interface SessionHistory {
  /** Newest first. */
  list(tenantId: string, filter: HistoryFilter, place: HistoryPlace): Promise<HistoryPage>;
  /** The tenant's transmissions among `transmissionIds`, unordered. */
  findMany(tenantId: string, transmissionIds: readonly string[]): Promise<PastSession[]>;
}

export interface HistoryFilter {
  /** PunchFlow's status name. */
  status?: 'active' | 'completed' | 'cancelled' | 'expired';
  protocol?: Protocol;
  /** Time of the call-up, inclusive. */
  from?: Date;
  /** Time of the call-up, exclusive. */
  before?: Date;
}

/** Rows to skip, or the row to continue after. */
export type HistoryPlace = { limit: number } & ({ skip: number } | { after: HistoryMark });

/** Position of a row: its time in microseconds (`2024-01-15T10:30:00.123456Z`) and its id. */
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
  /** Start of the next page. Undefined on the last page. */
  next?: HistoryMark;
}

/** An exact count gets slower as the table grows (architecture.md section 8). */
export const HISTORY_COUNT_CAP = 1_000;

/** Maximum number of rows to skip for a page number. */
export const HISTORY_MAX_SKIP = 10_000;

/** The shown fields of a transmission, without reading its whole call-up. */
export interface PastSession extends Pick<
  Transmission,
  | 'transmissionId'
  | 'connectionId'
  | 'protocol'
  | 'buyerCookie'
  | 'returnUrl'
  | 'createdAt'
  | 'expiresAt'
  | 'endedAt'
  | 'isTest'
> {
  status: TransmissionStatus;
  buyer: BuyerPerson;
  lastSummary?: PayloadSummary;
}

/** Sales of a tenant's punchouts, from daily roll-ups plus the rows not yet folded into them, so always exact. */
export interface SalesFigures {
  /** Days are UTC days of the call-up (`YYYY-MM-DD`), both inclusive. */
  read(
    tenantId: string,
    range: { fromDay: string; toDay: string; groupBy: 'day' | 'week' | 'month'; currency: string; topProducts: number },
  ): Promise<Figures>;
  /** Folds up to `limit` facts into the roll-ups and returns how many. Several processes may run it. */
  fold(limit: number): Promise<number>;
}

export interface Figures {
  /** Ordered by bucket. Buckets without sessions are left out. */
  buckets: FigureBucket[];
  /** By revenue in `currency`, highest first. */
  products: { sku: string; name: string; quantity: string; revenue: string }[];
}

export interface FigureBucket {
  /** First day of the bucket (weeks begin on Monday). */
  date: string;
  /** Empty for counts of started sessions, which have no currency. */
  currency: string;
  sessions: number;
  completed: number;
  /** Decimal text. */
  revenue: string;
}
