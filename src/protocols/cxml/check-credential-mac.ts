import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PartyCredential } from '../../domain/transmission/setup-request.js';
import type { CredentialMac } from './cxml-document.js';

/** Maximum clock difference between the two sides, in either direction. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * Why a CredentialMac cannot be valid at `now`, with any secret (cxml.md 2). Undefined: the value decides. The text
 * reveals no name or secret, so every caller may see it.
 */
export function credentialMacFault(
  { type, algorithm, creationDate, expirationDate }: Omit<CredentialMac, 'value'>,
  now: Date,
): string | undefined {
  if (type !== 'FromSenderCredentials' || algorithm !== 'HMAC-SHA1-96')
    return (
      'The CredentialMac must have type="FromSenderCredentials" and algorithm="HMAC-SHA1-96", the only ' +
      'supported kind.'
    );
  const created = Date.parse(creationDate);
  const expires = Date.parse(expirationDate);
  if (Number.isNaN(created))
    return 'The creationDate of the CredentialMac is not a date; write it like 2026-01-15T08:42:46+00:00.';
  if (Number.isNaN(expires))
    return 'The expirationDate of the CredentialMac is not a date; write it like 2026-01-15T08:42:46+00:00.';
  if (expires < created) return 'The expirationDate of the CredentialMac is before its creationDate.';
  const clock = `It is ${now.toISOString()} here; a difference of 5 minutes is allowed.`;
  if (created - now.getTime() > TOLERANCE_MS)
    return (
      `The creationDate of the CredentialMac, ${new Date(created).toISOString()}, is in the future. ${clock} Set ` +
      'the clock of the sending system.'
    );
  if (now.getTime() - expires > TOLERANCE_MS)
    return (
      `The CredentialMac expired at ${new Date(expires).toISOString()} (expirationDate). ${clock} Make a new one ` +
      'for each document.'
    );
  return undefined;
}

/** Whether a CredentialMac is valid at `now` and was made with `secret`. Constant time in the value. */
export function checkCredentialMac(
  mac: CredentialMac,
  from: PartyCredential,
  sender: PartyCredential,
  secret: string,
  now: Date,
): boolean {
  if (credentialMacFault(mac, now) !== undefined) return false;
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
  const parts = [
    ...[from.domain, from.identity, sender.domain, sender.identity].map((part) => part.trim().toLowerCase()),
    mac.creationDate,
    mac.expirationDate,
  ];
  const input = parts.map((part) => `${part}\0`).join('');
  return createHmac('sha1', secret).update(input, 'utf8').digest().subarray(0, 12).toString('base64');
}
