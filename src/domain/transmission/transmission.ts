import { randomBytes } from 'node:crypto';
import type { CartRef } from '../cart/cart.js';
import type { CustomerClone } from '../access/customer-clone.js';
import type { RestoredItem } from '../cart/restore-report.js';
import type { Protocol } from './protocol.js';
import type { SetupRequest } from './setup-request.js';
import type { PayloadSummary } from './transfer-payload.js';

/** One punchout from call-up to order. */
export interface Transmission {
  tenantId: string;
  transmissionId: string;
  connectionId: string;
  protocol: Protocol;
  operation: Operation;
  /**
   * At the time of reading. `expired` also for an `active` row whose time is over, and for an `open` row whose start
   * link expired unused.
   */
  status: TransmissionStatus;
  request: SetupRequest;
  /** Opaque to us, returned byte for byte, never a key. Empty where the protocol has none. */
  buyerCookie: string;
  returnUrl: string;
  /** SHA-256 (hex) of the start token; undefined for a transmission created through the library without one. */
  tokenDigest?: string;
  /** SHA-256 (hex) of the claim cookie of the browser that logged in. */
  claimDigest?: string;
  /** Increases with every login; a browser session of an older epoch has no effect. */
  epoch: number;
  cart?: CartRef;
  /** The account created for the transmission (custom store integration). */
  clone?: CustomerClone;
  /** Increases with every cart write; a transfer commits only if the revision that it read is unchanged. */
  cartRevision: number;
  /** Last known sums of the cart: those of the payload after the transfer. */
  lastSummary?: PayloadSummary;
  /** Results for the lines of an edit or inspect; absent until they are restored. */
  restored?: RestoredItem[];
  createdAt: Date;
  /** Latest time of the first use of the start link. */
  startExpiresAt: Date;
  /** True once `startExpiresAt` has passed by the database's clock. */
  startExpired: boolean;
  /**
   * Extended by activity, never beyond `absoluteExpiresAt`. Equals `startExpiresAt` once the start link has expired
   * unused.
   */
  expiresAt: Date;
  absoluteExpiresAt: Date;
  loggedInAt?: Date;
  /** When it was transferred, closed or cancelled. */
  endedAt?: Date;
  /** An operator tries the connection: it counts in no figure. */
  isTest?: true;
  /** The place of its call-up in a distributed trace (W3C Trace Context); absent if it belongs to none. */
  traceParent?: string;
}

export interface TransmissionKey {
  tenantId: string;
  transmissionId: string;
}

export type Operation = 'create' | 'edit' | 'inspect';

export const TRANSMISSION_STATUSES = [
  'open',
  'active',
  'transferred',
  'order_created',
  'closed',
  'cancelled',
  'expired',
] as const;
export type TransmissionStatus = (typeof TRANSMISSION_STATUSES)[number];

export type TransmissionStep = 'login' | 'transfer' | 'order' | 'logout' | 'cancel' | 'time';

/** All allowed status changes. No code outside this table changes a status. */
const STEPS: Record<TransmissionStep, { from: readonly TransmissionStatus[]; to: TransmissionStatus }> = {
  login: { from: ['open'], to: 'active' },
  transfer: { from: ['active'], to: 'transferred' },
  order: { from: ['transferred'], to: 'order_created' },
  logout: { from: ['open', 'active'], to: 'closed' },
  cancel: { from: ['open', 'active'], to: 'cancelled' },
  time: { from: ['open', 'active'], to: 'expired' },
};

/** Target and allowed start statuses of a step. */
export function stepOf(step: TransmissionStep): { from: readonly TransmissionStatus[]; to: TransmissionStatus } {
  return STEPS[step];
}

export function mayTake(step: TransmissionStep, status: TransmissionStatus): boolean {
  return STEPS[step].from.includes(status);
}

/** PunchFlow's name of a status. */
export function sessionStatusOf(status: TransmissionStatus): 'active' | 'completed' | 'cancelled' | 'expired' {
  switch (status) {
    case 'open':
    case 'active':
      return 'active';
    case 'transferred':
    case 'order_created':
      return 'completed';
    case 'closed':
    case 'cancelled':
      return 'cancelled';
    case 'expired':
      return 'expired';
  }
}

/** `{tenant}_{26 base-32 characters}`: contains its tenant, cannot be guessed (130 bits). */
const TRANSMISSION_ID = /^([a-z][a-z0-9]{2,15})_[a-z2-7]{26}$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export function newTransmissionId(tenantId: string): string {
  let text = '';
  for (const byte of randomBytes(26)) text += ALPHABET[byte & 31];
  return `${tenantId}_${text}`;
}

/** The key of an id from outside; undefined when it is malformed, which is answered like an unknown id. */
export function transmissionKeyOf(transmissionId: string): TransmissionKey | undefined {
  const match = TRANSMISSION_ID.exec(transmissionId);
  return match?.[1] === undefined ? undefined : { tenantId: match[1], transmissionId };
}

/**
 * The id without its tenant: short enough for OCI's EXT_QUOTE_ID (35 characters), and identifies the transmission of an
 * order.
 */
export function quoteIdOf({ tenantId, transmissionId }: TransmissionKey): string {
  return transmissionId.slice(tenantId.length + 1);
}
