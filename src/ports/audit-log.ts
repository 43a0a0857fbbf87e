/** For what happens before there is a transmission; everything else is audited by the statement that does it. */
export interface AuditLog {
  note(entry: { tenantId: string; event: string; actor: string; details: Record<string, string> }): Promise<void>;
}

/** The last row that is linked, and what stands for it and all before it: whoever has written it down elsewhere can tell that none of them was changed. */
export interface ChainHead {
  tenantId: string;
  auditId: string;
  /** SHA-256, hex. */
  hash: string;
}

export interface AuditFault {
  auditId: string;
  /** Empty where the row is gone, or belongs to none. */
  transmissionId: string;
  what: 'changed' | 'gone' | 'put in later' | 'not the one that followed';
}

export interface AuditVerdict {
  /** Rows that are linked. */
  linked: number;
  /** The first of them: those before it were kept long enough. */
  firstId: string | undefined;
  head: ChainHead | undefined;
  /** Rows that are too young to be linked, or that no worker has come to. */
  waiting: number;
  /** The first of them, at most twenty. */
  faults: AuditFault[];
}

/** Audit rows of a tenant, each linked to the one before (T64). */
export interface AuditChain {
  /** Links the next rows, at most `limit`, of the tenant that has waited longest; any number of processes may. Undefined: there are none that are a minute old. */
  link(limit: number): Promise<ChainHead | undefined>;
  verify(tenantId: string): Promise<AuditVerdict>;
  /** What stood for the rows up to `auditId`, for comparing with what was written down; undefined: no row of that number is linked. */
  hashAt(tenantId: string, auditId: string): Promise<string | undefined>;
}
