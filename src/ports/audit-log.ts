import type { AuditEvent } from '../domain/access/audit-event.js';

/** For events before a transmission exists. All others are audited by the statement that makes the change. */
export interface AuditLog {
  note(entry: { tenantId: string; event: AuditEvent; actor: string; details: Record<string, string> }): Promise<void>;
}

/**
 * The last linked row, and the hash over it and all rows before it. An external copy of the hash proves that none of
 * them was changed.
 */
export interface ChainHead {
  tenantId: string;
  auditId: string;
  /** SHA-256, hex. */
  hash: string;
}

export interface AuditFault {
  auditId: string;
  /** Empty if the row is missing or belongs to no transmission. */
  transmissionId: string;
  what: 'changed' | 'gone' | 'put in later' | 'not the one that followed';
}

export interface AuditVerdict {
  /** Number of linked rows. */
  linked: number;
  /** The first linked row. Rows before it were deleted after their retention period. */
  firstId: string | undefined;
  head: ChainHead | undefined;
  /** Rows that are not linked yet: too young, or not processed by a worker. */
  waiting: number;
  /** The first faults, at most twenty. */
  faults: AuditFault[];
}

/** Audit rows of a tenant, each linked to the one before (T64). */
export interface AuditChain {
  /**
   * Links up to `limit` rows of the tenant that has waited longest. Several processes may run it. Undefined: no
   * unlinked row is a minute old.
   */
  link(limit: number): Promise<ChainHead | undefined>;
  verify(tenantId: string): Promise<AuditVerdict>;
  /**
   * The hash over the rows up to `auditId`, to compare with an external copy. Undefined: no linked row has that number.
   */
  hashAt(tenantId: string, auditId: string): Promise<string | undefined>;
}
