import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Connection } from '../../domain/access/connection.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import {
  PRESENTABLE_MS,
  type StoredPayload,
  type TransmissionRepository,
} from '../../ports/transmission/transmission-repository.js';
import { type ReturnAddressDeps, returnUrlRefusal } from './return-addresses.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
}

type Of<T> = (transmission: Transmission, connection: Connection) => Promise<T>;

/** Shows a stored payload again, byte for byte, to the browser that holds the claim (for 24 hours). */
export function presentPayload(deps: Deps): Of<Outcome<TransferPayload>> {
  const presentable = presentablePayload(deps);
  return async (transmission, connection) => {
    const stored = await presentable(transmission, connection);
    return stored.ok ? accept(stored.value.payload) : stored;
  };
}

/**
 * Until when the buyer may send the same payload again. Undefined if nothing was sent, the time is over, or the
 * purchase order has arrived.
 */
export function resendableUntil(deps: Deps): Of<Date | undefined> {
  const presentable = presentablePayload(deps);
  return async (transmission, connection) => {
    if (transmission.status !== 'transferred' && transmission.status !== 'closed') return undefined;
    const stored = await presentable(transmission, connection);
    return stored.ok ? new Date(stored.value.storedAt.getTime() + PRESENTABLE_MS) : undefined;
  };
}

function presentablePayload(deps: Deps): Of<Outcome<StoredPayload>> {
  return async (transmission, connection) => {
    const stored = await deps.transmissions.findPayload(transmission);
    if (stored === undefined) return refuse('NO_SESSION');
    if (!stored.presentable) return refuse('SESSION_TRANSFERRED');
    const { protocol, returnUrl } = transmission;
    const refused = returnUrlRefusal(deps, { connection, protocol, url: returnUrl });
    if (refused !== undefined) return refused;
    return accept(stored);
  };
}
