import type { ErrorCode } from '../../domain/error-codes.js';
import type { TransmissionStatus } from '../../domain/transmission/transmission.js';
import type { HistoryFilter, HistoryMark } from './session-history.js';

/** What operators look for. Every read is of one tenant, and row-level security protects it as well. */
export interface SessionSearch {
  /** Sessions with this id, BuyerCookie, e-mail of the buyer, payloadID or number of an order; newest first. */
  find(tenantId: string, text: string, limit: number): Promise<string[]>;
  /** Sessions of one connection, newest first. */
  ofConnection(
    tenantId: string,
    connectionId: string,
    filter: Omit<HistoryFilter, 'protocol'>,
    place: { limit: number; after?: HistoryMark | undefined },
  ): Promise<{ transmissionIds: string[]; next?: HistoryMark }>;
  /**
   * Refused requests in that time by connection and code, the most frequent first; of the newest 20,000 documents of
   * refused requests.
   */
  refusalGroups(tenantId: string, range: { from: Date; before: Date }, limit: number): Promise<RefusalGroup[]>;
}

/** How far sessions came, from roll-ups by day and hour plus the rows not yet folded into them, so always exact. */
export interface FunnelFigures {
  /**
   * Of each connection with a call-up in that time; without an end: until now. Costs little, however long it is: of
   * sessions it reads those of an hour that is not whole, at most one at each end.
   */
  read(tenantId: string, range: FunnelRange): Promise<ConnectionFunnel[]>;
  /** Hours (of the clock, from that time on) with call-ups, and how many, ascending. */
  hours(tenantId: string, from: Date): Promise<{ hour: Date; callUps: number }[]>;
  /** Folds up to `limit` facts into the roll-ups and returns how many. Several processes may run it. */
  fold(limit: number): Promise<number>;
}

export interface FunnelRange {
  from: Date;
  /** Exclusive. */
  before?: Date | undefined;
}

export interface ConnectionFunnel {
  connectionId: string;
  callUps: number;
  logins: number;
  transfers: number;
  orders: number;
  /** Time of the newest call-up whose cart was sent. */
  lastTransfer?: Date;
}

export interface RefusalGroup {
  /** Undefined: the caller is not known. */
  connectionId?: string;
  code: ErrorCode;
  count: number;
  first: Date;
  last: Date;
  /** Of the newest. */
  lastReason: string;
  lastMessageId: string;
}

/** What was written down about changes. */
export interface AuditReads {
  /** Oldest first, at most 1,000. */
  ofTransmission(tenantId: string, transmissionId: string): Promise<AuditRow[]>;
  /** Changes of a connection, newest first; among the newest 2,000 changes of the tenant. */
  ofConnection(tenantId: string, connectionId: string, limit: number): Promise<AuditRow[]>;
  /** Newest first. `before`: the id to continue after. */
  list(tenantId: string, wish: AuditFilter & { limit: number; before?: string | undefined }): Promise<AuditRow[]>;
}

/** Absent: not restricted. */
export interface AuditFilter {
  event?: string | undefined;
  /** A part of who did it, without regard to letter case. */
  actor?: string | undefined;
  /** Moments: from the first on, before the second. */
  from?: Date | undefined;
  until?: Date | undefined;
  /** Leaves out the steps of sessions. */
  changesOnly?: boolean | undefined;
}

export interface AuditRow {
  auditId: string;
  /** '' for changes of settings. */
  transmissionId: string;
  event: string;
  actor: string;
  from?: TransmissionStatus;
  to?: TransmissionStatus;
  details: Record<string, string>;
  at: Date;
}
