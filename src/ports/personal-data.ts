/** What is known of people, and its end (T63). */
export interface PersonalData {
  /**
   * Takes a person out of a tenant's ended sessions, by e-mail: call-ups and buyers are emptied, their documents and carts deleted; figures
   * and audit rows, which name nobody, stay. Recorded orders are kept, as the law asks of merchants. `live`: sessions that have not ended yet and were left alone.
   */
  erase(tenantId: string, email: string): Promise<Erased>;
  /** What `erase` would take away, and what of live sessions names the person, as it is stored. */
  ofPerson(tenantId: string, email: string): Promise<PersonalExport>;
  /** Deletes up to `limit` carts that are older than their tenant keeps them. Returns how many. */
  deleteOldCarts(limit: number): Promise<number>;
  /** Deletes up to `limit` audit rows that are older than they are kept. Returns how many. */
  deleteOldAudit(limit: number): Promise<number>;
}

/** Rows as they are in the database, without digests of secrets. */
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
