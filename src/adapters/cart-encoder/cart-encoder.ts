import { randomBytes } from 'node:crypto';
import type { CartEncoder } from '../../ports/transmission/transmission-repository.js';
import { preflightRefusal, prepareCart, type PreparedCart, sendsNoLines } from './prepare-cart.js';
import {
  type NotCarried,
  noteNotCarried,
  type PreflightFinding,
  type TransferPayload,
} from '../../domain/transmission/transfer-payload.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import { newPayloadId } from '../../protocols/cxml/write/document-start.js';
import { CART_PROTOCOLS } from '../../protocols/cart-protocols.js';
import { writerSettings } from '../../protocols/mapping/apply-mapping.js';
import { notCarriedBy } from './not-carried.js';

/**
 * Maps, checks and writes a cart for its buyer. `publicUrl` provides the host in payloadIDs. Refuses a cart that the
 * buyer's platform would refuse or lose.
 */
export function cartEncoder(publicUrl: string): CartEncoder {
  const host = new URL(publicUrl).hostname;
  return {
    encode(event) {
      const prepared = prepareCart(event);
      if (!prepared.ok) return prepared;
      return preflightRefusal(prepared.value.findings) ?? writePayload(event, prepared.value, host);
    },
  };
}

/**
 * Picks the codec by the transmission's protocol; findings are stored together with the payload. `host` is the host in
 * payloadIDs.
 */
export function writePayload(
  came: ConnectorTransferEvent,
  { cart, findings }: PreparedCart,
  host: string,
): Outcome<TransferPayload> {
  const { transmission, connection, unchanged, categoryNumbers, given } = came;
  const now = new Date();
  const payloadId = newPayloadId(host, now, randomBytes(9).toString('base64url'));
  const forWriter = { ...connection, settings: writerSettings(connection) };
  const event = { transmission, connection: forWriter, cart, unchanged, categoryNumbers, given };
  const written = CART_PROTOCOLS[transmission.protocol].encode(event, payloadId, now);
  if (!written.ok) return written;
  const notCarried = notCarriedBy(came, cart, written.value);
  for (const entry of written.value.notCarried ?? []) noteNotCarried(notCarried, entry);
  const told = findings.concat(notCarried.map(findingOf));
  const isUnchanged = unchanged === true || sendsNoLines(transmission);
  return accept({
    ...written.value,
    ...(isUnchanged ? { unchanged: true as const } : {}),
    ...(told.length > 0 ? { findings: told } : {}),
    ...(notCarried.length > 0 ? { notCarried } : {}),
  });
}

/** A pre-flight warning. Lines are numbered as received, before the mapping. */
function findingOf({ line, field, reason }: NotCarried): PreflightFinding {
  return {
    code: 'FIELD_NOT_CARRIED',
    severity: 'warning',
    field,
    message: `${line === undefined ? '' : `Line ${line} of the cart as it came: `}${reason} It is not sent.`,
    platform: 'not carried',
  };
}
