import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** About 16 MiB and 30 to 60 ms a hash. */
const COST = { N: 16_384, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const HASH = /^scrypt\$(\d{1,6})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

/** Slow hash of a secret that somebody chose, for keeping: `scrypt$N$r$p$salt$hash`, both in base64url. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return textOf(salt, await derive(secret, salt, KEY_BYTES, COST));
}

/** A hash that no secret fits, and that costs what others cost; `random`: 48 bytes that nobody knows. */
export function unfittingHash(random: Buffer): string {
  return textOf(random.subarray(0, SALT_BYTES), random.subarray(SALT_BYTES));
}

function textOf(salt: Buffer, key: Buffer): string {
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time. Throws on text that is no hash of `hashSecret`. */
export async function fitsHash(secret: string, hash: string): Promise<boolean> {
  const match = HASH.exec(hash);
  if (match === null) throw new Error('A stored secret hash is not of the form scrypt$N$r$p$salt$hash.');
  const [, N = '', r = '', p = '', salt = '', key = ''] = match;
  const expected = Buffer.from(key, 'base64url');
  const derived = await derive(secret, Buffer.from(salt, 'base64url'), expected.length, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(derived, expected);
}

function derive(
  secret: string,
  salt: Buffer,
  bytes: number,
  cost: Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, bytes, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
