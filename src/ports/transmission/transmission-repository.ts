import type { CartNotice, CartRef } from '../../domain/cart/cart.js';
import type { CustomerClone } from '../../domain/access/customer-clone.js';
import type { RestoredItem } from '../../domain/cart/restore-report.js';
import type { ShownAnswer, ShownCart } from '../../domain/cart/shown-cart.js';
import type { SentCart } from '../../domain/transmission/sent-cart.js';
import type { SoldLine } from '../../domain/cart/cart-total.js';
import type { PayloadSummary, TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { Refusal, Outcome } from '../../domain/error-codes.js';

/** Transmissions and their data. Every method is atomic and writes its audit row in the same statement. */
export interface TransmissionRepository {
  /**
   * Undefined: an open, unclaimed transmission of the same call-up exists (unique over `callUpDigest` while `open`),
   * and nothing was stored.
   */
  create(transmission: NewTransmission): Promise<Transmission | undefined>;

  find(key: TransmissionKey): Promise<Transmission | undefined>;

  /** By the digest of a claim cookie, in any state of the transmission. */
  findByClaim(claimDigest: string): Promise<Transmission | undefined>;

  /**
   * A tenant's cXML sessions with this BuyerCookie: the live ones, or else those transferred in the last 24 hours.
   * Returns at most two, which already is ambiguous (architecture.md section 5: a BuyerCookie is never a key).
   */
  findByBuyerCookie(tenantId: string, buyerCookie: string): Promise<Transmission[]>;

  /** The transmission of an earlier identical call-up that is still open and unclaimed (architecture.md decision 6). */
  findOpenByCallUp(tenantId: string, connectionId: string, callUpDigest: string): Promise<Transmission | undefined>;

  /**
   * open -> active for one browser, if the token matches, the link is valid and no other browser was first. Undefined:
   * nothing was changed; `find` tells why.
   */
  claim(key: TransmissionKey, claim: Claim): Promise<Transmission | undefined>;

  /**
   * Sets the opened cart. The first caller wins, and all callers get the winner's cart. A job clears the other carts
   * and those that come too late.
   */
  attachCart(key: TransmissionKey, cart: CartRef): Promise<Transmission | undefined>;

  /** Stores the account that the shop made for the transmission. Only the first one is kept. */
  attachClone(key: TransmissionKey, clone: CustomerClone): Promise<void>;

  /** Extends `expiresAt` of an active transmission, at most once a minute. */
  touch(key: TransmissionKey, idleMinutes: number): Promise<void>;

  /**
   * Runs a cart write alone among all processes and increases the cart revision before and after it. `cart` is the cart
   * when the lease begins.
   * `refused`: the transmission is not active (any more), so nothing was added.
   * `shownAfter` returns what the buyer sees of the cart after the write, and what they requested (`knownAfter`).
   * Without it, or if it returns undefined, what they knew before is cleared. A write that throws leaves it unchanged.
   */
  writeCart<T>(
    key: TracedKey,
    write: (cart: CartRef | undefined) => Promise<T>,
    shownAfter?: ShownAfter<T>,
  ): Promise<{ ok: true; value: T } | { ok: false; refused: 'not_active' | 'busy' }>;

  /**
   * active -> transferred, with payload, events and cart clean-up job, in one statement. `cart_changed`: the revision
   * changed after it was read. `not_active`: another request was first, or the session expired.
   */
  transfer(key: TracedKey, transfer: Transfer): Promise<'transferred' | 'cart_changed' | 'not_active'>;

  /**
   * open|active -> closed or cancelled, with the cart clean-up job. The same statement stores `payload` for a session
   * that is returned without changes. False: it was in neither state, and nothing was stored.
   */
  end(key: TransmissionKey, to: 'closed' | 'cancelled', actor: string, payload?: TransferPayload): Promise<boolean>;

  /**
   * Marks the requested lines of an edit or inspect as restored, once, with their results. Later calls change nothing.
   */
  markRestored(key: TransmissionKey, report: RestoredItem[]): Promise<void>;

  /** Stores the last seen content of a live cart. No effect once the session is over. */
  noteSummary(key: TransmissionKey, summary: PayloadSummary): Promise<void>;

  /**
   * Stores that the buyer saw the cart (`knownAfter`), and which notices of `noteUntold` they still have not seen. No
   * effect if the revision of the cart has changed or the session is over.
   */
  noteShown(key: TransmissionKey & { cartRevision: number }, shown: ShownCart): Promise<void>;

  /**
   * Stores that the buyer was asked about the cart's current differences (`knownWhenAsked`). No effect in the same
   * cases as above.
   */
  noteAsked(key: TransmissionKey & { cartRevision: number }, now: ShownCart): Promise<void>;

  /** Keeps notices that the shop gave to us and not to the buyer: it gives each notice once. */
  noteUntold(key: TransmissionKey, notices: readonly CartNotice[]): Promise<void>;

  /** What the buyer knows of the cart (undefined: nothing), and the notices that they have not seen. */
  findShown(key: TransmissionKey): Promise<{ shown: ShownCart | undefined; untold: CartNotice[] }>;

  findPayload(key: TransmissionKey): Promise<StoredPayload | undefined>;

  /** Returned once, within five minutes of the transfer. */
  takePayload(key: TransmissionKey): Promise<TransferPayload | undefined>;

  /** Writes an audit row for an event that changed no state (e.g. a refused second use of a link). */
  audit(key: TransmissionKey, event: string, details: Record<string, string>): Promise<void>;

  /** Moves up to `limit` transmissions past their time to `expired`, with the cart clean-up job. Returns how many. */
  expireDue(limit: number): Promise<number>;
}

/** With the trace that the work belongs to. */
type TracedKey = TransmissionKey & Pick<Transmission, 'traceParent'>;

/** `as_before`: the write did not change the lines. Undefined: unknown. */
export type ShownAfter<T> = (written: T) => ShownAnswer | 'as_before' | undefined;

export interface NewTransmission extends Pick<
  Transmission,
  | 'tenantId'
  | 'transmissionId'
  | 'connectionId'
  | 'protocol'
  | 'operation'
  | 'request'
  | 'buyerCookie'
  | 'returnUrl'
  | 'tokenDigest'
  | 'traceParent'
> {
  /** SHA-256 over payloadID and bytes of the call-up. Undefined if repeats cannot be recognised. */
  callUpDigest?: string;
  startLinkSeconds: number;
  idleMinutes: number;
  absoluteMinutes: number;
  /** The test punchout that it belongs to. */
  testId?: string | undefined;
  /** Excluded from statistics: no buyer is involved (OCI VALIDATE, BACKGROUND_SEARCH). */
  uncounted?: true;
}

export interface Claim {
  /** Undefined only for transmissions that were created without a token. */
  tokenDigest?: string;
  claimDigest: string;
  idleMinutes: number;
}

export interface Transfer {
  cartRevision: number;
  payload: TransferPayload;
  /**
   * Content mark of the cart that was read: the cart is deleted only if it still matches. Absent: it is always deleted.
   */
  contentMark?: string;
  /** Kept with the payload, unless it is too large (`keptCartText`). */
  sent?: SentCart;
  /** Sold lines for the statistics. Absent: none. */
  lines?: SoldLine[];
  /** Excluded from statistics: nothing was sold. */
  uncounted?: true;
}

/** How long a payload may be shown again after its commit. */
export const PRESENTABLE_MS = 24 * 60 * 60_000;

export interface StoredPayload {
  payload: TransferPayload;
  storedAt: Date;
  /** False after PRESENTABLE_MS, by the clock of the database. */
  presentable: boolean;
}

/** Writes a cart in the buyer's protocol, before the commit. No other encoding happens inside a use case. */
export interface CartEncoder {
  encode(event: ConnectorTransferEvent): { ok: true; value: TransferPayload } | { ok: false; refusal: Refusal };
}

/**
 * The only handler of a ConnectorTransferEvent that returns an answer (connector session). `encode` gives the default
 * payload.
 */
export type TransferHandler = (
  event: ConnectorTransferEvent,
  encode: () => Outcome<TransferPayload>,
) => Promise<Outcome<TransferPayload>> | Outcome<TransferPayload>;
