import type { CartRef } from '../../../domain/cart/cart.js';
import type { CustomerClone } from '../../../domain/access/customer-clone.js';
import type { RestoredItem } from '../../../domain/cart/restore-report.js';
import type { SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { PayloadSummary } from '../../../domain/transmission/transfer-payload.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { Operation, Transmission, TransmissionStatus } from '../../../domain/transmission/transmission.js';
import { IS_DUE, TOLD_END } from './step-sql.js';

/**
 * Reads `transmission t` as one JSON value: parsing two dozen columns takes the driver as long as the rest of a
 * statement. An `open` or `active` row whose time is over reads as expired (domain/transmission/transmission.ts), by
 * the database's clock.
 */
export const TRANSMISSION = `json_build_object('tenantId', t.tenant_id, 'transmissionId', t.transmission_id,
  'connectionId', t.connection_id, 'protocol', t.protocol,
  'operation', t.operation, 'status', case when ${IS_DUE} then 'expired' else t.status end, 'request', t.request,
  'buyerCookie', t.buyer_cookie, 'returnUrl', t.return_url, 'tokenDigest', t.token_digest,
  'claimDigest', t.claim_digest, 'epoch', t.epoch, 'cart', t.cart, 'clone', t.clone,
  'cartRevision', t.cart_revision, 'summary', t.summary, 'restoreReport', t.restore_report, 'createdAt', t.created_at,
  'startExpiresAt', t.start_expires_at,
  'startExpired', t.start_expires_at <= now(), 'expiresAt', ${TOLD_END}, 'absoluteExpiresAt', t.absolute_expires_at,
  'loggedInAt', t.logged_in_at, 'endedAt', t.ended_at,
  'isTest', t.test_id is not null, 'traceParent', t.trace_parent)
  as transmission`;

/** Times are ISO 8601. */
export interface TransmissionRow {
  transmission: {
    tenantId: string;
    transmissionId: string;
    connectionId: string;
    protocol: Protocol;
    operation: Operation;
    status: TransmissionStatus;
    request: SetupRequest;
    buyerCookie: string;
    returnUrl: string;
    tokenDigest: string | null;
    claimDigest: string | null;
    epoch: number;
    cart: CartRef | null;
    clone: CustomerClone | null;
    cartRevision: number;
    summary: PayloadSummary | null;
    restoreReport: RestoredItem[] | null;
    createdAt: string;
    startExpiresAt: string;
    startExpired: boolean;
    expiresAt: string;
    absoluteExpiresAt: string;
    loggedInAt: string | null;
    endedAt: string | null;
    isTest: boolean;
    traceParent: string | null;
  };
}

export function transmissionOf({ transmission: row }: TransmissionRow): Transmission {
  return {
    tenantId: row.tenantId,
    transmissionId: row.transmissionId,
    connectionId: row.connectionId,
    protocol: row.protocol,
    operation: row.operation,
    status: row.status,
    request: row.request,
    buyerCookie: row.buyerCookie,
    returnUrl: row.returnUrl,
    tokenDigest: row.tokenDigest ?? undefined,
    claimDigest: row.claimDigest ?? undefined,
    epoch: row.epoch,
    cart: row.cart ?? undefined,
    clone: row.clone ?? undefined,
    cartRevision: row.cartRevision,
    lastSummary: row.summary ?? undefined,
    restored: row.restoreReport ?? undefined,
    createdAt: new Date(row.createdAt),
    startExpiresAt: new Date(row.startExpiresAt),
    startExpired: row.startExpired,
    expiresAt: new Date(row.expiresAt),
    absoluteExpiresAt: new Date(row.absoluteExpiresAt),
    loggedInAt: row.loggedInAt === null ? undefined : new Date(row.loggedInAt),
    endedAt: row.endedAt === null ? undefined : new Date(row.endedAt),
    isTest: row.isTest ? true : undefined,
    traceParent: row.traceParent ?? undefined,
  };
}
