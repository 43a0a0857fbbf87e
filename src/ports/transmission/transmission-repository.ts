import type { CartNotice, CartRef } from '../../domain/cart/cart.js';
import type { CustomerClone } from '../../domain/access/customer-clone.js';
import type { RestoredItem } from '../../domain/cart/restore-report.js';
import type { ShownAnswer, ShownCart } from '../../domain/cart/shown-cart.js';
import type { SoldLine } from '../../domain/cart/sold-line.js';
import type { PayloadSummary, TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { Refusal, Outcome } from '../../domain/error-codes.js';

/** Transmissions and what hangs on them. Every verb is atomic, and writes its audit row in the same statement. */
export interface TransmissionRepository {
  /** Undefined: an open, unclaimed transmission of the same call-up exists (unique over `callUpDigest` while `open`); nothing was stored. */
  create(transmission: NewTransmission): Promise<Transmission | undefined>;

  find(key: TransmissionKey): Promise<Transmission | undefined>;

  /** By the digest of a claim cookie, whatever became of the transmission. */
  findByClaim(claimDigest: string): Promise<Transmission | undefined>;

  /**
   * Of a tenant's cXML sessions with this BuyerCookie: the live ones, else those transferred in the last 24 hours; two at most, which is
   * one too many (architecture.md section 5: a BuyerCookie is never a key).
   */
  findByBuyerCookie(tenantId: string, buyerCookie: string): Promise<Transmission[]>;

  /** The transmission of an earlier identical call-up that is still open and unclaimed (architecture.md decision 6). */
  findOpenByCallUp(tenantId: string, connectionId: string, callUpDigest: string): Promise<Transmission | undefined>;

  /**
   * open -> active for one browser, if the token fits, the link is alive and nobody was first.
   * Undefined: nothing was changed; `find` tells why.
   */
  claim(key: TransmissionKey, claim: Claim): Promise<Transmission | undefined>;

  /** Sets the cart once it was opened; the first caller wins and both get the winner's. The cart of whoever lost, or came too late, is cleared by a job. */
  attachCart(key: TransmissionKey, cart: CartRef): Promise<Transmission | undefined>;

  /** Remembers the account that the shop made for it; the first one counts. */
  attachClone(key: TransmissionKey, clone: CustomerClone): Promise<void>;

  /** Slides `expiresAt` of an active transmission, at most once a minute. */
  touch(key: TransmissionKey, idleMinutes: number): Promise<void>;

  /**
   * Runs a cart write alone among all processes, with the cart revision advanced around it. `cart` is where the cart
   * lives as of the lease.
   * `refused`: the transmission is not active (any more), nothing may count as added.
   * `shownAfter` says what the buyer sees of the cart after the write, and what they asked for (`knownAfter`). Without
   * it, or where it returns undefined, what they knew before is forgotten. A write that throws leaves it as it was.
   */
  writeCart<T>(
    key: TransmissionKey,
    write: (cart: CartRef | undefined) => Promise<T>,
    shownAfter?: ShownAfter<T>,
  ): Promise<{ ok: true; value: T } | { ok: false; refused: 'not_active' | 'busy' }>;

  /**
   * active -> transferred, with payload, events and cart clean-up job, in one statement.
   * `cart_changed`: the revision moved since it was read. `not_active`: somebody else was first, or time is over.
   */
  transfer(key: TransmissionKey, transfer: Transfer): Promise<'transferred' | 'cart_changed' | 'not_active'>;

  /**
   * open|active -> closed or cancelled, with the cart clean-up job; `payload` is stored by the same statement, for a session that is
   * returned without changes. False: it was in neither state, and nothing was stored.
   */
  end(key: TransmissionKey, to: 'closed' | 'cancelled', actor: string, payload?: TransferPayload): Promise<boolean>;

  /** Marks the asked-for lines of an edit or inspect as restored, once, with what became of them; a later call changes nothing. */
  markRestored(key: TransmissionKey, report: RestoredItem[]): Promise<void>;

  /** Remembers what a live cart held when somebody looked; without effect once the session is over. */
  noteSummary(key: TransmissionKey, summary: PayloadSummary): Promise<void>;

  /**
   * Notes that the buyer looked at the cart (`knownAfter`), and which notices kept by `noteUntold` they still do not
   * know. No effect if the revision of the cart has changed, or the session is over.
   */
  noteShown(key: TransmissionKey & { cartRevision: number }, shown: ShownCart): Promise<void>;

  /** Notes that the buyer was asked about what is different in the cart now (`knownWhenAsked`). No effect as above. */
  noteAsked(key: TransmissionKey & { cartRevision: number }, now: ShownCart): Promise<void>;

  /** Keeps notices that the shop gave to us, not to the buyer: it does not give them again. */
  noteUntold(key: TransmissionKey, notices: readonly CartNotice[]): Promise<void>;

  /** What the buyer knows of the cart (undefined: nothing is known), and the notices that they have not been told. */
  findShown(key: TransmissionKey): Promise<{ shown: ShownCart | undefined; untold: CartNotice[] }>;

  findPayload(key: TransmissionKey): Promise<StoredPayload | undefined>;

  /** A payload of the last five minutes, to the first who asks in this way, and to nobody after him. */
  takePayload(key: TransmissionKey): Promise<TransferPayload | undefined>;

  /** Writes an audit row for something that changed no state (a refused second use of a link, say). */
  audit(key: TransmissionKey, event: string, details: Record<string, string>): Promise<void>;

  /** Moves up to `limit` transmissions whose time is over to `expired`, with the cart clean-up job. Returns how many. */
  expireDue(limit: number): Promise<number>;
}

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
> {
  /** SHA-256 over payloadID and bytes of the call-up; undefined where a repeat cannot be told. */
  callUpDigest?: string;
  startLinkSeconds: number;
  idleMinutes: number;
  absoluteMinutes: number;
  /** Nobody shops (OCI VALIDATE, BACKGROUND_SEARCH): the figures leave it out. */
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
  /** Content mark of the cart that was read: it is deleted only if it still holds. Absent: it is deleted whatever it holds. */
  contentMark?: string;
  /** What the cart sold, for the figures; absent: nothing. */
  lines?: SoldLine[];
  /** Nothing was sold: the figures leave it out. */
  uncounted?: true;
}

/** How long a payload may be shown again after its commit. */
export const PRESENTABLE_MS = 24 * 60 * 60_000;

export interface StoredPayload {
  payload: TransferPayload;
  storedAt: Date;
  /** False once PRESENTABLE_MS have passed, by the clock of the database. */
  presentable: boolean;
}

/** Writes a cart in the buyer's protocol; the one encoding that happens inside a use case, before the commit. */
export interface CartEncoder {
  encode(event: ConnectorTransferEvent): { ok: true; value: TransferPayload } | { ok: false; refusal: Refusal };
}

/**
 * The one answering handler of a ConnectorTransferEvent (connector session); `encode` is what would have been sent
 * without it.
 */
export type TransferHandler = (
  event: ConnectorTransferEvent,
  encode: () => Outcome<TransferPayload>,
) => Promise<Outcome<TransferPayload>> | Outcome<TransferPayload>;
