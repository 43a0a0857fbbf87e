export type AdminIndexFormat = 'cxml' | 'cif' | 'jaggaer' | 'oracle' | 'oci';

export interface IndexWish {
  /** Absent: the format of the connection's platform. */
  formats?: AdminIndexFormat[];
  /** Read all products again, not only those that changed. */
  full?: boolean;
  /** Of ShipTo, in the connection's table: prices of its customer. Absent: the usual customer. */
  addressId?: string;
}

export interface AdminIndexRun {
  runId: number;
  /** Its prices are those of a call-up with this address id of ShipTo; null: of the usual customer. */
  addressId: string | null;
  /** The shop's customer whose prices it has; null: the store's own choice. */
  customer: { number: string } | { email: string } | null;
  state: 'reading' | 'writing' | 'done' | 'failed';
  formats: AdminIndexFormat[];
  /** Only what changed was read. The files hold the whole catalogue. */
  incremental: boolean;
  startedBy: string;
  startedAt: Date;
  endedAt: Date | null;
  productsRead: number;
  /** In the catalogue. */
  products: number;
  files: { format: AdminIndexFormat; products: number }[];
  /** Why it failed. */
  reason: string | null;
}

export type AdminCodeList = 'classification' | 'unit';

export interface CodeListWish {
  /** Or `csv`, with the code in the first column. */
  codes?: string[];
  csv?: string;
  /** Beside the codes that are there, not in their place. */
  add?: boolean;
}

export interface AdminIndexReport extends AdminIndexRun {
  /** Products whose code the buyer's list has; null: the buyer has no such list. */
  coverage: Record<AdminCodeList, { products: number; matched: number; percent: number } | null>;
  issues: {
    kind: string;
    /** `error`: these products are left out. */
    severity: 'error' | 'warning';
    text: string;
    field: string;
    /** null: all formats of the run. */
    format: AdminIndexFormat | null;
    count: number;
    /** Article numbers, the first 100. */
    products: string[];
    /** What stood there, in the order of `products`; empty: nothing. */
    values: string[];
  }[];
}

export interface IndexPushWish {
  /** https, and public. */
  url: string;
  format: AdminIndexFormat;
  /** Of ShipTo, whose index is pushed. Absent: that of the usual customer. */
  addressId?: string;
  /** Text of the header Authorization. Absent: that of the same address stays; null: none. */
  authorization?: string | null;
}

export interface AdminIndexPush {
  /** Of ShipTo, whose index it is; null: that of the usual customer. */
  addressId: string | null;
  url: string;
  format: AdminIndexFormat;
  hasAuthorization: boolean;
  /** The run whose file is there. */
  pushedRun: number | null;
  /** When these bytes were pushed. */
  pushedAt: Date | null;
  /** Of the last attempt, if it failed. */
  failedAt: Date | null;
  lastError: string | null;
}
