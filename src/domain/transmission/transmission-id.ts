import { randomBytes } from 'node:crypto';
import type { TransmissionKey } from './transmission.js';

/** `{tenant}_{26 base-32 characters}`: carries its tenant, cannot be guessed (130 bits). */
const TRANSMISSION_ID = /^([a-z][a-z0-9]{2,15})_[a-z2-7]{26}$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export function newTransmissionId(tenantId: string): string {
  let text = '';
  for (const byte of randomBytes(26)) text += ALPHABET[byte & 31];
  return `${tenantId}_${text}`;
}

/** The key of an id from outside; undefined when it is malformed, which is answered as unknown. */
export function transmissionKeyOf(transmissionId: string): TransmissionKey | undefined {
  const match = TRANSMISSION_ID.exec(transmissionId);
  return match?.[1] === undefined ? undefined : { tenantId: match[1], transmissionId };
}

/** The id without its tenant: short enough for OCI's EXT_QUOTE_ID (35 characters), and leads back from an order. */
export function quoteIdOf({ tenantId, transmissionId }: TransmissionKey): string {
  return transmissionId.slice(tenantId.length + 1);
}
