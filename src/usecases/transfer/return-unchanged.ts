import type { Connection } from '../../domain/access/connection.js';
import type { ConnectorEvents, ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type {
  CartEncoder,
  TransferHandler,
  TransmissionRepository,
} from '../../ports/transmission/transmission-repository.js';
import { type ReturnAddressDeps, returnUrlRefusal } from './return-addresses.js';
import type { Cart } from '../../domain/cart/cart.js';

interface Deps extends ReturnAddressDeps {
  transmissions: Pick<TransmissionRepository, 'end' | 'findPayload'>;
  encoder: CartEncoder;
  transferHandler: TransferHandler | undefined;
  emit<Name extends keyof ConnectorEvents>(name: Name, event: ConnectorEvents[Name]): void;
}

/**
 * Ends a session so that the buyer's system keeps its cart: a message without lines (cXML: Status 204, cxml.md 7; OCI:
 * a form without items, oci.md 8.10). It is stored with the end in one statement and can be shown again like a
 * transfer. The shop is not involved: a buyer can always leave.
 */
export function returnUnchanged(
  deps: Deps,
): (session: { transmission: Transmission; connection: Connection }) => Promise<Outcome<TransferPayload>> {
  return async ({ transmission, connection }) => {
    const { protocol, returnUrl } = transmission;
    const refused = returnUrlRefusal(deps, { connection, protocol, url: returnUrl });
    if (refused !== undefined) return refused;
    const event: ConnectorTransferEvent = {
      transmission,
      connection,
      cart: emptyCart(transmission, connection),
      unchanged: true,
    };
    const encode = (): Outcome<TransferPayload> => deps.encoder.encode(event);
    const encoded = await (deps.transferHandler === undefined ? encode() : deps.transferHandler(event, encode));
    if (!encoded.ok) return encoded;
    if (await deps.transmissions.end(transmission, 'closed', 'buyer', encoded.value)) {
      deps.emit('logout', { transmission });
      return encoded;
    }
    const stored = await deps.transmissions.findPayload(transmission);
    return stored?.presentable === true ? accept(stored.payload) : refuse('NO_SESSION');
  };
}

/** Currency if neither the call-up nor the connection names one; nothing is priced in it. */
const NO_CURRENCY = 'EUR';

/** The cart of a session that ends without changes: no lines, in the currency and language of the session. */
export function emptyCart({ transmissionId, request, lastSummary }: Transmission, { settings }: Connection): Cart {
  return {
    cartId: transmissionId,
    contentMark: '',
    currency: lastSummary?.currency ?? request.currency ?? settings.currency ?? NO_CURRENCY,
    language: request.language ?? settings.language,
    lines: [],
  };
}
