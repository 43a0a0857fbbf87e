import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Connection } from '../../domain/access/connection.js';
import { returnUrlFault } from '../../domain/access/return-url.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { type ReturnAddressDeps, returnUrlRules } from './return-addresses.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
}

/** Shows a stored payload again, byte for byte, to the browser that holds the claim (for 24 hours). */
export function presentPayload(deps: Deps): (transmission: Transmission, connection: Connection) => Promise<Outcome<TransferPayload>> {
  return async (transmission, connection) => {
    const stored = await deps.transmissions.findPayload(transmission);
    if (stored === undefined) return refuse('NO_SESSION');
    if (!stored.presentable) return refuse('SESSION_TRANSFERRED');
    if (returnUrlFault(transmission.returnUrl, returnUrlRules(deps, connection, transmission.protocol)) !== undefined) return refuse('RETURN_URL_REFUSED');
    return accept(stored.payload);
  };
}
