import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits for tokens and cookies, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: what we keep of secrets that we made ourselves (256 random bits need no slow hash), and of documents to know them again. */
export function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** Equal or not, in a time that does not tell where they differ. */
export function sameDigest(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
