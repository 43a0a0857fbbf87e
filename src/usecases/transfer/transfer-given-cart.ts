import type { Cart } from '../../domain/cart/cart.js';
import type { Connection } from '../../domain/access/connection.js';
import { digestOf, newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { transmissionKeyOf, type Transmission } from '../../domain/transmission/transmission.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { emptyCart } from './return-unchanged.js';
import type { GivenDocument, TransferCommand } from './transfer-cart.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'find' | 'findByBuyerCookie' | 'claim'>;
  connections: Pick<ConnectionRepository, 'find'>;
  transfer: (command: TransferCommand) => Promise<Outcome<TransferPayload>>;
}

/** A cart that a shop built itself (PunchOut Session API). */
export interface GivenCart {
  /** `unchanged`: the session ends, and the buyer's system keeps its cart. */
  cart:
    | (Pick<Cart, 'currency' | 'lines' | 'shipping' | 'tax' | 'quoteStatus' | 'operationAllowed' | 'shipTo'> & {
        language?: string;
      })
    | 'unchanged';
  /** The protocol of the document, and the parts of it that `cart` does not hold. */
  source: GivenDocument['source'];
  /** BuyerCookie of the received document; empty if its protocol has none. */
  buyerCookie: string;
  /** SHA-256 (hex) of the received document. A repeat gets the same answer, another document is refused. */
  digest: string;
}

/** Owner of the cart: the browser's own session, or the session that the API key's owner names. */
export type Claimant = { transmission: Transmission } | { tenantId: string; sessionId?: string };

export interface GivenTransfer {
  payload: TransferPayload;
  transmission: Transmission;
  connection: Connection;
}

/**
 * Transfers a given cart by the same rule as a store's cart: state and payload in one statement, one payload per
 * transmission, and the same answer for the same document. The key first claims an open transmission whose buyer shops
 * elsewhere. Refuses with TRANSMISSION_NOT_FOUND, SESSION_AMBIGUOUS (no or several live sessions with this
 * BuyerCookie), SESSION_EXPIRED, SESSION_TRANSFERRED and ORDER_CREATED (with another cart), SESSION_CANCELLED,
 * SESSION_CLOSED, READ_ONLY_SESSION, and the refusals of a transfer.
 */
export function transferGivenCart(
  deps: Deps,
): (claimant: Claimant, given: GivenCart) => Promise<Outcome<GivenTransfer>> {
  return async (claimant, given) => {
    const found = await transmissionOf(deps, claimant, given.buyerCookie);
    if (!found.ok) return found;
    let transmission = found.value;
    const connection = await deps.connections.find(transmission.tenantId, transmission.connectionId);
    if (connection === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    const { transmissionId } = transmission;
    const [own, sent] = [transmission.buyerCookie.trim(), given.buyerCookie.trim()];
    if (own !== '' && sent !== '' && own !== sent) {
      return refuse('INVALID_REQUEST', "BuyerCookie differs from the session's: return the one of the setup request.", {
        session_id: transmissionId,
        field: 'BuyerCookie',
      });
    }
    if (transmission.operation === 'inspect' && given.cart !== 'unchanged')
      return refuse('READ_ONLY_SESSION', undefined, { session_id: transmissionId });
    switch (transmission.status) {
      case 'expired':
        return refuse('SESSION_EXPIRED', undefined, {
          session_id: transmissionId,
          expired_at: transmission.expiresAt.toISOString(),
        });
      case 'cancelled':
        return refuse('SESSION_CANCELLED', undefined, { session_id: transmissionId });
      case 'closed':
        return refuse('SESSION_CLOSED', undefined, { session_id: transmissionId });
      case 'open': {
        const claim = {
          claimDigest: digestOf(newSecret()),
          idleMinutes: connection.settings.idleMinutes,
          tokenDigest: transmission.tokenDigest,
        };
        const claimed =
          (await deps.transmissions.claim(transmission, claim)) ?? (await deps.transmissions.find(transmission));
        if (claimed === undefined || claimed.status === 'open' || claimed.status === 'expired')
          return refuse(
            'SESSION_EXPIRED',
            'The start link of this session has run out: the buyer opens the shop again from the procurement system.',
            { session_id: transmissionId, expired_at: transmission.startExpiresAt.toISOString() },
          );
        transmission = claimed;
        break;
      }
      default:
    }
    const { cart, digest, source } = given;
    const document: GivenDocument =
      cart === 'unchanged'
        ? { cart: emptyCart(transmission, connection), digest, source, unchanged: true }
        : {
            cart: {
              ...cart,
              cartId: transmissionId,
              contentMark: '',
              language: cart.language ?? transmission.request.language ?? connection.settings.language,
            },
            digest,
            source,
          };
    const payload = await deps.transfer({
      transmission,
      connection: withCustomFields(connection),
      emptyConfirmed: true,
      given: document,
      uncounted: document.unchanged,
    });
    return payload.ok ? accept({ payload: payload.value, transmission, connection }) : payload;
  };
}

async function transmissionOf(
  { transmissions }: Deps,
  claimant: Claimant,
  buyerCookie: string,
): Promise<Outcome<Transmission>> {
  if ('transmission' in claimant) return accept(claimant.transmission);
  const { tenantId, sessionId } = claimant;
  if (sessionId !== undefined) {
    const transmission =
      transmissionKeyOf(sessionId) === undefined
        ? undefined
        : await transmissions.find({ tenantId, transmissionId: sessionId });
    return transmission === undefined ? refuse('TRANSMISSION_NOT_FOUND') : accept(transmission);
  }
  // An empty or blank BuyerCookie identifies no session.
  const [only, ...others] =
    buyerCookie.trim() === '' ? [] : await transmissions.findByBuyerCookie(tenantId, buyerCookie);
  if (only !== undefined && others.length === 0) return accept(only);
  return refuse(
    'SESSION_AMBIGUOUS',
    only === undefined
      ? 'No live session has this BuyerCookie; name one with session_id.'
      : 'Several live sessions have this BuyerCookie; name one with session_id.',
    { field: 'session_id' },
  );
}

/**
 * The shop's own Extrinsics of its lines go to the buyer, whatever the connection's setting for a store's custom
 * fields.
 */
export function withCustomFields(connection: Connection): Connection {
  const { settings } = connection;
  return { ...connection, settings: { ...settings, cxml: { ...settings.cxml, customFieldsAsExtrinsics: true } } };
}
