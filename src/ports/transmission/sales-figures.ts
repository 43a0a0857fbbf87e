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
