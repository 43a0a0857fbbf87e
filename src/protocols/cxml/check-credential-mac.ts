import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PartyCredential } from '../../domain/transmission/setup-request.js';
import type { CredentialMac } from './cxml-document.js';

/**
 * Whether a CredentialMac was made with `secret`, is of the only kind there is, and is valid at `now` (RULES 2).
 * Constant time in the value. Any fault is simply false: which part was wrong is not told.
 */
export function checkCredentialMac(mac: CredentialMac, from: PartyCredential, sender: PartyCredential, secret: string, now: Date): boolean {
  if (mac.type !== 'FromSenderCredentials' || mac.algorithm !== 'HMAC-SHA1-96') return false;
  const created = Date.parse(mac.creationDate);
  const expires = Date.parse(mac.expirationDate);
  // A date that cannot be read compares false.
  if (!(created <= now.getTime() && now.getTime() <= expires)) return false;
  const expected = Buffer.from(credentialMacValue(mac, from, sender, secret));
  const given = Buffer.from(mac.value);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** First 12 bytes of the HMAC, in base64 (16 characters). */
export function credentialMacValue(
  mac: Pick<CredentialMac, 'creationDate' | 'expirationDate'>,
  from: PartyCredential,
  sender: PartyCredential,
  secret: string,
): string {
  const parts = [...[from.domain, from.identity, sender.domain, sender.identity].map((part) => part.trim().toLowerCase()), mac.creationDate, mac.expirationDate];
  const input = parts.map((part) => `${part}\0`).join('');
  return createHmac('sha1', secret).update(input, 'utf8').digest().subarray(0, 12).toString('base64');
}
