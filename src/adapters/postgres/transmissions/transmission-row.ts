import type { CartRef } from '../../../domain/cart/cart.js';
import type { CustomerClone } from '../../../domain/access/customer-clone.js';
import type { RestoredItem } from '../../../domain/cart/restore-report.js';
import type { SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { PayloadSummary } from '../../../domain/transmission/transfer-payload.js';
import type { Operation, Protocol, Transmission, TransmissionStatus } from '../../../domain/transmission/transmission.js';

/** An `open` or `active` row whose time is over reads as expired (domain/transmission/transmission.ts), by the database's clock. */
const STATUS = `case when t.status in ('open', 'active') and t.expires_at <= now() then 'expired' else t.status end as status`;

/** Columns of `transmission t` that make a Transmission. */
export const TRANSMISSION_COLUMNS = `t.tenant_id, t.transmission_id, t.connection_id, t.protocol, t.operation, ${STATUS}, t.request, t.buyer_cookie,
  t.return_url, t.token_digest, t.claim_digest, t.epoch, t.cart, t.clone, t.cart_revision, t.summary, t.restore_report, t.created_at, t.start_expires_at,
  t.start_expires_at <= now() as start_expired, t.expires_at, t.absolute_expires_at, t.logged_in_at, t.ended_at`;

export interface TransmissionRow {
  tenant_id: string;
  transmission_id: string;
  connection_id: string;
  protocol: Protocol;
  operation: Operation;
  status: TransmissionStatus;
  request: SetupRequest;
  buyer_cookie: string;
  return_url: string;
  token_digest: string | null;
  claim_digest: string | null;
  epoch: number;
  cart: CartRef | null;
  clone: CustomerClone | null;
  cart_revision: number;
  summary: PayloadSummary | null;
  restore_report: RestoredItem[] | null;
  created_at: Date;
  start_expires_at: Date;
  start_expired: boolean;
  expires_at: Date;
  absolute_expires_at: Date;
  logged_in_at: Date | null;
  ended_at: Date | null;
}

export function transmissionOf(row: TransmissionRow): Transmission {
  return {
    tenantId: row.tenant_id,
    transmissionId: row.transmission_id,
    connectionId: row.connection_id,
    protocol: row.protocol,
    operation: row.operation,
    status: row.status,
    request: row.request,
    buyerCookie: row.buyer_cookie,
    returnUrl: row.return_url,
    tokenDigest: row.token_digest ?? undefined,
    claimDigest: row.claim_digest ?? undefined,
    epoch: row.epoch,
    cart: row.cart ?? undefined,
    clone: row.clone ?? undefined,
    cartRevision: row.cart_revision,
    lastSummary: row.summary ?? undefined,
    restored: row.restore_report ?? undefined,
    createdAt: row.created_at,
    startExpiresAt: row.start_expires_at,
    startExpired: row.start_expired,
    expiresAt: row.expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    loggedInAt: row.logged_in_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
  };
}
