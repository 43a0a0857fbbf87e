/** Personal data and its deletion (T63). */
export interface PersonalData {
  /**
   * Removes a person from a tenant's ended sessions, by e-mail. Call-ups and buyers are emptied, their documents and
   * carts deleted. Figures and audit rows contain no names and stay. Recorded orders are kept, because the law requires
   * it of merchants. `live`: sessions that have not ended and were left unchanged.
   */
  erase(tenantId: string, email: string): Promise<Erased>;
  /** Everything that `erase` would remove, and data of live sessions that names the person, as stored. */
  ofPerson(tenantId: string, email: string): Promise<PersonalExport>;
  /** Deletes up to `limit` carts after their tenant's retention period. Returns how many. */
  deleteOldCarts(limit: number): Promise<number>;
  /**
   * Deletes up to `limit` ended sessions after their tenant's retention period, with their carts and contexts. Figures
   * still count them. Returns how many.
   */
  deleteOldSessions(limit: number): Promise<number>;
  /** Deletes up to `limit` audit rows after their retention period. Returns how many. */
  deleteOldAudit(limit: number): Promise<number>;
}

/** Database rows, without digests of secrets. */
export interface PersonalExport {
  sessions: object[];
  carts: object[];
  messages: object[];
  purchaseOrders: object[];
}

export interface Erased {
  sessions: number;
  documents: number;
  live: number;
}
