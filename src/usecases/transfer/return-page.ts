import { createHmac } from 'node:crypto';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { transmissionKeyOf } from '../../domain/transmission/transmission.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { presentPayload } from './present-payload.js';
import type { ReturnAddressDeps } from './return-addresses.js';
import type { GivenTransfer } from './transfer-given-cart.js';
import { sameDigest } from '../../domain/digest.js';

interface Deps extends ReturnAddressDeps {
  transmissions: TransmissionRepository;
  connections: Pick<ConnectionRepository, 'find'>;
  /** Keys for the tokens in page addresses: the first signs, all are accepted. */
  tokenKeys: readonly string[];
}

interface ReturnPages {
  tokenFor(transmissionId: string): string;
  /** Returns the payload again to anyone with its address, as long as it may be shown. */
  open(transmissionId: string, token: string | undefined): Promise<Outcome<GivenTransfer>>;
}

/** Pages that carry a cart to the buyer without a session cookie: the address itself grants access. */
export function returnPages(deps: Deps): ReturnPages {
  const present = presentPayload(deps);
  const tokens = pageTokens(deps.tokenKeys, 'return');
  return {
    tokenFor: tokens.tokenFor,
    async open(transmissionId, token) {
      const key = transmissionKeyOf(transmissionId);
      if (key === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      if (!tokens.fits(token, transmissionId)) return refuse('START_TOKEN_INVALID');
      const transmission = await deps.transmissions.find(key);
      const connection =
        transmission === undefined
          ? undefined
          : await deps.connections.find(transmission.tenantId, transmission.connectionId);
      if (transmission === undefined || connection === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      const payload = await present(transmission, connection);
      return payload.ok ? accept({ payload: payload.value, transmission, connection }) : payload;
    },
  };
}

/** Tokens in the addresses of pages that open without a session. */
interface PageTokens {
  tokenFor(transmissionId: string): string;
  fits(token: string | undefined, transmissionId: string): boolean;
}

/**
 * The first of `keys` signs, all verify: a page address from before a key rotation still opens. Tokens of one `purpose`
 * are not valid for the other.
 */
export function pageTokens(keys: readonly string[], purpose: 'return' | 'answer'): PageTokens {
  const [newest] = keys;
  if (newest === undefined) throw new TypeError('tokens of pages need a key');
  const signed = (key: string, transmissionId: string): string =>
    createHmac('sha256', key).update(`${purpose}:${transmissionId}`).digest('base64url');
  return {
    tokenFor: (transmissionId) => signed(newest, transmissionId),
    fits: (token, transmissionId) =>
      token !== undefined && keys.some((key) => sameDigest(token, signed(key, transmissionId))),
  };
}
