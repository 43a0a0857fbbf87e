/** What is known of people, and its end (SECURITY T63). */
export interface PersonalData {
  /**
   * Takes a person out of a tenant's ended sessions, by e-mail: call-ups and buyers are emptied, their documents and carts deleted; figures
   * and audit rows, which name nobody, stay. Orders are kept, as the law asks of merchants. `live`: sessions that have not ended yet and were left alone.
   */
  erase(tenantId: string, email: string): Promise<Erased>;
  /** Deletes up to `limit` each of payloads and audit rows that are older than their tenant keeps them. Returns how many. */
  deleteOld(limit: number): Promise<number>;
}

export interface Erased {
  sessions: number;
  documents: number;
  live: number;
}
