import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits for tokens and cookies, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * SHA-256 in hex: stored for secrets that we generated (256 random bits need no slow hash), and for documents, to
 * recognise them.
 */
export function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** Compares in constant time. */
export function sameDigest(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
