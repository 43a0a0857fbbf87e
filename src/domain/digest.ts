import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits for tokens and cookies, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex: what we keep of secrets that we made ourselves (256 random bits need no slow hash). */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Equal or not, in a time that does not tell where they differ. */
export function sameDigest(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}
