import type { CartRef } from '../../../domain/cart.js';
import type { RestoredItem } from '../../../domain/restore-report.js';
import type { SetupRequest } from '../../../domain/setup-request.js';
import type { PayloadSummary } from '../../../domain/transfer-payload.js';
import type { Operation, Protocol, Transmission, TransmissionStatus } from '../../../domain/transmission.js';

/** An `open` or `active` row whose time is over reads as expired (domain/transmission.ts), by the database's clock. */
const STATUS = `case when t.status in ('open', 'active') and t.expires_at <= now() then 'expired' else t.status end as status`;

/** Columns of `transmission t` that make a Transmission. */
export const TRANSMISSION_COLUMNS = `t.tenant_id, t.transmission_id, t.connection_id, t.protocol, t.operation, ${STATUS}, t.request, t.buyer_cookie,
  t.return_url, t.token_digest, t.claim_digest, t.epoch, t.cart, t.cart_revision, t.summary, t.restore_report, t.created_at, t.start_expires_at,
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
    ...(row.token_digest === null ? {} : { tokenDigest: row.token_digest }),
    ...(row.claim_digest === null ? {} : { claimDigest: row.claim_digest }),
    epoch: row.epoch,
    ...(row.cart === null ? {} : { cart: row.cart }),
    cartRevision: row.cart_revision,
    ...(row.summary === null ? {} : { lastSummary: row.summary }),
    ...(row.restore_report === null ? {} : { restored: row.restore_report }),
    createdAt: row.created_at,
    startExpiresAt: row.start_expires_at,
    startExpired: row.start_expired,
    expiresAt: row.expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    ...(row.logged_in_at === null ? {} : { loggedInAt: row.logged_in_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  };
}
