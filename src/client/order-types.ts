export interface AdminOrder {
  orderId: string;
  connectionId: string;
  sessionId: string | null;
  type: 'new' | 'update' | 'delete';
  version: number;
  payloadId: string;
  receivedAt: Date;
  verdict: 'matched' | 'mismatch' | 'unmatched';
  /** In words. */
  differences: string[];
  storeNumber: string | null;
  storeRefusal: string | null;
}

export interface OrderDifference {
  kind: string;
  sent: string | null;
  ordered: string | null;
  /** In words. */
  text: string;
}

export interface AdminOrderDetail {
  /** Oldest first. */
  documents: (AdminOrder & { lines: object[] })[];
  comparison: {
    /** Of the compared document. */
    version: number;
    /** False: the cart is unknown, was deleted, or cannot be compared. */
    hasCart: boolean;
    /** A side is null where nothing pairs. */
    lines: { ordered: object | null; sent: object | null; differences: OrderDifference[] }[];
    /** Of the whole order. */
    differences: OrderDifference[];
  };
  parts: { shopId: number; supplierOrderId: string; status: string; paymentStatus: string }[];
  /** How many hooks want each event, and how many have received it. */
  events: { shopId: number; revision: string; name: string; at: Date; hooks: number; received: number }[];
  notices: OrderNotice[];
  placeable: 'yes' | 'shop_takes_none' | 'not_allowed' | 'no_session' | 'deleted' | 'placed' | 'waiting';
}

export interface OrderNotice {
  status: string;
  supplierOrderId: string;
  noticedAt: Date;
  sentAt: Date | null;
  givenUpAt: Date | null;
  lastError: string | null;
}

export type UnsentNotice = OrderNotice & { connectionId: string; orderId: string };

export interface AdminHook {
  hookId: string;
  shopId: number;
  url: string;
  events: string[];
  state: 'active' | 'failing' | 'paused';
  ackedRevision: string;
  lastRevision: string;
  failingSinceAt: Date | null;
  pausedAt: Date | null;
  lastError: string | null;
}

export interface AdminFeed {
  shopId: number;
  url: string;
  dueAt: Date;
  failingSinceAt: Date | null;
  lastError: string | null;
  progress: { lines: number; products: number } | null;
}

export interface AdminReport {
  reportId: number;
  importedAt: Date;
  /** According to the file. */
  modifiedAt: Date;
  /** Bytes. */
  size: number;
  encoding: string;
  lines: number;
  /** Passed to the shop. */
  products: number;
  errors: number;
  warnings: number;
}

export interface AdminIssue {
  severity: 'error' | 'warning';
  text: string;
  /** Ascending; the first 1,000. */
  lines: number[];
  field: string | null;
  /** What stands in the field, in the line that was read first. */
  value: string | null;
  /** Set where all lines have the same product. */
  productId: string | null;
  productTitle: string | null;
}

export interface AdminReportDetail extends AdminReport {
  /** Lines with at least one issue. */
  issueLines: number;
  issues: AdminIssue[];
}

export interface AdminJob {
  jobId: string;
  kind: string;
  attempts: number;
  running: boolean;
  createdAt: Date;
  /** null: it was given up. */
  dueAt: Date | null;
  /** It has failed for three days, and waits to be tried again. */
  givenUpAt: Date | null;
  lastError: string | null;
}
