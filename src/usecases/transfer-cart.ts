import type { Connection } from '../domain/connection.js';
import type { ConnectorEvents, ConnectorTransferEvent } from '../domain/connector-event.js';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';
import { returnUrlFault } from '../domain/return-url.js';
import { soldLines } from '../domain/sold-line.js';
import type { TransferPayload } from '../domain/transfer-payload.js';
import type { Transmission } from '../domain/transmission.js';
import type { CartEncoder } from '../ports/cart-encoder.js';
import type { Store } from '../ports/store.js';
import type { TransferHandler } from '../ports/transfer-handler.js';
import type { TransmissionRepository } from '../ports/transmission-repository.js';
import { readyCart } from './ready-cart.js';
import { type ReturnAddressDeps, returnUrlRules } from './return-addresses.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
  store: Store;
  encoder: CartEncoder;
  /** The mounting app's own handler; the encoder writes the cart where there is none. */
  transferHandler: TransferHandler | undefined;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

export interface TransferCommand {
  transmission: Transmission;
  connection: Connection;
  /** The buyer said yes to sending an emptied cart back from an edit session: it deletes his lines. */
  emptyConfirmed: boolean;
  /** Nobody bought anything: the figures leave it out. */
  uncounted?: true;
}

/** How long a cart that is written to meanwhile is read again; a request has 3 s for everything (P5). */
const READ_AGAIN_MS = 1_000;

/**
 * Reads the cart once, encodes it, commits payload and state together, and only then answers.
 * A cart that changed between reading and commit is read again; a failure before the commit leaves everything as it was.
 */
export function transferCart(deps: Deps): (command: TransferCommand) => Promise<Outcome<TransferPayload>> {
  const ready = readyCart(deps);
  return async ({ connection, emptyConfirmed, uncounted, ...command }) => {
    let { transmission } = command;
    const fault = returnUrlFault(transmission.returnUrl, returnUrlRules(deps, connection, transmission.protocol));
    if (fault !== undefined) return refuse('RETURN_URL_REFUSED');

    // Lines that are not restored yet must not look like lines that the buyer removed.
    transmission = await ready(transmission);
    const giveUpAt = performance.now() + READ_AGAIN_MS;
    do {
      if (transmission.cart === undefined) return refuse('NO_SESSION');
      const cart = await deps.store.readCart(transmission.cart);
      if (cart.lines.length === 0 && transmission.operation === 'edit' && !emptyConfirmed) return refuse('CART_EMPTY');
      const event: ConnectorTransferEvent = { transmission, connection, cart };
      const encode = (): Outcome<TransferPayload> => deps.encoder.encode(event);
      const encoded = await (deps.transferHandler === undefined ? encode() : deps.transferHandler(event, encode));
      if (!encoded.ok) return encoded;

      const committed = await deps.transmissions.transfer(transmission, { cartRevision: transmission.cartRevision, payload: encoded.value, contentMark: cart.contentMark, lines: encoded.value.summary.linesCount === 0 ? [] : soldLines(cart), ...(uncounted === true ? { uncounted } : {}) });
      if (committed === 'transferred') {
        deps.emit('transfer', { transmission, payload: encoded.value });
        return accept(encoded.value);
      }
      const now = await deps.transmissions.find(transmission);
      if (now === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (committed === 'not_active') return presented(deps, now);
      transmission = now;
    } while (performance.now() < giveUpAt);
    return refuse('CART_CHANGING');
  };
}

/** Somebody was first: the stored bytes again, or why there are none. */
async function presented(deps: Deps, transmission: Transmission): Promise<Outcome<TransferPayload>> {
  const stored = await deps.transmissions.findPayload(transmission);
  if (stored?.presentable === true) return accept(stored.payload);
  return refuse(transmission.status === 'expired' ? 'SESSION_EXPIRED' : 'NO_SESSION');
}
