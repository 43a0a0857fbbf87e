/** Links that show the access data of a connection once. Each is found by the digest of its token. */
export interface HandOvers {
  /** `secret`: sealed until the link is opened. Returns when the link expires. */
  add(link: NewHandOver): Promise<Date>;
  /**
   * Opens a link: of several attempts one gets it, and its secret is gone then. `session`: of the browser that opens
   * it.
   */
  open(
    digest: string,
    session: { digest: string; lifeHours: number },
  ): Promise<OpenedHandOver | { kind: 'opened'; at: Date } | { kind: 'unknown' }>;
  /** The connection whose link a browser has opened; undefined when its session is over. */
  inSession(digest: string): Promise<{ tenantId: string; connectionId: string } | undefined>;
  /** Whether a link may still be opened, without opening it. */
  peek(digest: string): Promise<{ kind: 'ready' } | { kind: 'unknown' } | { kind: 'opened'; at: Date }>;
  /** Newest first, at most 10. */
  list(tenantId: string, connectionId: string): Promise<HandOver[]>;
  /** Deletes up to `limit` that are over. Returns how many. */
  deleteOld(limit: number): Promise<number>;
}

export interface NewHandOver {
  digest: string;
  tenantId: string;
  connectionId: string;
  secret: string | undefined;
  /** `operator:...`, `key:...` */
  madeBy: string;
  lifeDays: number;
}

export interface OpenedHandOver {
  kind: 'ready';
  tenantId: string;
  connectionId: string;
  secret?: string;
}

export interface HandOver {
  madeBy: string;
  createdAt: Date;
  expiresAt: Date;
  openedAt?: Date;
  /** It shows a secret, which was made for this link alone. */
  hasSecret: boolean;
}
