import { createHmac } from 'node:crypto';
import { sameDigest } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { transmissionKeyOf } from '../../domain/transmission/transmission-id.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { presentPayload } from './present-payload.js';
import type { ReturnAddressDeps } from './return-addresses.js';
import type { GivenTransfer } from './transfer-given-cart.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
  connections: Pick<ConnectionRepository, 'find'>;
  /** Signs the tokens of the addresses. */
  tokenKey: string;
}

export interface ReturnPages {
  tokenFor(transmissionId: string): string;
  /** The payload again, to whoever was handed its address; for as long as it may be shown. */
  open(transmissionId: string, token: string | undefined): Promise<Outcome<GivenTransfer>>;
}

/** Pages that carry a cart to the buyer without the cookie of a session: their address is the capability. */
export function returnPages(deps: Deps): ReturnPages {
  const present = presentPayload(deps);
  const tokenFor = (transmissionId: string): string => createHmac('sha256', deps.tokenKey).update(`return:${transmissionId}`).digest('base64url');
  return {
    tokenFor,
    async open(transmissionId, token) {
      const key = transmissionKeyOf(transmissionId);
      if (key === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (token === undefined || !sameDigest(token, tokenFor(transmissionId))) return refuse('START_TOKEN_INVALID');
      const transmission = await deps.transmissions.find(key);
      const connection = transmission === undefined ? undefined : await deps.connections.find(transmission.tenantId, transmission.connectionId);
      if (transmission === undefined || connection === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      const payload = await present(transmission, connection);
      return payload.ok ? accept({ payload: payload.value, transmission, connection }) : payload;
    },
  };
}
