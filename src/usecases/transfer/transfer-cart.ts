import type { Cart } from '../../domain/cart/cart.js';
import type { Connection } from '../../domain/access/connection.js';
import type { ConnectorEvents, ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { giveWay, isLargeCart } from '../../domain/give-way.js';
import { questionOf, shownCartOf } from '../../domain/cart/shown-cart.js';
import { soldLines } from '../../domain/cart/cart-total.js';
import { sentCartOf } from '../../domain/transmission/sent-cart.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { PROTOCOL_RULES } from '../../domain/transmission/protocol-rules.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { CategoryNumbers } from '../../ports/store/store-extras.js';
import type {
  CartEncoder,
  TransferHandler,
  TransmissionRepository,
} from '../../ports/transmission/transmission-repository.js';
import type { CartKnowledge, Store } from '../../ports/store/store.js';
import { readyCart } from '../punchout/ready-cart.js';
import { readCartToSend } from './read-cart-to-send.js';
import { type ReturnAddressDeps, returnUrlRefusal } from './return-addresses.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
  store: Store;
  encoder: CartEncoder;
  categoryNumbers: CategoryNumbers;
  /** Handler of the mounting app. Without it the encoder writes the cart. */
  transferHandler: TransferHandler | undefined;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

/** A cart that the shop posted as a document. */
export interface GivenDocument {
  cart: Cart;
  digest: string;
  source: NonNullable<ConnectorTransferEvent['given']>;
  /** The document reports no changes (Status 204); `cart` is empty. */
  unchanged?: true;
}

export interface TransferCommand {
  transmission: Transmission;
  connection: Connection;
  /** The buyer confirmed that an emptied cart is sent from an edit session: it deletes their lines. */
  emptyConfirmed: boolean;
  /** The `confirm` of the changed cart (`ChangedCart`) that the buyer agreed to; true if there is no buyer to ask. */
  changesConfirmed?: string | true;
  /** Excluded from statistics: no buyer was involved. */
  uncounted?: true;
  /** Same as `CartKnowledge.untouched`. */
  untouched?: true;
  /** Replaces the store's cart: a cart from the request, with the digest of its document. */
  given?: GivenDocument;
}

/**
 * How long a cart is read again while others write to it. Longer than one write of a real shop (1.2 s). The whole
 * request has 3 s (P5).
 */
const READ_AGAIN_MS = 2_000;

/**
 * Reads the cart once, encodes it, commits payload and state together, and only then answers. If the shop itself
 * changed the cart, the transfer is refused (CART_CHANGED) until the buyer has confirmed the shown changes. A cart that
 * changed between reading and commit is read again. A failure before the commit changes nothing.
 */
export function transferCart(deps: Deps): (command: TransferCommand) => Promise<Outcome<TransferPayload>> {
  const ready = readyCart(deps);
  const read = readCartToSend(deps);
  return async ({ connection, emptyConfirmed, changesConfirmed, uncounted, untouched, given, ...command }) => {
    let { transmission } = command;
    const { protocol, returnUrl } = transmission;
    const refused = returnUrlRefusal(deps, { connection, protocol, url: returnUrl });
    if (refused !== undefined) return refused;

    const isTest = deps.testReturns?.testOf(connection, returnUrl) !== undefined;
    // Lines that are not restored yet must not look like lines that the buyer removed.
    if (given === undefined) transmission = await ready(transmission);
    const giveUpAt = performance.now() + READ_AGAIN_MS;
    let known: CartKnowledge = { untouched };
    do {
      if (given === undefined && transmission.cart === undefined) return refuse('NO_SESSION');
      const cart = given?.cart ?? (await read(transmission, known));
      const isLarge = isLargeCart(cart.lines.length);
      if (isLarge) await giveWay();
      // A shop that posts its own cart is responsible for its content.
      const changed = given !== undefined || changesConfirmed === true ? undefined : questionOf(cart, changesConfirmed);
      if (changed !== undefined) {
        await deps.transmissions.noteAsked(transmission, shownCartOf(cart));
        return { ok: false, refusal: { code: 'CART_CHANGED', changed } };
      }
      if (cart.lines.length === 0 && transmission.operation === 'edit' && !emptyConfirmed) return refuse('CART_EMPTY');
      const event: ConnectorTransferEvent = {
        transmission,
        connection,
        cart,
        unchanged: given?.unchanged,
        given: given?.source,
        ...(await categoryNumbersOf(deps.categoryNumbers, transmission, cart)),
      };
      const encode = (): Outcome<TransferPayload> => deps.encoder.encode(event);
      const encoded = await (deps.transferHandler === undefined ? encode() : deps.transferHandler(event, encode));
      if (!encoded.ok) return encoded;
      if (isLarge) await giveWay();
      const payload = given === undefined ? encoded.value : { ...encoded.value, sourceDigest: given.digest };

      const committed = await deps.transmissions.transfer(transmission, {
        cartRevision: transmission.cartRevision,
        payload,
        contentMark: given === undefined ? cart.contentMark : undefined,
        sent: payload.unchanged === true ? undefined : sentCartOf(payload.payloadId, event),
        lines: payload.summary.linesCount === 0 ? [] : soldLines(cart),
        uncounted: isTest ? true : uncounted,
      });
      if (committed === 'transferred') {
        deps.emit('transfer', { transmission, payload });
        return accept(payload);
      }
      const now = await deps.transmissions.find(transmission);
      if (now === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (committed === 'not_active') return presented(deps, now, given?.digest);
      transmission = now;
      known = {};
    } while (performance.now() < giveUpAt);
    return refuse('CART_CHANGING');
  };
}

/** A middleware identifies categories by integers (custom store integration). */
async function categoryNumbersOf(
  numbers: CategoryNumbers,
  { protocol, tenantId }: Transmission,
  { lines }: Cart,
): Promise<Pick<ConnectorTransferEvent, 'categoryNumbers'>> {
  if (!PROTOCOL_RULES[protocol].isMiddleware) return {};
  return {
    categoryNumbers: await numbers.numbersOf(
      tenantId,
      lines.flatMap(({ categoryIds = [] }) => categoryIds),
    ),
  };
}

/**
 * Another transfer was first: returns the stored bytes, or why there are none. A given cart that differs from the
 * stored one is refused.
 */
async function presented(
  deps: Deps,
  transmission: Transmission,
  digest: string | undefined,
): Promise<Outcome<TransferPayload>> {
  const stored = await deps.transmissions.findPayload(transmission);
  if (stored !== undefined && digest !== undefined && stored.payload.sourceDigest !== digest)
    return refuse(transmission.status === 'order_created' ? 'ORDER_CREATED' : 'SESSION_TRANSFERRED', undefined, {
      session_id: transmission.transmissionId,
    });
  if (stored?.presentable === true) return accept(stored.payload);
  return refuse(transmission.status === 'expired' ? 'SESSION_EXPIRED' : 'NO_SESSION');
}
